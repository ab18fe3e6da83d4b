"""How soon an answer recorded in one process is seen in another, on a long log."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from itertools import takewhile
from pathlib import Path
from uuid import UUID

from benchmarks.alone import Row
from benchmarks.answering import Panel, milliseconds
from ehsg_events.log.log import Log
from projections.facts.following import Following
from projections.facts.view import view_at

ANSWERS = "SELECT count(*) AS many FROM fact WHERE what LIKE 'Answer%'"
Look = Callable[[], int]  # how many answers there are
Sight = tuple[int, float]  # how many answers were seen, and when


def seen(folder: Path, how: str, many: int) -> Row:
    """Answer some times while another process looks on; how long from commit to sight.

    Args:
        how: a way to look, by its name in `WAYS`.
        many: how many times to answer.
    """
    committed = []
    with closing(Log(folder)) as log:
        panel = Panel(log)
        panel.answer()  # the first one loads everything
        words = map(str, (how, folder, panel.assessment, many + 1))
        command = [sys.executable, "-m", "benchmarks.seeing", *words]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
            assert other.stdout
            other.stdout.readline()  # wait until it looks on
            for _ in range(many):
                time.sleep(random.uniform(0.02, 0.08))  # noqa: S311 - out of step with the looks
                panel.answer()
                committed.append(time.monotonic())
            sights: list[Sight] = json.loads(other.stdout.readline())
    lags = [_first(sights, nth) - moment for nth, moment in enumerate(committed, start=2)]
    return {"many": many, **milliseconds(lags)}


def _first(sights: list[Sight], many: int) -> float:
    return sights[sum(1 for _ in takewhile(lambda sight: sight[0] < many, sights))][1]


# -- the other process -----------------------------------------------------------------------------
def _anew(log: Log, assessment: UUID) -> Look:
    """Open the assessment anew at every look."""

    def look() -> int:
        view = view_at(log, assessment)
        many: int = view.ask(ANSWERS)[0]["many"]
        return many

    return look


def _following(log: Log, assessment: UUID) -> Look:
    """Read only what was committed since the last look."""
    following = Following(log, assessment)

    def look() -> int:
        following.catch_up()
        view = following.view()
        many: int = view.ask(ANSWERS)[0]["many"]
        return many

    return look


WAYS: dict[str, Callable[[Log, UUID], Look]] = {"anew": _anew, "following": _following}


def main() -> None:
    """Look whenever the log has grown, until all answers are seen; print when they were."""
    how, folder, assessment, many = sys.argv[1:]
    log = Log(Path(folder))
    look, sights = WAYS[how](log, UUID(assessment)), list[Sight]()
    _say("ready", look())
    while not sights or sights[-1][0] < int(many):
        newest = log.store.last_position()
        sights.append((look(), time.monotonic()))
        log.store.wait(newest, 1)
    _say(sights)


def _say(*values: object) -> None:
    sys.stdout.write(json.dumps(values if len(values) > 1 else values[0]) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
