"""What everybody had learned of how others answer an item when they answered it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import product
from typing import NamedTuple

from projections.facts.view import View
from projections.folded.once import once
from projections.folded.panel_facts import ANSWERS, panel_facts

STAMPED = (
    "figures_round", "figures", "reasons", "room", "earlier_round", "earlier_figures",
    "earlier_reasons", "end_told",
)  # fmt: skip
SIGNED_OFF = "AssessmentSignedOff"


class _Answer(NamedTuple):
    """An answer and what its fact is stamped with; or, without these, a sign-off."""

    position: int
    what: str
    round: int
    stakeholder: str
    item: str
    figures_round: int | None
    figures: str | None
    reasons: str | None
    room: int | None
    earlier_round: int | None
    earlier_figures: str | None
    earlier_reasons: str | None
    end_told: bool | None


class Informed(NamedTuple):
    """An answer given or changed, and what its person had learned of the others by then.

    `blind` means nothing of it.
    """

    position: int
    round: int
    stakeholder: str
    item: str
    figures_round: int | None
    reasons: str | None
    room: int | None
    earlier_round: int | None
    earlier_figures: str | None
    earlier_reasons: str | None
    end_told: bool
    saw_figures: bool
    saw_reasons: bool
    blind: bool


class _Seen(NamedTuple):
    """The newest figures and reasons that somebody was shown beside an item."""

    figures_round: int | None = None
    figures: str | None = None
    reasons: str | None = None

    def and_then(self, answer: _Answer) -> _Seen:
        """What stands after one answer more; what was shown last of each kind."""
        return _Seen(
            self.figures_round if answer.figures_round is None else answer.figures_round,
            self.figures if answer.figures is None else answer.figures,
            self.reasons if answer.reasons is None else answer.reasons,
        )


@once
def informed(view: View) -> dict[int, Informed]:
    """By position of every answer, what its person knew.

    Facts are stamped with it; of those from before they were, the order of the log tells it: figures
    once shown beside an answer to the item, presence in a room where it was put to the vote, a
    sign-off that told people what stands.
    """
    stamped = {name: f"exposure.{name}" for name in STAMPED}
    facts = view.facts(_Answer, (*ANSWERS, SIGNED_OFF), **stamped)
    heard, told = _heard(view), False
    seen: defaultdict[tuple[str, str], _Seen] = defaultdict(_Seen)
    knew: dict[int, Informed] = {}
    for fact in facts:
        if fact.what == SIGNED_OFF:
            told = True
            continue
        place = fact.stakeholder, fact.item
        knew[fact.position] = _knew(fact, seen[place], heard.get(place, []), told=told)
        seen[place] = seen[place].and_then(fact)
    return knew


def _knew(answer: _Answer, seen: _Seen, heard: list[tuple[int, int]], *, told: bool) -> Informed:
    if seen.figures_round == answer.figures_round:  # what is shown again was not learned earlier
        seen = _Seen()
    in_room = max((number for at, number in heard if at < answer.position), default=None)
    room = in_room if answer.room is None else answer.room
    earlier_round = seen.figures_round if answer.earlier_round is None else answer.earlier_round
    earlier_reasons = seen.reasons if answer.earlier_reasons is None else answer.earlier_reasons
    figures = answer.figures_round is not None or earlier_round is not None
    reasons = answer.reasons is not None or earlier_reasons is not None
    end_told = bool(answer.end_told) or told
    return Informed(
        answer.position,
        answer.round,
        answer.stakeholder,
        answer.item,
        answer.figures_round,
        answer.reasons,
        room,
        earlier_round,
        seen.figures if answer.earlier_figures is None else answer.earlier_figures,
        earlier_reasons,
        end_told,
        saw_figures=figures,
        saw_reasons=reasons,
        blind=not (figures or reasons or room is not None or end_told),
    )


def _heard(view: View) -> dict[tuple[str, str], list[tuple[int, int]]]:
    """Who was in a room when an item was put to the vote, or later: since when, and in which round."""
    heard: defaultdict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    present: dict[int, list[str]] = {}
    voted: defaultdict[int, list[str]] = defaultdict(list)
    for fact in panel_facts(view):
        here: Iterable[tuple[str, str]] = ()
        if fact.what == "VoteOpened":
            voted[fact.round].append(fact.item)
            here = product((*fact.put_to, *present.get(fact.round, ())), (fact.item,))
        elif fact.what == "AttendanceRecorded":
            present[fact.round] = fact.present
            here = product(fact.present, voted[fact.round])
        for place in here:
            heard[place].append((fact.position, fact.round))
    return heard
