"""What somebody had learned of how others answer, over all their rounds. Pure.

Whoever has seen a group's figures on an item, or heard it discussed, never answers it blind again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from ehsg_events.interview.questions import was_shown
from ehsg_events.states.interview import Interview, Sitting
from ehsg_events.states.round import Round
from ehsg_events.values.exposure import Past, Seen


class Turn(NamedTuple):
    """One person in one round; `sitting` makes what the round puts in front of them."""

    round: Round
    interview: Interview
    sitting: Callable[[], Sitting]


def learned(person: str, turns: Iterable[Turn]) -> Mapping[str, Past]:
    """What a person had learned of the others, by item.

    Args:
        turns: the rounds they were invited to, oldest first, the one that they are in last.
    """
    past: dict[str, Past] = {}
    for turn in turns:
        for item, seen in _seen(person, turn).items():
            before = past.get(item, Past())
            past[item] = before._replace(seen=(*before.seen, seen))
        for item, people in turn.round.room.heard.items():
            if person in people:
                past[item] = past.get(item, Past())._replace(room=turn.round.number)
    return past


def _seen(person: str, turn: Turn) -> dict[str, Seen]:
    """What stood beside the answers, and beside questions that were put but not answered."""
    answered = dict(turn.interview.seen)
    others = [item for item in turn.round.invited[person] if item not in answered]
    if turn.round.kind != "feedback" or not turn.interview.started or not others:
        return answered
    sitting = turn.sitting()
    # What was handed over stands among the questions wherever the guide has it, so their order
    # no longer tells which of them were put.
    moved = person in turn.round.handed_on
    put = {
        item: _shown(sitting, item)
        for item in {**sitting.figures, **sitting.reasons}
        if item in others and (moved or was_shown(turn.interview, sitting, item))
    }
    return answered | put


def _shown(sitting: Sitting, item: str) -> Seen:
    """The figures and reasons beside a question."""
    figures, reasons = sitting.figures.get(item), sitting.reasons.get(item)
    return Seen(
        figures.after_round if figures else None,
        figures.digest if figures else None,
        reasons.digest if reasons else None,
    )
