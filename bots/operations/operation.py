"""An operation: its name, what it takes and does, and which surfaces offer it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, Literal, NamedTuple
from uuid import UUID

from bots.operations.form import F
from ehsg_events.dates import calendar
from ehsg_events.kernel import Stamp
from ehsg_events.log.log import Log

Surface = Literal["command", "slack", "web"]


@dataclass(frozen=True)
class Doing:
    """Who does something, when and by which surface, to which assessment on which log.

    The id of an assessment that is only being opened is a new one, which the surface has drawn.

    Args:
        folder: the data folder.
        open_log: opens its log; a new one is begun only when something is recorded.
    """

    folder: Path
    open_log: Callable[[], Log]
    stamp: Stamp
    assessment: UUID

    @cached_property
    def log(self) -> Log:
        """The log."""
        return self.open_log()

    def deadline(self, typed: str) -> datetime:
        """A round's end as it was typed, at the policy's hour when none was."""
        policy = self.log.assessment(self.assessment).policy
        return calendar.read_deadline(typed, policy.zone, policy.deadline_at)


class Done(NamedTuple):
    """What came of it.

    `says` is what was done; `notes` what is to be known beside it; `stands` how things stand now,
    for a surface that shows nothing else; `document` the same for programs.
    """

    says: str
    document: Any
    notes: Collection[str] = ()
    stands: str | None = None


@dataclass(frozen=True)
class Operation(Generic[F]):
    """Something a coordinator can do, the same on every surface."""

    name: str
    says: str
    form: type[F]
    do: Callable[[Doing, F], Done]
    surfaces: tuple[Surface, ...] = ("command",)
    begins: bool = False  # it needs no assessment, nor a log that is there already
