"""An operation: its name, what it takes and does, and which surfaces offer it."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, wraps
from pathlib import Path
from typing import Any, Generic, NamedTuple
from uuid import UUID

from bots.operations.form import F, unrepeated
from bots.operations.writable import writable
from ehsg_events.commands.people import Opener
from ehsg_events.dates import calendar
from ehsg_events.kernel import Refused, Stamp, Surface
from ehsg_events.log.log import Log
from ehsg_events.panel.names import called, coordinator_of, person_of


@dataclass(frozen=True)
class Doing:
    """Who does something, when and by which surface, to which assessment on which log.

    For an assessment that is about to be opened, the surface has made up a new id.

    Args:
        folder: the data folder.
        open_log: opens its log, and creates it if there is none; called when it is first needed.
        seen: a mark of what stood when the form was drawn; none on a surface that draws no forms.
        writable: the surfaces that are set up to write to people.
        opener: who coordinates an assessment that is about to be opened; none where nobody is known.
    """

    folder: Path
    open_log: Callable[[], Log]
    stamp: Stamp
    assessment: UUID
    seen: int | None = None
    writable: Collection[Surface] = field(default_factory=lambda: writable(os.environ))
    opener: Opener | None = None

    @cached_property
    def log(self) -> Log:
        """The log."""
        return self.open_log()

    def safeguarding(self) -> str:
        """The area's own route for a worry about somebody."""
        return self.log.assessment(self.assessment).policy.safeguarding

    def deadline(self, typed: str) -> datetime:
        """A round's end as it was typed, at the policy's hour when none was."""
        policy = self.log.assessment(self.assessment).policy
        return calendar.read_deadline(typed, policy.zone, policy.deadline_at)

    def person(self, typed: str) -> str:
        """The pseudonym of somebody on the panel, as they were typed: by it, or by their name.

        Raises:
            Refused: nobody, or more than one, is called that.
        """
        return person_of(self.log.assessment(self.assessment), self.log.text, typed)

    def on_behalf_of(self, person: str, typed: str | None = None) -> Stamp:
        """The stamp of a coordinator who acts for somebody.

        Args:
            typed: which coordinator, where the surface does not know it.
        """
        state = self.log.assessment(self.assessment)
        by = coordinator_of(state, self.log.text, typed) if typed else self.stamp.by
        return self.stamp.model_copy(update={"by": by}).acting_for(person)

    def called(self, person: str) -> str:
        """What the coordinator calls somebody: by name, with the pseudonym."""
        return called(self.log.assessment(self.assessment), self.log.text, person)


class Done(NamedTuple):
    """The result of an operation.

    `says` is what was done, `notes` what else to know about it, `document` the result for programs.
    `stands` is how things stand now, for a surface that shows nothing else.
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
    surfaces: tuple[Surface, ...] = ("command", "web")
    begins: bool = False  # it needs no assessment, nor a log that exists already

    def __post_init__(self) -> None:
        object.__setattr__(self, "do", _without_repeating(self.do))


def _without_repeating(do: Callable[[Doing, F], Done]) -> Callable[[Doing, F], Done]:
    """The same, whose refusals repeat no words that were typed."""

    @wraps(do)
    def run(doing: Doing, form: F) -> Done:
        try:
            return do(doing, form)
        except Refused as refusal:
            raise unrepeated(refusal, form) from None

    return run
