"""What a round puts in front of one person: their items, their deadline, what they may see."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from ehsg_events.agreement.feedback import figures_shown, quotable
from ehsg_events.dates import calendar
from ehsg_events.events import (
    HandOnAgreed,
    HandOnAsked,
    HandOnDeclined,
    HandOnLapsed,
    ItemsHandedOn,
)
from ehsg_events.interview.learned import Turn, learned
from ehsg_events.interview.others_reasons import chosen, drawn, voice
from ehsg_events.kernel import Refused
from ehsg_events.language.catalogue import speaking
from ehsg_events.log.log import Log
from ehsg_events.log.published_guides import guide_of
from ehsg_events.log.state_reader import StateReader
from ehsg_events.rounds.promised import promised
from ehsg_events.rounds.requests import Undecided
from ehsg_events.states.assessment import Assessment, member_of
from ehsg_events.states.interview import Answer, Interview, Sitting
from ehsg_events.states.round import Round
from ehsg_events.states.streams import interview_stream, round_stream
from ehsg_events.values.exposure import Reasons
from ehsg_events.values.keeping import Keeping
from ehsg_events.workshop.votes import figures_seen
from guides import library

Decided = HandOnDeclined | ItemsHandedOn | HandOnAgreed | HandOnLapsed
HANDING_ON = (
    HandOnAsked.TOPIC,
    HandOnDeclined.TOPIC,
    ItemsHandedOn.TOPIC,
    HandOnAgreed.TOPIC,
    HandOnLapsed.TOPIC,
)


def sit_down(
    reading: StateReader,
    assessment: UUID,
    stakeholder: str,
    at: datetime,
    number: int | None = None,
) -> tuple[int, Sitting, Interview]:
    """The newest round (or the one of a number) as one person sees it, and their interview.

    Args:
        reading: the log, or a transaction, which pins what is read.
        at: the time; a round whose deadline has passed takes no more answers.

    Returns:
        The round's number, what the round puts in front of the person, and the interview.

    Raises:
        Refused: no round was opened, or the person is not in it.
    """
    state = reading.assessment(assessment)
    member_of(state, stakeholder)
    round = _round(reading, assessment, number)
    if round is None or stakeholder not in round.invited:
        which = f"round {number or (round and round.number)}"
        raise Refused(f"{stakeholder} is not asked in {which}, so there is nothing to answer.")
    seat = _Seat(reading, assessment, state, round, stakeholder)
    interview = seat.interview(round.number)
    sitting = seat.sitting(interview, at)
    past = learned(stakeholder, seat.turns(interview, sitting))
    withdrawn = seat.has_withdrawn()
    return round.number, replace(sitting, past=past), replace(interview, withdrawn=withdrawn)


def _round(reading: StateReader, assessment: UUID, number: int | None) -> Round | None:
    if number is None:
        return reading.newest_round(assessment)
    return reading.read(round_stream(assessment, number))


@dataclass(frozen=True)
class _Seat:
    """One person in one round, and a way to read what they may see."""

    reading: StateReader
    assessment: UUID
    state: Assessment
    round: Round
    stakeholder: str

    def sitting(self, interview: Interview, at: datetime) -> Sitting:
        """What the round puts in front of the person at a time, but for their own past."""
        state, round = self.state, self.round
        return Sitting(
            guide_digest=state.guide_digest,
            items=round.invited[self.stakeholder],
            kind=round.kind,
            closed=round.closed or at >= round.deadline,
            early=at < round.deadline,
            deadline=self.deadline(),
            paused=round.paused,
            released=self.stakeholder in round.released,
            signed_off=state.signed_off is not None,
            safeguarding=state.policy.safeguarding,
            keeping=self.keeping(),
            decided=self.decided() if interview.screen == "handed-on" else None,
            end_told=state.end_told,
            terms=state.terms,
            tables=state.tables,
            **self.wording(),
            **self.of_others(),
        )

    def keeping(self) -> Keeping:
        """How long what is said is kept, as everybody was told up to this round."""
        told = self.reading.rounds(self.assessment)[: self.round.number]
        return promised(self.state.policy, [round.policy for round in told])

    def deadline(self) -> str:
        """The deadline in the person's language, and on their own clock."""
        round, theirs = self.round, self.round.worktime(self.stakeholder).zone
        with speaking(self.state.panel[self.stakeholder].language):
            return calendar.say_for(round.deadline, round.policy.zone, theirs)

    def turns(self, interview: Interview, sitting: Sitting) -> Iterator[Turn]:
        """The person's rounds up to this one, whose interview and sitting are given."""
        for round in self.reading.rounds(self.assessment)[: self.round.number - 1]:
            if self.stakeholder in round.invited:
                seat, then = replace(self, round=round), self.interview(round.number)
                yield Turn(round, then, partial(seat.sitting, then, round.deadline))
        yield Turn(self.round, interview, lambda: sitting)

    def interview(self, number: int) -> Interview:
        """The person's interview in a round."""
        return self.reading.read(interview_stream(self.assessment, number, self.stakeholder))

    def has_withdrawn(self) -> bool:
        """Whether the person has withdrawn in any round, perhaps by an old message's button."""
        rounds = self.reading.rounds(self.assessment)
        return any(self.interview(round.number).withdrawn for round in rounds)

    def decided(self) -> Decided | None:
        """The decision since this person last asked to hand on, none while the request waits."""
        decided: Decided | None = None
        for recorded in self.reading.source.about(self.assessment, HANDING_ON):
            if recorded.stream.round != self.round.number:
                continue
            match recorded.fact:
                case HandOnAsked() if recorded.stream.stakeholder == self.stakeholder:
                    decided = None
                case HandOnDeclined(declined_to=person) if person == self.stakeholder:
                    decided = recorded.fact
                case ItemsHandedOn(handed_on_by=person) if person == self.stakeholder:
                    decided = recorded.fact
                case HandOnAgreed(agreed_to=person) if person == self.stakeholder:
                    decided = recorded.fact
                case HandOnLapsed(lapsed_for=person) if person == self.stakeholder:
                    decided = recorded.fact
        return decided

    def wording(self) -> dict[str, Any]:
        """The guide as this person sees it: in their language, with the area's own notes."""
        folder = self.reading.source.folder
        guide_of(self.state, folder)  # refuses a file that is not what the assessment recorded
        language = self.state.panel[self.stakeholder].language
        try:
            shown = library.wording(self.state.guide, language, folder)
        except library.AlteredGuide as mistake:
            raise Refused(str(mistake)) from None
        return {
            "guide": shown.guide,
            "languages": shown.languages,
            "local_notes": shown.local_notes,
        }

    def of_others(self) -> dict[str, Any]:
        """What the person may see of the others, and in a feedback round their own earlier answers.

        The figures are those of the round before, as measured at its close; everyone sees the same.
        """
        round = self.round
        if round.kind == "workshop":
            away = self.stakeholder not in round.room.present
            return {
                "figures": dict(figures_seen(round)),
                "votes_over": round.room.over,
                "away": away,
            }
        if round.kind != "feedback":
            return {}
        previous, shown = self._previous_answers(), round.policy.shown
        before = self.reading.read(round_stream(self.assessment, round.number - 1))
        measured = before.measured if before and shown != "nothing" else None
        quoted = quotable(measured) if measured and shown == "figures-and-reasons" else ()
        mine = {i: previous.get(i) for i in round.invited[self.stakeholder] if i in quoted}
        return {
            "previous": previous,
            "shows_others": shown != "nothing",
            "figures": figures_shown(measured, round.number - 1) if measured else {},
            "reasons": self._reasons(mine),
        }

    def _previous_answers(self) -> dict[str, Answer]:
        """The person's own answers of earlier rounds; a skip replaces no earlier answer."""
        previous: dict[str, Answer] = {}
        for number in range(1, self.round.number):
            answers = self.interview(number).answers.items()
            previous |= {i: a for i, a in answers if a.kind != "skip" or i not in previous}
        return previous

    def _reasons(self, mine: Mapping[str, Answer | None]) -> dict[str, Reasons]:
        """Others' reasons in earlier rounds, by item; without those of people who have withdrawn.

        Args:
            mine: the person's own earlier answer to each descriptor of which others may be quoted.
        """
        if not mine:
            return {}
        guide, panel = guide_of(self.state, self.reading.source.folder), self.state.panel
        wrote = self._authors(mine) - {self.stakeholder}
        own = [person for person in wrote if panel[person].peer_of is None]
        others = [self._before(person) for person in drawn(self.stakeholder, own)]
        reasons = {}
        for item, answer in mine.items():
            voices = (voice(guide, item, interviews) for interviews in others)
            reasons[item] = chosen(answer.score if answer else None, filter(None, voices))
        return {item: some for item, some in reasons.items() if some}

    def _authors(self, items: Collection[str]) -> set[str]:
        """The people who have typed words under any of these items before this round."""
        return {
            person
            for earlier in self.reading.rounds(self.assessment)[: self.round.number - 1]
            for person in earlier.invited
            if any(note.item in items for note in self._look(earlier.number, person).notes.values())
        }

    def _before(self, person: str) -> list[Interview]:
        """A person's interviews before this round, none if they have withdrawn by now.

        Notes are left out of a round whose notice did not announce that they may be shown.
        """
        if any(self._look(n, person).withdrawn for n in range(1, self.round.number + 1)):
            return []
        rounds = self.reading.rounds(self.assessment)[: self.round.number - 1]
        return [
            interview
            if earlier.policy.shown == "figures-and-reasons"
            else replace(interview, notes={})
            for earlier in rounds
            for interview in [self._look(earlier.number, person)]
        ]

    def _look(self, number: int, person: str) -> Interview:
        """Another person's interview, not pinned, so that nobody's answer waits for theirs."""
        return self.reading.source.read(interview_stream(self.assessment, number, person))


def undecided(log: Log, assessment: UUID) -> dict[str, Undecided]:
    """The requests to hand on that were neither decided nor ended, by person."""
    requests: dict[str, Undecided] = {}
    for recorded in log.about(assessment, HANDING_ON):
        match recorded.fact:
            case HandOnAsked(colleague=words):
                person = recorded.stream.stakeholder or ""
                requests[person] = Undecided(recorded.stream.round or 0, words)
            case (
                HandOnDeclined(declined_to=person)
                | ItemsHandedOn(handed_on_by=person)
                | HandOnAgreed(agreed_to=person)
                | HandOnLapsed(lapsed_for=person)
            ):
                requests.pop(person, None)
    return requests
