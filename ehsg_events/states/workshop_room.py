"""The room of a workshop: who is present, what is put to the vote, which votes are shown. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import assert_never

from ehsg_events.events import AttendanceRecorded, VoteOpened, VoteShown

RoomFact = AttendanceRecorded | VoteOpened | VoteShown


@dataclass(frozen=True)
class Room:
    """The state of a room; `voted_on` holds the items put to the vote, the newest last.

    `heard` holds, for each of them, everybody who has been in the room since.
    """

    present: tuple[str, ...] = ()
    voted_on: tuple[str, ...] = ()
    open_vote: str | None = None
    shown: Mapping[str, VoteShown] = field(default_factory=dict)
    heard: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def over(self) -> dict[str, VoteShown]:
        """The votes that were shown and not put to the vote again, by item, the newest last."""
        done = [item for item in self.voted_on if item != self.open_vote]
        return {item: self.shown[item] for item in done if item in self.shown}


def evolve(state: Room, fact: RoomFact) -> Room:
    """Fold one fact into the state."""
    match fact:
        case AttendanceRecorded():
            heard = {item: here.union(fact.present) for item, here in state.heard.items()}
            return replace(state, present=fact.present, heard=heard)
        case VoteOpened():
            before = tuple(item for item in state.voted_on if item != fact.item)
            here = state.heard.get(fact.item, frozenset()).union(state.present, fact.put_to)
            return replace(
                state,
                voted_on=(*before, fact.item),
                open_vote=fact.item,
                heard={**state.heard, fact.item: here},
            )
        case VoteShown():
            return replace(state, open_vote=None, shown={**state.shown, fact.item: fact})
    assert_never(fact)
