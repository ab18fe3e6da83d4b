"""Whether the question that was put to a person last reached them. A fold, without clock or I/O."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from bots.messages.states import InterviewKey

Name = tuple[UUID, str]
Fate = Literal["failed", "withheld"]


@dataclass
class Standing:
    """The newest question (or notice) in each interview, and what became of it.

    One that failed or was withheld does not stand: its person has to be asked again.
    """

    _newest: dict[InterviewKey, str] = field(default_factory=dict)
    _lost: dict[Name, Fate] = field(default_factory=dict)

    def promised(self, place: InterviewKey, name: str) -> None:
        """Take a promised message as the newest question."""
        self._newest[place] = name

    def lost(self, name: Name, fate: Fate) -> None:
        """Take note that a message, or the change of one, did not reach its person."""
        self._lost[name] = fate

    def stands(self, place: InterviewKey) -> bool:
        """Whether the newest question was delivered, or is about to be."""
        newest = self._newest.get(place)
        return newest is not None and (place[0], newest) not in self._lost

    def failed(self, place: InterviewKey) -> str | None:
        """The name of the newest question, if it could not be delivered."""
        newest = self._newest.get(place, "")
        return newest if self._lost.get((place[0], newest)) == "failed" else None
