"""Histories in which anything happens to a panel, whether or not a rule would have let it happen.

What the product decides is a part of it: withdrawals, hand-overs, peers, workshops, reopened rounds,
late answers, releases, corrections. Two writings of a read model that agree here agree there.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any, cast
from uuid import UUID

from duckdb import DuckDBPyConnection

from ehsg_events import events
from ehsg_events.kernel import Fact, Recorded, Stamp, Stream, Words
from ehsg_events.log.log import Log
from ehsg_events.log.mapper import PlainMapper
from ehsg_events.states.streams import KINDS
from ehsg_events.values.evidence import Evidence
from ehsg_events.values.exposure import Exposure
from ehsg_events.values.policy import Policy, Rule
from guides import library
from guides.model import Level
from projections.facts.beside import Supposed
from projections.facts.fact_cache import table_of
from projections.facts.held import see
from projections.facts.plain import plain
from projections.facts.sources import InMemory
from projections.facts.view import View
from support.story.story import ASSESSMENT, NOON

PEOPLE = [f"person-{n}" for n in range(9)]
AGENCIES = ("police", "health", "schools", "housing")
NO_SCORE = ("dont-know", "not-my-area", "skip")
KINDS_OF_ROUND = (
    ("first",),
    ("peer-review", "workshop"),
    ("feedback",),
    ("peer-review",),
    ("feedback",),
)


class Haphazard:
    """Facts of one assessment, drawn by chance."""

    def __init__(self, chance: random.Random, guide: str = "ehsg-2022@1") -> None:
        self.chance, self.published = chance, library.guide(guide)
        self.draw: Callable[[Sequence[Any]], Any] = chance.choice
        guide_of = self.published.guide
        scored = [*guide_of.descriptors]
        others = [item for item in guide_of.items if item not in guide_of.descriptors]
        self.items = [*chance.sample(scored, min(5, len(scored))), *others[:1]]
        grouped = [item for item in scored if guide_of.items[item].alternative_group]
        self.items = [*dict.fromkeys((*grouped[:3], *self.items))]
        self.recorded: list[Recorded] = []
        self.versions: Counter[UUID] = Counter()
        self.rounds = 0
        self.notes: list[UUID] = []

    def lived(self, facts: int) -> Haphazard:
        """An assessment with a panel, and then so many facts."""
        self._say("assessment", self._opened())
        for person in PEOPLE:
            self._say("assessment", self._added(person))
        while len(self.recorded) < facts:
            kind, fact, address = self.draw(self._happen())()
            self._say(kind, fact, **address)
        return self

    def view(self, upto: int | None = None) -> View:
        """The assessment as of a position, its facts in memory."""
        rows = [(one.position, PlainMapper().to_stored_event(one)) for one in self.recorded]
        last = len(rows) if upto is None else upto

        def opened(_: Log) -> DuckDBPyConnection:
            db = table_of(rows, ASSESSMENT)
            see(db, last)
            return db

        state = KINDS["assessment"].start
        for one in self.recorded[:last]:
            if one.stream.kind == "assessment":
                state = KINDS["assessment"].evolve(state, one)
        source = InMemory(plain(rows), last, opened)
        return View(cast("Log", None), ASSESSMENT, last, state, self.published.guide, source)

    def supposed(self) -> Supposed:
        """Some people and some answers that are supposed not to be."""
        people = self.chance.sample(PEOPLE, 3)
        positions = self.chance.sample(range(len(self.recorded)), len(self.recorded) // 4)
        return Supposed(frozenset(people), frozenset(positions))

    # -- facts ---------------------------------------------------------------------------------
    def _happen(self) -> list[Any]:
        if self.rounds == 0:
            return [self._round]
        often = [self._answer] * 20 + [self._note] * 3 + [self._outcome] * 3 + [self._invited] * 4
        once = [self._round] if self.rounds < len(KINDS_OF_ROUND) else []
        return [
            *often, *once, self._lifecycle, self._lifecycle, self._coming, self._coming, self._ended,
            self._handed_on, self._vote, self._attendance, self._named, self._corrected,
            self._dissent, self._action, self._signed, self._message, self._message, self._nudge,
            self._nudge, self._shown, self._by_hand, self._coordinator, self._link,
        ]  # fmt: skip

    def _opened(self) -> Fact:
        draw = self.draw
        rule = Rule(
            weights=draw(("people", "agencies")),
            agreed_share=draw((0.5, 2 / 3, 0.75)),
            quorum_scores=draw((1, 2, 3)),
            quorum_invited=draw((0.1, 0.6)),
            quorum_agencies=draw((0.1, 2 / 3)),
        )
        guide = self.published
        return events.AssessmentOpened(
            area="Anytown",
            guide=guide.guide.id,
            guide_digest=guide.digest,
            rule=rule,
            policy=Policy(),
        )

    def _added(self, person: str) -> Fact:
        far = self.chance.random() < 0.4
        stand_in = events.StandIn(kind="manager", name=self._words(), email=self._words())
        return events.StakeholderAdded(
            stakeholder=person,
            agency=self.draw(AGENCIES),
            works_as="practitioner",
            items=tuple(self.items),
            reached_by=self.draw(("slack", "mail", "web")),
            name=self._words(),
            backup=stand_in if far else None,
            peer_of="Otherton" if far else None,
        )

    def _round(self) -> Any:
        self.rounds += 1
        fact = events.RoundOpened(
            kind=self.draw(KINDS_OF_ROUND[self.rounds - 1]),
            items=self._some(self.items),
            deadline=NOON,
            policy=Policy(),
        )
        return "round", fact, {"round": self.rounds}

    def _lifecycle(self) -> Any:
        closed = events.RoundClosed(closed_by="deadline")
        again = events.RoundReopened(deadline=NOON, because=self._words())
        return self._in_round(self.draw((closed, closed, closed, again)))

    def _invited(self) -> Any:
        return self._in_round(
            events.StakeholderInvited(invited=self._who(), items=self._some(self.items))
        )

    def _ended(self) -> Any:
        return self._in_round(events.InvitationEnded(ended_for=self._who()))

    def _handed_on(self) -> Any:
        one, other = self.chance.sample(PEOPLE, 2)
        items = self._some(self.items)
        return self._in_round(events.ItemsHandedOn(handed_on_by=one, to=other, items=items))

    def _vote(self) -> Any:
        people = self._some(PEOPLE)
        return self._in_round(events.VoteOpened(item=self._item(), put_to=people))

    def _shown(self) -> Any:
        counts = self.draw(((), (0, 1, 2, 0, 0, 0)))
        return self._in_round(events.VoteShown(item=self._item(), counts=counts))

    def _attendance(self) -> Any:
        return self._in_round(events.AttendanceRecorded(present=self._some(PEOPLE)))

    def _answer(self) -> Any:
        draw, item = self.draw, self._item()
        fields = {"item": item, "kind": draw(NO_SCORE), "level": None, "score": None}
        if item not in self.published.guide.descriptors:
            fields |= {"kind": "number", "number": draw((1.5, 20.0))}
        elif self.chance.random() < 0.8:
            level = self._level(item)
            fields |= {"kind": "score", "level": level.value, "score": level.score}
        what = draw((events.AnswerGiven, events.AnswerGiven, events.AnswerAmended))
        return self._in_interview(what.model_validate(fields | {"exposure": self._exposure()}))

    def _exposure(self) -> Exposure:
        draw, of = self.draw, (None, None, None)
        return Exposure(
            guide="g",
            wording="w",
            language="en",
            figures_round=draw((*of, 1, 2)),
            figures=draw((*of, "f", "g")),
            reasons=draw((*of, "r", "s")),
            room=draw((*of, *of, 1)),
            earlier_round=draw((*of, *of, 1)),
            earlier_figures=draw((*of, *of, "f")),
            earlier_reasons=draw((*of, *of, "r")),
            end_told=draw((False, False, False, True)),
        )

    def _coming(self) -> Any:
        kinds = (
            events.InterviewStarted(notice="n"), events.InterviewStarted(notice="n"),
            events.InterviewCompleted(), events.InterviewPaused(), events.InterviewWithdrawn(),
        )  # fmt: skip
        weights = (6, 6, 4, 4, 1)
        return self._in_interview(self.chance.choices(kinds, weights)[0])

    def _note(self) -> Any:
        words = self._words()
        if self.notes and self.chance.random() < 0.4:
            note = self.draw(self.notes)
            kept = events.NoteAmended(note=note, words=words)
            gone = events.NoteRetracted(note=note)
            return self._in_interview(self.draw((kept, kept, gone)))
        self.notes.append(words.id)
        item = self._item()
        boxes = [box.id for box in self.published.guide.section_of(item).fields]
        day = self.draw((None, date(2026, 1, 2)))
        evidence = self.draw((None, Evidence(kind="statement", dated=day)))
        return self._in_interview(
            events.NoteGiven(
                item=item,
                field=self.draw((*boxes, "reason")),
                words=words,
                evidence=evidence,
            )
        )

    def _named(self) -> Any:
        return self._in_interview(events.PrioritiesNamed(items=self._some(self.items)))

    def _outcome(self) -> Any:
        item, words, number = self._scored(), self._words(), self.chance.randint(1, self.rounds)
        level = self._level(item)
        at: dict[str, Any] = {"level": level.value, "score": level.score}
        adopted = events.OutcomeAdopted(**at, after_round=number, rule="rule")
        moderated = events.OutcomeModerated(**at, median=2.5, because=words)
        aside = events.OutcomeSetAside(after_round=number)
        return "outcome", self.draw((adopted, adopted, moderated, aside)), {"item": item}

    def _dissent(self) -> Any:
        fact = events.DissentRecorded(dissenter=self._who(), because=self._words())
        return "outcome", fact, {"item": self._scored()}

    def _action(self) -> Any:
        item = self._item()
        ended = {one.fact.action for one in self._of(item, events.ActionEnded)}  # type: ignore[attr-defined]
        every = [one.fact.action for one in self._of(item, events.ActionAgreed)]  # type: ignore[attr-defined]
        words, due = self._words(), self.draw((None, date(2027, 1, 2)))
        owner = self.draw((None, self._words()))
        fact: Fact = events.ActionAgreed(action=len(every) + 1, words=words, owner=owner, due=due)
        left = [number for number in every if number not in ended]
        if left and self.chance.random() < 0.6:
            number, how = self.draw(left), self.draw(("done", "dropped"))
            changed = events.ActionAmended(action=number, words=words, owner=owner, due=due)
            fact = self.draw((changed, events.ActionEnded(action=number, how=how, because=words)))
        return "outcome", fact, {"item": item}

    def _of(self, item: str, kind: type[Fact]) -> Iterator[Recorded]:
        return (
            one for one in self.recorded if one.stream.item == item and isinstance(one.fact, kind)
        )

    def _signed(self) -> Any:
        signed = events.AssessmentSignedOff(signed_as="SRO", name=self._words())
        taken_back = events.SignOffWithdrawn(because=self._words())
        return "assessment", self.draw((signed, taken_back)), {}

    def _corrected(self) -> Any:
        agency = self.draw((None, *AGENCIES))
        reached = self.draw((None, "slack", "web"))
        fact = events.StakeholderCorrected(corrected=self._who(), agency=agency, reached_by=reached)
        return "assessment", fact, {}

    # -- messages and nudges -------------------------------------------------------------------
    def _nudge(self) -> Any:
        draw, person = self.draw, self._who()
        milestone = draw(("remind-1", "tell-manager-1", "tell-coordinator-1", "nudge 1"))
        rule = draw(("finished", "capped", "overtaken", "cannot-matter"))
        to = draw(("manager", "substitute", "coordinator"))
        return self._in_round(
            draw(
                (
                    events.StakeholderReminded(reminded=person, milestone=milestone),
                    events.ReminderWithheld(withheld_from=person, milestone=milestone, rule=rule),
                    events.Escalated(about=person, to=to, milestone=milestone),
                    events.SurfaceFellBack(fell_back=person),
                    events.SurfaceRegained(regained=person),
                    events.CoordinatorReminded(of="moderation", milestone="moderation"),
                )
            )
        )

    def _message(self) -> Any:
        draw, person = self.draw, self._who()
        number = self.chance.randint(1, self.rounds)
        name = draw(
            (
                f"round {number}/{person}/reminder 1",
                f"round {number}/{person}/reminder asked-1",
                f"round {number}/stand-in-of-{person}/silent",
                f"round {number}/coordinator-1/silent {person}",
                f"round {number}/coordinator-1/overdue moderation",
                f"round {number}/{person}/version 3",
                f"round {number}/{person}/vote 2 as of version 3",
                f"invitation/{person}",
            )
        )
        fact = draw(
            (
                events.MessageDelivered(to=person, reference="r"),
                events.MessageDelivered(to=person, reference="r"),
                events.MessageFailed(to=person, reason="no address"),
                events.MessageUncertain(to=person),
                events.MessageBounced(to=person, status="5.1.1"),
                events.MessageDelayed(to=person, reason="busy"),
                events.MessageWithheld(to=person, reason="finished"),
            )
        )
        return "message", fact, {"message": name}

    def _by_hand(self) -> Any:
        of = self.draw(("reminder", "stand-in", "invitation", "workshop"))
        means = self.draw(("telephone", "letter"))
        return self._in_round(events.ToldByHand(spoken_to=self._who(), of=of, means=means))

    def _coordinator(self) -> Any:
        name = self.draw(("coordinator-1", "coordinator-2"))
        email = self.draw((None, self._words()))
        named = events.CoordinatorNamed(coordinator=name, name=self._words(), email=email)
        removed = events.CoordinatorRemoved(coordinator=name)
        return "assessment", self.draw((named, removed)), {}

    def _link(self) -> Any:
        if self.chance.random() < 0.5:
            return self._in_round(events.LinkIssued(issued_to=self._who(), link="l"))
        fact = events.PersonalLinkIssued(issued_to=self._who(), link="l", token=self._words())
        return "assessment", fact, {}

    # -- drawing -------------------------------------------------------------------------------
    def _in_round(self, fact: Fact) -> Any:
        return "round", fact, {"round": self.chance.randint(1, self.rounds)}

    def _in_interview(self, fact: Fact) -> Any:
        number = self.chance.randint(1, self.rounds)
        return "interview", fact, {"round": number, "stakeholder": self._who()}

    def _who(self) -> str:
        return self.chance.choice(PEOPLE)

    def _item(self) -> str:
        return self.chance.choice(self.items)

    def _scored(self) -> str:
        return self.chance.choice([i for i in self.items if i in self.published.guide.descriptors])

    def _some(self, of: list[str]) -> tuple[str, ...]:
        return tuple(self.chance.sample(of, self.chance.randint(1, len(of))))

    def _level(self, item: str) -> Level:
        return self.chance.choice(self.published.guide.scale_of(item).levels)

    def _words(self) -> Words:
        return Words(id=UUID(int=self.chance.getrandbits(128)), sha256="0" * 64)

    def _say(self, kind: Any, fact: Fact, **address: Any) -> None:
        stream: Stream[Any] = Stream(kind=kind, assessment=ASSESSMENT, **address)
        self.versions[stream.id] += 1
        position = len(self.recorded) + 1
        causes = [one.stamp.key for one in self.recorded[-30:]] or ["told"]
        stamp = Stamp(
            at=NOON + timedelta(minutes=position),
            by="coordinator",
            role="coordinator",
            surface="command",
            cause=self.draw(causes),
            key=f"key-{position}",
        )
        self.recorded.append(Recorded(stream, self.versions[stream.id], stamp, fact, position))
