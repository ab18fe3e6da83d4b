"""People who answer on a log of any length: click after click, each in its own transaction."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from statistics import quantiles
from uuid import uuid4

from benchmarks.alone import Row, do
from benchmarks.slack.serving import member, stamp
from ehsg_events.commands import assessments, rounds
from ehsg_events.commands.sitting import sit_down
from ehsg_events.interview import answers
from ehsg_events.kernel import Stamp
from ehsg_events.log.log import Log
from ehsg_events.log.transaction import Transaction
from ehsg_events.policy.rules_file import usual
from ehsg_events.states.streams import interview_stream

PANEL, GUIDE = 40, "ehsg-2022@1"


class Panel:
    """A round that is open on a log, and its people, who answer in turn."""

    def __init__(self, log: Log) -> None:
        self._log, self.assessment, self._clicks = log, uuid4(), count()
        people = [member(number) for number in range(PANEL)]
        deadline = datetime.now(UTC) + timedelta(days=10)
        name = self.assessment
        assessments.open_assessment(log, stamp(f"{name}"), name, "Livetown", GUIDE, people, usual())
        rounds.open_round(log, stamp(f"{name}/round"), name, deadline)

    def answer(self) -> int:
        """Let the next person answer, or change their answer; the position of the fact."""
        click = next(self._clicks)
        person, score = f"person-{click % PANEL}", str(click // PANEL % 5)
        stamp = Stamp(
            at=datetime.now(UTC),
            by=person,
            role="stakeholder",
            surface="web",
            cause="choice",
            key=f"{self.assessment}/{click}",
        )
        position = self._log.record(stamp, lambda tx: self._decide(tx, person, score)).position
        assert position is not None, "another score than before"
        return position

    def _decide(self, tx: Transaction, person: str, score: str) -> None:
        number, sitting, state = sit_down(tx, self.assessment, person, tx.stamp.at)
        facts = answers.answer(state, sitting, sitting.items[0], score)
        tx.decide(interview_stream(self.assessment, number, person), *facts)


def milliseconds(times: list[float]) -> Row:
    """The 50th, 95th and 99th percentile and the maximum of some times, in milliseconds.

    Args:
        times: in seconds.
    """
    cuts = quantiles(times, n=100, method="inclusive")
    names = {"p50 ms": cuts[49], "p95 ms": cuts[94], "p99 ms": cuts[98], "slowest ms": max(times)}
    return {name: seconds * 1000 for name, seconds in names.items()}


def timed(do_it: Callable[[], object]) -> float:
    """How many seconds a call takes."""
    began = time.perf_counter()
    do_it()
    return time.perf_counter() - began


def clicks(folder: str, seconds: str, pause: str) -> Row:
    """Answer for some seconds, with a pause after each answer; how long the answers took."""
    panel, until = Panel(Log(Path(folder))), time.monotonic() + float(seconds)
    panel.answer()  # the first one loads everything
    times: list[float] = []
    while len(times) < 2 or time.monotonic() < until:
        times.append(timed(panel.answer))
        time.sleep(float(pause))
    return {"many": len(times), **milliseconds(times)}


if __name__ == "__main__":
    do({"clicks": clicks})
