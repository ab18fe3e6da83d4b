"""The coming round of an assessment, rehearsed on a copy that is deleted afterwards."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from bots.rehearsal.clock import Clock
from bots.rehearsal.coming_round import Coming, SilentSender, as_if_there
from bots.rehearsal.copying import copy_of
from bots.rehearsal.forecast import forecast
from bots.rehearsal.guesses import Guess
from bots.rehearsed import Forecast
from ehsg_events.kernel import Surface
from ehsg_events.log.log import Log
from ehsg_events.values.address import WRITABLE
from ehsg_events.values.policy import Policy

PREFIX = "ehsg-rehearsal-"


def rehearsed(
    log: Log,
    assessment: UUID,
    guess: Guess,
    now: datetime,
    surfaces: Collection[Surface],
    policy: Policy | None = None,
    show_day: Callable[[datetime], object] = lambda _: None,
    within: Path | None = None,
) -> Forecast:
    """Rehearse it; the log itself is only read.

    Args:
        surfaces: those that are set up to write to people; as if all were, where none is.
        policy: one to try out instead of the one chosen.
        show_day: called with each simulated day.
        within: the folder in which the copy is made; by default that of this machine.

    Raises:
        Refused: no round is to come, or it does not end.
    """
    with TemporaryDirectory(prefix=PREFIX, dir=within) as folder:
        clock = Clock(now)
        copied = copy_of(log, assessment, Path(folder), guess)
        senders = [SilentSender(clock, surface) for surface in sorted(surfaces or WRITABLE)]
        coming = Coming(copied, assessment, clock, guess, senders, show_day, as_if_there)
        try:
            return forecast(coming, senders, coming.run(policy))
        finally:
            copied.close()
