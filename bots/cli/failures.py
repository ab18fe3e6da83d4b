"""Failures of the machine on the command line: one sentence on stderr, as every refusal is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ehsg_events.kernel import Refused


@contextmanager
def failures_refused(folder: Callable[[], Path | None] = lambda: None) -> Iterator[None]:
    """Let a failure of the machine be a refusal: what is so, and what helps; exit code 2.

    Args:
        folder: says the data folder, whose disk is looked at.

    Raises:
        Refused: the machine failed.
    """
    try:
        yield
    except (Refused, BrokenPipeError):  # it is said already; whoever read has read enough
        raise
    except Exception as error:
        from ehsg_events.machine.failures import failure_of

        failure = failure_of(error, folder())
        if failure is None:
            raise
        raise Refused(str(failure)) from None
