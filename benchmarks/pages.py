"""Pages of the desk: what each costs who opens it first, and who looks again.

By processor time, as several are drawn at once on a busy server; the whole page with its template.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from rich.console import Console
from rich.table import Table

from benchmarks.alone import Row, alone, do
from benchmarks.area import OPENED, live
from benchmarks.runs import Figures
from ehsg_events.log.log import Log

ASSESSMENT = UUID(int=6 << 100)
PANELS = (30, 100)
SHOWN = ("tasks", "people", "round", "board", "results", "trail", "nudges")
AGAIN = 7  # looks, of which the median counts


def main() -> Figures:
    """Live an area with each panel, and print what its pages cost."""
    figures: dict[str, float] = {}
    for people in PANELS:
        with tempfile.TemporaryDirectory() as folder:
            log = Log(Path(folder))
            live(log, ASSESSMENT, 1, people)
            log.close()
            rows = {name: alone("benchmarks.pages", "look", folder, name) for name in SHOWN}
        _show(people, rows)
        for name, row in rows.items():
            for what in ("first", "again", "KB"):
                figures[f"{people} people, {name}: {what}"] = row[what]
    return figures


def _show(people: int, rows: dict[str, Row]) -> None:
    title = f"{people} people, three rounds, {rows['board']['facts']:,.0f} facts"
    table = Table(title=title, title_justify="left")
    table.add_column("page")
    for heading in ("first, CPU ms", "again, CPU ms", "first / again", "KB"):
        table.add_column(heading, justify="right")
    for name, row in rows.items():
        cells = row["first"], row["again"], row["first"] / row["again"], row["KB"]
        table.add_row(name, *(f"{cell:,.0f}" for cell in cells))
    Console(width=100).print(table)


def look(folder: str, name: str) -> Row:
    """Draw a page for its coordinator several times; Slack is set up, as it was all the time."""
    os.environ.setdefault("SLACK_BOT_TOKEN", "xoxb-loopback")
    log = Log(Path(folder))
    draw = _drawing(log, name)
    page, first = _timed(draw)
    again = sorted(_timed(draw)[1] for _ in range(AGAIN))
    facts = log.store.last_position()
    return {"first": first, "again": again[AGAIN // 2], "KB": len(page) / 1000, "facts": facts}


def _drawing(log: Log, name: str) -> Callable[[], str]:
    """What draws a page; all that is imported for it is there before it is timed."""
    from bots.web.desk.frame import frame
    from bots.web.desk.page import Visitor
    from bots.web.desk.registry import PAGES
    from bots.web.desk.rendering import printed
    from projections.facts.view import view_at

    who = Visitor(ASSESSMENT, "coordinator-1", "coordinator", OPENED + timedelta(days=200))

    def draw() -> str:
        drawn = PAGES[name].draw(view_at(log, ASSESSMENT), who, {})
        nothing: dict[str, object] = {
            "asked": {},
            "refused": None,
            "mistakes": (),
            "ways": (),
            "was_done": None,
        }
        around = {**frame(log, who, name, ""), **nothing, "moments": None, "mark": None}
        return printed(drawn.template, {**around, **drawn.values})

    return draw


def _timed(draw: Callable[[], str]) -> tuple[str, float]:
    began = time.process_time()
    page = draw()
    return page, (time.process_time() - began) * 1000


if __name__ == "__main__":
    do({"look": look})
