"""What stands in a place after a command that the machine let down, and after the same once more."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from support.ehsg import Ran, ehsg
from support.faults.operations import Operation

VARYING = (  # what a name has that is another one in each run
    (re.compile(r"\.[0-9a-f]{16}\.part"), ".*.part"),
    (re.compile(r"\d{4}-\d\d-\d\dT[\d-]+Za*"), "WHEN"),
    (re.compile(r"(base-\d+-)[0-9a-f]+"), r"\1*"),
    (re.compile(r"(building-)\d+"), r"\1*"),
    (re.compile(r"ehsg-[\w]{8}|tmp[\w]{8}"), "tmp*"),
)
BESIDE = {
    f"data/{name}" for name in ("log.sqlite-wal", "log.sqlite-shm")
}  # SQLite's, in their time
Fails = Callable[[Path, tuple[str, ...]], Ran | None]  # runs a command in a place, and lets it down


class State(NamedTuple):
    """What stands in a place: facts by kind, how many sealed texts, and which files."""

    facts: Counter[str]
    texts: int
    files: frozenset[str]

    @property
    def recorded(self) -> tuple[Counter[str], int]:
        """What is on the log."""
        return self.facts, self.texts


class Case(NamedTuple):
    """An operation, a place that is ready for it, and what stands there before and when it goes well."""

    operation: Operation
    ready: Path
    before: State
    well: State


def in_every_run(place: Path, path: str) -> str | None:
    """The name of a file as it is in every run; none if it is not of the place."""
    if not path.startswith(f"{place}/"):
        return None
    name = path.removeprefix(f"{place}/")
    for varying, same in VARYING:
        name = varying.sub(same, name)
    return name


def state_of(place: Path) -> State:
    """What stands in a place now."""
    files = (in_every_run(place, str(path)) for path in place.rglob("*") if path.is_file())
    return State(*_recorded(place / "data" / "log.sqlite"), frozenset(filter(None, files)))


def _recorded(log: Path) -> tuple[Counter[str], int]:
    if not log.exists():
        return Counter(), 0
    with closing(sqlite3.connect(log)) as db:
        try:
            topics = db.execute("SELECT topic FROM stored_events").fetchall()
            texts = db.execute("SELECT count(*) FROM sealed_text").fetchone()[0]
        except sqlite3.OperationalError:  # a log that was not begun yet
            return Counter(), 0
    return Counter(topic for (topic,) in topics), texts


def is_told(err: str) -> bool:
    """Whether stderr says one thing, in words for people, beside its notes."""
    lines = [line for line in err.splitlines() if line and not line.startswith("Note: ")]
    return len(lines) == 1 and not re.search(r"Traceback|\w(Error|Exception)\b", err)


def tried(case: Case, place: Path, fails: Fails, kept: str = "") -> tuple[str, list[str]]:
    """Let a command down, look at what stands, and do the same in fine weather.

    Args:
        kept: the name of a file that cannot be deleted meanwhile, and so may be left.

    Returns:
        How it ended, and what is not as it must be.
    """
    shutil.copytree(case.ready, place, dirs_exist_ok=True)
    ran = fails(place, case.operation.typed(place))
    if ran is None:
        return "missed", []
    wrong = [*_wrong_after(case, place, ran, kept), *_wrong_again(case, place)]
    return {0: "done all the same", 1: "said faults"}.get(ran.code, "refused"), wrong


def _wrong_after(case: Case, place: Path, ran: Ran, kept: str) -> Iterator[str]:
    now, well = state_of(place), case.well
    if ran.code == 0 and not is_done(now, well):
        yield f"it said that it is done, and lacks {well.facts - now.facts}, {well.files - now.files}"
    elif not _is_whole(case, now):
        yield f"half is recorded: {now.facts - case.before.facts}"
    more = now.files - case.before.files - well.files - BESIDE
    if more and not (kept and all(name.endswith(kept) for name in more)):
        yield f"it left {sorted(more)}"
    if ran.code not in (0, 2) and not (ran.code == 1 and case.operation.may_find):
        yield f"it ended with {ran.code}: {ran.err[-400:]}"
    elif ran.code == 2 and (not is_told(ran.err) or (ran.out and not case.operation.converses)):
        yield f"it did not say one sentence: {ran.out}{ran.err[-400:]}"


def _is_whole(case: Case, now: State) -> bool:
    """Whether all is recorded or nothing; or some of the steps, where it is done in steps."""
    if case.operation.in_steps:
        return case.before.facts <= now.facts <= case.well.facts
    return now.recorded in (case.before.recorded, case.well.recorded)


def is_done(now: State, well: State) -> bool:
    """Whether all stands that stands when it goes well."""
    return now.recorded == well.recorded and not well.files - now.files - BESIDE


def _wrong_again(case: Case, place: Path) -> Iterator[str]:
    was_done = is_done(state_of(place), case.well)
    again = ehsg(place / "data", *case.operation.typed(place))
    if again.code and not (again.code == 2 and was_done):
        yield f"the same afterwards ends with {again.code}: {again.err[-400:]}"
    if lacks := case.well.facts - state_of(place).facts:
        yield f"afterwards there lacks {lacks}"
    made = [place / case.operation.made] if case.operation.made else []
    for folder in (place / "data", *made):
        looked = ehsg(folder, "verify")
        if looked.code:
            yield f"{folder.name} is not whole: {looked.out}{looked.err}"
