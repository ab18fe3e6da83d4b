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

    def lost(self, assessment: UUID, changes: str | None, name: str, *, failed: bool) -> None:
        """Take note that a message did not reach its person.

        A change that was withheld leaves its message as it stands; one that failed does not.

        Args:
            changes: the message that it was to change, if it is no message of its own.
        """
        if failed or changes is None:
            self._lost[assessment, changes or name] = "failed" if failed else "withheld"

    def stands(self, place: InterviewKey) -> bool:
        """Whether the newest question was delivered, or is about to be."""
        newest = self._newest.get(place)
        return newest is not None and (place[0], newest) not in self._lost

    def failed(self, place: InterviewKey) -> str | None:
        """The name of the newest question, if it could not be delivered."""
        newest = self._newest.get(place, "")
        return newest if self._lost.get((place[0], newest)) == "failed" else None
