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


def asked_by(now: Situation, upto: int) -> dict[str, set[str]]:
    """What each person is asked by the rounds up to a number.

    What they handed on is not theirs, and of who was released nothing is asked.
    """
    found: dict[str, set[str]] = {}
    for one in own_rounds(now.rounds[:upto]):
        for person, items in one.invited.items():
            theirs = found.setdefault(person, set())
            theirs |= set(items)
            theirs -= set(one.handed_on.get(person, ()))
        for person in one.released:
            found[person] = set()
    return found


def asked_again(now: Situation, unsettled: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """What is put again to each person who has not withdrawn; who has nothing left is left out.

    What the coordinator has moderated meanwhile is settled, and not asked again.
    """
    gone = withdrawn(now)
    left = {item for item in unsettled if not now.outcomes.get(item, Outcome()).moderated}
    asked = asked_by(now, len(now.rounds)) | _newcomers(now)
    found = {
        person: tuple(item for item in now.guide.items if item in left & asked[person])
        for person in asked
        if person not in gone | now.assessment.released
    }
    return {person: items for person, items in found.items() if items}


def _newcomers(now: Situation) -> dict[str, set[str]]:
    """What those are asked about who were added, or added again, after the newest round."""
    asked: dict[str, bool] = {}
    for one in own_rounds(now.rounds):
        asked |= {person: person not in one.released for person in {*one.invited, *one.released}}
    panel = now.assessment.panel
    return {p: set(panel[p].items) for p in now.assessment.asked if not asked.get(p)}


def left_to_ask(now: Situation) -> dict[str, tuple[str, ...]]:
    """What the newest round, once measured, leaves to be asked again, and of whom."""
    measured = now.newest.measured if now.newest else None
    if measured is None:
        return {}
    left = [one.item for one in measured.left if one.because == "asked-again"]
    return asked_again(now, left if measured.left else measured.unsettled)


def over(now: Situation) -> Over:
    """Those of whom the newest round wants nothing more."""
    newest = now.newest
    return Over(
        finished=_completed(now),
        withdrawn=withdrawn(now),
        handed_on=frozenset(
            person
            for person, items in (newest.handed_on.items() if newest else ())
            if newest
            and items
            and not unanswered(newest.invited[person], now.interviews[newest.number, person])
        ),
    )


def standing(now: Situation, upto: int) -> dict[str, dict[str, Answer]]:
    """Each person's newest answer to each item in the rounds up to a number.

    A skip in a later round leaves the earlier answer standing: nothing new was said. Who has
    withdrawn, in any of them, has no answers left.
    """
    gone = withdrawn(now)
    found: dict[str, dict[str, Answer]] = {}
    for one in own_rounds(now.rounds[:upto]):
        for person in now.assessment.panel:
            interview = now.interviews.get((one.number, person))
            if interview is not None and person not in gone:
                for item, answer in interview.answers.items():
                    stands = found.setdefault(item, {})
                    if answer.kind != "skip" or person not in stands:
                        stands[person] = answer
    return found


def _completed(now: Situation) -> frozenset[str]:
    """Those who have completed the newest round."""
    newest = now.newest.number if now.newest else 0
    return frozenset(
        person
        for (number, person), interview in now.interviews.items()
        if interview.completed and number == newest
    )


def withdrawn(now: Situation) -> frozenset[str]:
    """Those who have withdrawn, from whichever round."""
    return frozenset(
        person for (_, person), interview in now.interviews.items() if interview.withdrawn
    )


class Over(NamedTuple):
    """Those of whom nothing more is wanted in a round, and why.

    Whoever `cannot_matter` could change no verdict and no middle score, whatever they said.
    """

    finished: frozenset[str] = frozenset()
    withdrawn: frozenset[str] = frozenset()
    handed_on: frozenset[str] = frozenset()
    cannot_matter: frozenset[str] = frozenset()


def to_moderate(now: Situation) -> tuple[str, ...]:
    """The descriptors that no outcome stands for, though no round will ask them again."""
    newest = now.newest
    if newest is None or newest.measured is None or asks_again(now, newest.measured):
        return ()
    asked = {item for one in own_rounds(now.rounds) for item in one.items}
    return tuple(
        item for item in now.guide.descriptors if item in asked and now.outcomes[item].score is None
    )


def to_sign_off(now: Situation) -> bool:
    """Whether everything stands and nobody has signed."""
    newest = now.newest
    if newest is None or newest.measured is None or asks_again(now, newest.measured):
        return False
    return now.assessment.signed_off is None and not to_moderate(now)


def asks_again(now: Situation, measured: RoundMeasured) -> bool:
    """Whether a feedback round comes; none does once all it would ask was moderated meanwhile."""
    return measured.then == "feedback" and bool(left_to_ask(now))
