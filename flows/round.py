"""The flows of a round: a milestone that falls due, and the tick that puts everything right.

A flow is given ids and times only: Prefect stores its parameters, names and failures unencrypted.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from prefect import flow, runtime

from ehsg_events.commands import rounds
from ehsg_events.dates import calendar
from ehsg_events.kernel import Stamp
from ehsg_events.machine.reports import line_of
from ehsg_events.values.policy import Policy
from flows import child_process, schedule, settings
from flows.appointments import Appointment, appointments
from flows.open_log import open_log

NOT_DONE = "What is due in the rounds was not done, or not all of it; the next tick tries again."
FEW = 5  # assessments that have ended and that one tick looks at for the last time
EARLY = timedelta(seconds=5)  # a run that begins at most this early waits for its time
_looked_at: set[UUID] = set()  # that have ended, and whose last page was drawn since


class Unfinished(Exception):
    """The steps that failed, each with the type of its error, never the error's message."""


@flow(name="milestone")
async def milestone(assessment: UUID, round: int, kind: str, due: datetime) -> list[int]:
    """Do what a round has promised for a time: remind, close, or ask again.

    Returns:
        The position of each step on the log; none when that no longer stands.
    """
    appointment = Appointment(assessment, round, kind, due)
    if appointment not in await asyncio.to_thread(appointments, open_log(), assessment):
        return []
    await _until(due)
    cause = f"milestone {kind} of round {round}"
    return await asyncio.to_thread(_advance, assessment, _now(), cause, appointment.key)


def _tick_name() -> str:
    at = runtime.flow_run.parameters.get("at")
    return f"tick, as if at {calendar.say(at, Policy().zone)}" if at else "tick"


@flow(name="tick", flow_run_name=_tick_name)
async def tick(assessment: UUID | None = None, at: datetime | None = None) -> list[int]:
    """Do everything that is due, in all assessments or in one, and redraw what is to come.

    Args:
        at: the time of a rehearsal, for which nothing is scheduled; now when left out.

    Returns:
        The position of each step on the log.

    Raises:
        Unfinished: some steps failed; the others were done.
    """
    done: list[int] = []
    failed: list[str] = []
    run = runtime.flow_run.id or os.urandom(16).hex()
    every = [assessment] if assessment else []
    if assessment is None:
        with _guarded("open the log", None, failed):
            every = _every()
    for each in every:
        with _guarded("advance", each, failed):
            done += await asyncio.to_thread(
                _advance, each, at or _now(), "tick", f"tick/{run}/{each}"
            )
        if at is None:
            with _guarded("redraw", each, failed):
                await _redraw(each)
    if at is None:
        with _guarded("clear ticks", None, failed):
            await schedule.clear_ticks(_now())
    if failed:
        raise Unfinished("; ".join(failed))
    return done


def _advance(assessment: UUID, at: datetime, cause: str, key: str) -> list[int]:
    if open_log().assessment(assessment).abandoned is not None:
        return []  # its schedule is redrawn all the same, so that nothing of it stays there
    stamp = Stamp(at=at, by="clock", role="clock", surface="flow", cause=cause, key=key)
    return rounds.advance(open_log(), stamp, assessment)


async def _redraw(assessment: UUID) -> None:
    """Redraw what is to come; once more after the end, also if that comes meanwhile."""
    had_ended = open_log().assessment(assessment).ended
    await schedule.redraw(open_log(), assessment, _now())
    if had_ended:
        _looked_at.add(assessment)


def _every() -> list[UUID]:
    """The assessments at work; and of those that have ended a few whose last page was not drawn.

    To read one takes a tenth of a second, and an area has more of them every year.
    """
    log = open_log()
    every = log.names(abandoned=True)
    ended = dict.fromkeys(each for each in every if log.assessment(each).ended)
    _looked_at.intersection_update(ended)  # one may be taken up again
    last = [each for each in reversed(ended) if each not in _looked_at]
    return [*(each for each in every if each not in ended), *last[:FEW]]


def _now() -> datetime:
    return datetime.now(UTC)


async def _until(due: datetime) -> None:
    wait = due - _now()
    if timedelta() < wait <= EARLY:
        await asyncio.sleep(wait.total_seconds())


@contextmanager
def _guarded(step: str, assessment: UUID | None, failed: list[str]) -> Iterator[None]:
    """Let one step fail without the others; its error's message is dropped: it may quote people.

    Whoever runs the server is told what helps, if the machine failed.
    """
    try:
        yield
    except Exception as error:  # noqa: BLE001 - whatever it is, the other steps go on
        failed.append(f"{step} {assessment or ''}: {type(error).__name__}")
        child_process.note(line_of(NOT_DONE, error, Path(os.environ[settings.FOLDER])))
