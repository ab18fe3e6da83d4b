"""Five hundred people in one round: what a tick decides, what Prefect holds, how long Slack takes."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from benchmarks.alone import Row, alone
from benchmarks.runs import Figures
from benchmarks.slack.crowd import ASSESSMENT, open_crowd
from benchmarks.slack.serving import stamp
from benchmarks.slack.slow_slack import A_MINUTE, SlowSlack
from bots.interview.record import hear
from bots.interview.said import Said
from bots.slack.loopback.workspace import Workspace
from ehsg_events.log.log import Log
from flows.server import server
from flows.settings import home

if TYPE_CHECKING:
    from prefect.client.orchestration import PrefectClient

PEOPLE = 500
FIRST, PATIENCE = "U000", 300  # who is invited first, and how many seconds they would wait
ONE_BY_ONE = 50  # runs, made as if each reminder had one of its own
CROWD = "benchmarks.slack.crowd"  # the module with the jobs
Rows = list[tuple[str, Row]]


def main() -> Figures:
    """Measure, and print a table and what follows from it."""
    console, every = Console(width=110), Rows()
    with tempfile.TemporaryDirectory() as place:
        crowd = Path(place) / "crowd"
        open_crowd(crowd, PEOPLE)
        for title, measured in (
            (f"A tick decides for {PEOPLE} people", _ticks),
            (f"The outbox says {PEOPLE} invitations", _invitations),
            ("Somebody begins while the others are invited", _meanwhile),
            ("What Prefect holds of the round", _in_prefect),
        ):
            rows = measured(crowd)
            _show(console, title, rows)
            every += rows
    return {f"{name}: {what}": value for name, row in every for what, value in row.items()}


def _show(console: Console, title: str, rows: Rows) -> None:
    table = Table(title=title, title_justify="left")
    names = list(dict.fromkeys(name for _, row in rows for name in row))
    for name in ("", *names):
        table.add_column(name, justify="left" if not name else "right")
    for what, row in rows:
        table.add_row(what, *(_figure(row.get(name)) for name in names))
    console.print(table)


def _figure(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.0f}" if value >= 100 or value == int(value) else f"{value:.2f}"


def _ticks(crowd: Path) -> Rows:
    with _copy(crowd) as folder:
        return [
            ("nothing is due", alone(CROWD, "quiet", folder)),
            ("a reminder is due to each", alone(CROWD, "due", folder)),
            ("the tick after it", alone(CROWD, "quiet", folder)),
        ]


def _invitations(crowd: Path) -> Rows:
    """At full speed, then at Slack's rate; each beside the loop one might write instead."""
    rows: Rows = []
    for where, kind in ((Workspace, "at full speed"), (SlowSlack, f"at {A_MINUTE} a minute")):
        ours = _posted(where, "outbox", crowd)
        loop = _posted(where, "loop", crowd)
        ours["to the loop"] = ours["seconds"] / loop["seconds"]
        rows += [(f"the outbox, {kind}", ours), (f"a loop, {kind}", loop)]
    return rows


def _meanwhile(crowd: Path) -> Rows:
    """The first person invited presses Start while others are invited, and waits for a question."""
    with _copy(crowd) as folder, SlowSlack() as slack, ThreadPoolExecutor(1) as beside:
        inviting = beside.submit(alone, CROWD, "outbox", folder, slack.url)
        row: Row = {}
        with slack.changed:
            slack.changed.wait_for(lambda: slack.inbox(FIRST), timeout=60)
        log, began = Log(folder), time.perf_counter()
        start = stamp("start").model_copy(update={"surface": "slack", "role": "stakeholder"})
        hear(log, start, ASSESSMENT, "person-0", Said("choice", "start"))
        with slack.changed:
            slack.changed.wait_for(lambda: len(slack.inbox(FIRST)) > 1, timeout=PATIENCE)
        row["seconds"] = time.perf_counter() - began
        row["others told by then"] = slack.calls.count("chat.postMessage") - 2
        inviting.result()
        log.close()
    return [("until the first question stands there", row)]


def _posted(where: type[Workspace], what: str, crowd: Path) -> Row:
    with _copy(crowd) as folder, where() as workspace:
        row = alone(CROWD, what, folder, workspace.url)
        away = workspace.limits.sent_away if isinstance(workspace, SlowSlack) else 0
        return {**row, "posts": workspace.calls.count("chat.postMessage"), "sent away": away}


def _in_prefect(crowd: Path) -> Rows:
    with _copy(crowd) as folder, server(folder):
        return asyncio.run(_drawn(folder))


async def _drawn(folder: Path) -> Rows:
    """Draw the round, draw it again, and make a run for each of some reminders instead."""
    from prefect import get_client

    from flows import schedule
    from flows.worker import deploy

    await deploy(timedelta(minutes=5))
    log, rows = Log(folder), Rows()
    async with get_client() as prefect:
        for what in ("drawn for the first time", "drawn again, unchanged"):
            async with _measured(rows, what, folder, prefect):
                await schedule.redraw(log, ASSESSMENT, datetime.now(UTC))
        async with _measured(rows, "instead: a run for each of some reminders", folder, prefect):
            await _one_by_one(log, prefect)
    log.close()
    return rows


async def _one_by_one(log: Log, prefect: PrefectClient) -> None:
    from flows import schedule
    from flows.appointments import appointments

    deployment = await prefect.read_deployment_by_name(f"milestone/{schedule.DEPLOYMENT}")
    first = appointments(log, ASSESSMENT)[0]
    for number in range(ONE_BY_ONE):
        own = first._replace(due=first.due + timedelta(seconds=number + 1))
        await schedule.add(prefect, log, deployment.id, own)


@asynccontextmanager
async def _measured(
    rows: Rows, what: str, folder: Path, prefect: PrefectClient
) -> AsyncIterator[None]:
    kept, runs, began = _kept(folder), await _runs(prefect), time.perf_counter()
    yield
    seconds, more = time.perf_counter() - began, (_kept(folder) - kept) / 1024
    runs = await _runs(prefect) - runs
    rows.append((what, {"seconds": seconds, "KB more": more, "runs more": runs}))


async def _runs(prefect: PrefectClient) -> int:
    """How many runs of the round Prefect holds."""
    from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterTags

    ours = FlowRunFilter(tags=FlowRunFilterTags(all_=[str(ASSESSMENT)]))
    return await prefect.count_flow_runs(flow_run_filter=ours)


def _kept(folder: Path) -> int:
    return sum(file.stat().st_size for file in home(folder).glob("prefect.db*"))


@contextmanager
def _copy(crowd: Path) -> Iterator[Path]:
    """The same crowd in a folder of its own."""
    with tempfile.TemporaryDirectory() as place:
        yield Path(shutil.copytree(crowd, Path(place) / "crowd"))
