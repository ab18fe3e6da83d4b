"""An assessment as it stands, and what follows at once: who is asked what, whose word stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
    """The rounds in which the panel itself was asked; what peers say stands beside them."""
    return [one for one in rounds if one.kind != "peer-review"]


def asked_by(situation: Situation, upto: int) -> dict[str, set[str]]:
    """What each person is asked by the rounds up to a number.

    What they handed on is not theirs, and of who was released nothing is asked.
    """
    found: dict[str, set[str]] = {}
    for one in own_rounds(situation.rounds[:upto]):
        for person, items in one.invited.items():
            theirs = found.setdefault(person, set())
            theirs |= set(items)
            theirs -= set(one.handed_on.get(person, ()))
        for person in one.released:
            found[person] = set()
    return found


def asked_again(situation: Situation, unsettled: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """What is put again to each person who has not withdrawn; who has nothing left is left out.

    What the coordinator has moderated meanwhile is settled, and not asked again.
    """
    gone = withdrawn(situation)
    left = {item for item in unsettled if not situation.outcomes.get(item, Outcome()).moderated}
    asked = asked_by(situation, len(situation.rounds)) | _newcomers(situation)
    found = {
        person: tuple(item for item in situation.guide.items if item in left & asked[person])
        for person in asked
        if person not in gone | situation.assessment.released
    }
    return {person: items for person, items in found.items() if items}


def _newcomers(situation: Situation) -> dict[str, set[str]]:
    """What those are asked about who were added, or added again, after the newest round."""
    asked: dict[str, bool] = {}
    for one in own_rounds(situation.rounds):
        asked |= {person: person not in one.released for person in {*one.invited, *one.released}}
    panel = situation.assessment.panel
    return {p: set(panel[p].items) for p in situation.assessment.asked if not asked.get(p)}


def left_to_ask(situation: Situation) -> dict[str, tuple[str, ...]]:
    """What the newest round, once measured, leaves to be asked again, and of whom."""
    measured = situation.newest.measured if situation.newest else None
    if measured is None:
        return {}
    left = [one.item for one in measured.left if one.because == "asked-again"]
    return asked_again(situation, left if measured.left else measured.unsettled)


def over(situation: Situation) -> Over:
    """Those of whom the newest round wants nothing more."""
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
    )


def standing(situation: Situation, upto: int) -> dict[str, dict[str, Answer]]:
    """Each person's newest answer to each item in the rounds up to a number.

    A skip in a later round leaves the earlier answer standing: nothing new was said. Who has
    withdrawn, in any of them, has no answers left.
    """
    gone = withdrawn(situation)
    found: dict[str, dict[str, Answer]] = {}
    for one in own_rounds(situation.rounds[:upto]):
        for person in situation.assessment.panel:
            interview = situation.interviews.get((one.number, person))
            if interview is not None and person not in gone:
                for item, answer in interview.answers.items():
                    stands = found.setdefault(item, {})
                    if answer.kind != "skip" or person not in stands:
                        stands[person] = answer
    return found


def _completed(situation: Situation) -> frozenset[str]:
    """Those who have completed the newest round."""
    newest = situation.newest.number if situation.newest else 0
    return frozenset(
        person
        for (number, person), interview in situation.interviews.items()
        if interview.completed and number == newest
    )


def withdrawn(situation: Situation) -> frozenset[str]:
    """Those who have withdrawn, from whichever round."""
    return frozenset(
        person for (_, person), interview in situation.interviews.items() if interview.withdrawn
    )


class Over(NamedTuple):
    """Those of whom nothing more is wanted in a round, and why.

    Whoever `cannot_matter` could change no verdict and no middle score, whatever they said.
    """

    finished: frozenset[str] = frozenset()
    withdrawn: frozenset[str] = frozenset()
    handed_on: frozenset[str] = frozenset()
    cannot_matter: frozenset[str] = frozenset()


def to_moderate(situation: Situation) -> tuple[str, ...]:
    """The descriptors that no outcome stands for, though no round will ask them again."""
    newest = situation.newest
    if newest is None or newest.measured is None or asks_again(situation, newest.measured):
        return ()
    asked = {item for one in own_rounds(situation.rounds) for item in one.items}
    return tuple(
        item
        for item in situation.guide.descriptors
        if item in asked and situation.outcomes[item].score is None
    )


def to_sign_off(situation: Situation) -> bool:
    """Whether everything stands and nobody has signed."""
    newest = situation.newest
    if newest is None or newest.measured is None or asks_again(situation, newest.measured):
        return False
    return situation.assessment.signed_off is None and not to_moderate(situation)


def asks_again(situation: Situation, measured: RoundMeasured) -> bool:
    """Whether a feedback round comes; none does once all it would ask was moderated meanwhile."""
    return measured.then == "feedback" and bool(left_to_ask(situation))
