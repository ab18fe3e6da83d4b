"""An assessment as it stands, and what follows from it: who is asked what, which answers stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from ehsg_events.events import RoundMeasured
from ehsg_events.states.assessment import Assessment
from ehsg_events.states.interview import Answer, Interview, unanswered
from ehsg_events.states.outcome import Outcome
from ehsg_events.states.round import Round
from guides.model import Guide


@dataclass(frozen=True)
class Situation:
    """An assessment as it stands: all its rounds, interviews and outcomes, folded."""

    assessment: Assessment
    guide: Guide
    rounds: Sequence[Round]
    interviews: Mapping[tuple[int, str], Interview]
    outcomes: Mapping[str, Outcome]

    @property
    def newest(self) -> Round | None:
        """The newest round, open or closed."""
        return self.rounds[-1] if self.rounds else None


def own_rounds(rounds: Sequence[Round]) -> list[Round]:
    """The rounds in which the panel itself was asked, without peer reviews."""
    return [round for round in rounds if round.kind != "peer-review"]


def asked_by(situation: Situation, upto: int) -> dict[str, set[str]]:
    """The items that the rounds up to a number ask of each person.

    Leaves out what they handed on; people who were released are asked nothing.
    """
    asked: dict[str, set[str]] = {}
    for round in own_rounds(situation.rounds[:upto]):
        for person, items in round.invited.items():
            theirs = asked.setdefault(person, set())
            theirs |= set(items)
            theirs -= set(round.handed_on.get(person, ()))
        for person in round.released:
            asked[person] = set()
    return asked


def asked_again(situation: Situation, unsettled: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The items to ask again of each person who has not withdrawn, without people who have none.

    An item that the coordinator has moderated meanwhile is settled, and not asked again.
    """
    gone = withdrawn(situation)
    left = {item for item in unsettled if not situation.outcomes.get(item, Outcome()).moderated}
    asked = asked_by(situation, len(situation.rounds)) | _newcomers(situation)
    _agreed_on(situation, asked, gone | situation.assessment.released)
    again = {
        person: tuple(item for item in situation.guide.items if item in left & asked[person])
        for person in asked
        if person not in gone | situation.assessment.released
    }
    return {person: items for person, items in again.items() if items}


def _agreed_on(situation: Situation, asked: dict[str, set[str]], left: frozenset[str]) -> None:
    """Move what a colleague takes over in the next round to them, unless they have left."""
    agreed = situation.newest.agreed_on if situation.newest else {}
    for person, agreement in agreed.items():
        if agreement.to not in left:
            asked[person] = asked.get(person, set()) - {*agreement.items}
            asked[agreement.to] = asked.get(agreement.to, set()) | {*agreement.items}


def _newcomers(situation: Situation) -> dict[str, set[str]]:
    """The items of each person who was added, or added again, after the newest round."""
    asked: dict[str, bool] = {}
    for round in own_rounds(situation.rounds):
        asked |= {
            person: person not in round.released for person in {*round.invited, *round.released}
        }
    panel = situation.assessment.panel
    return {
        person: set(panel[person].items)
        for person in situation.assessment.asked
        if not asked.get(person)
    }


def left_to_ask(situation: Situation) -> dict[str, tuple[str, ...]]:
    """The items that the newest round, once measured, leaves to be asked again, by person."""
    measured = situation.newest.measured if situation.newest else None
    if measured is None:
        return {}
    items = [leaving.item for leaving in measured.left if leaving.because == "asked-again"]
    return asked_again(situation, items if measured.left else measured.unsettled)


def over(situation: Situation) -> Over:
    """The people of whom the newest round wants nothing more."""
    newest = situation.newest
    return Over(
        finished=_completed(situation),
        withdrawn=withdrawn(situation),
        handed_on=frozenset(
            person
            for person, items in (newest.handed_on.items() if newest else ())
            if newest
            and items
            and not unanswered(newest.invited[person], situation.interviews[newest.number, person])
        ),
        asks_later=wishes(situation),
        refused=situation.assessment.unreminded,
    )


def wishes(situation: Situation) -> dict[str, datetime]:
    """When people asked to be reminded in the newest round."""
    newest = situation.newest
    every = {
        person: situation.interviews[newest.number, person].remind_at
        for person in (newest.invited if newest else ())
        if newest
    }
    return {person: at for person, at in every.items() if at is not None}


def standing(situation: Situation, upto: int) -> dict[str, dict[str, Answer]]:
    """Each person's newest answer to each item in the rounds up to a number.

    A skip in a later round leaves the earlier answer standing: nothing new was said. People who
    have withdrawn, in any round, have no answers left.
    """
    gone = withdrawn(situation)
    answers: dict[str, dict[str, Answer]] = {}
    for round in own_rounds(situation.rounds[:upto]):
        for person in situation.assessment.panel:
            interview = situation.interviews.get((round.number, person))
            if interview is not None and person not in gone:
                for item, answer in interview.answers.items():
                    stands = answers.setdefault(item, {})
                    if answer.kind != "skip" or person not in stands:
                        stands[person] = answer
    return answers


def _completed(situation: Situation) -> frozenset[str]:
    """The people who have completed the newest round."""
    newest = situation.newest.number if situation.newest else 0
    return frozenset(
        person
        for (number, person), interview in situation.interviews.items()
        if interview.completed and number == newest
    )


def withdrawn(situation: Situation) -> frozenset[str]:
    """The people who have withdrawn, from whichever round."""
    return frozenset(
        person for (_, person), interview in situation.interviews.items() if interview.withdrawn
    )


class Over(NamedTuple):
    """The people of whom nothing more is wanted in a round, by the reason.

    Those who `cannot_matter` could change no verdict and no middle score, whatever they said.
    `asks_later` is of whom something is wanted, but who asked to be reminded at a time of their own;
    `refused` is who asked for no reminders, whether or not anything is wanted of them.
    """

    finished: frozenset[str] = frozenset()
    withdrawn: frozenset[str] = frozenset()
    handed_on: frozenset[str] = frozenset()
    cannot_matter: frozenset[str] = frozenset()
    asks_later: Mapping[str, datetime] = {}
    refused: frozenset[str] = frozenset()


def to_moderate(situation: Situation) -> tuple[str, ...]:
    """The descriptors without an outcome that no round will ask again."""
    newest = situation.newest
    if newest is None or newest.measured is None or asks_again(situation, newest.measured):
        return ()
    asked = {item for round in own_rounds(situation.rounds) for item in round.items}
    return tuple(
        item
        for item in situation.guide.descriptors
        if item in asked and situation.outcomes[item].score is None
    )


def to_sign_off(situation: Situation) -> bool:
    """Whether every outcome stands and nobody has signed off."""
    newest = situation.newest
    if newest is None or newest.measured is None or asks_again(situation, newest.measured):
        return False
    return situation.assessment.signed_off is None and not to_moderate(situation)


def still_asked(situation: Situation) -> frozenset[str]:
    """The items that a feedback round is still to ask again; none that was moderated meanwhile."""
    newest = situation.newest
    if newest is None or newest.measured is None or newest.measured.then != "feedback":
        return frozenset()
    return frozenset(item for items in left_to_ask(situation).values() for item in items)


def asks_again(situation: Situation, measured: RoundMeasured) -> bool:
    """Whether a feedback round comes; none does if all it would ask was moderated meanwhile."""
    return measured.then == "feedback" and bool(left_to_ask(situation))
