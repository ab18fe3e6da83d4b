"""A data folder that several processes write to, while it is backed up and each backup restored."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import NamedTuple

from bots.backups.backing_up import back_up
from bots.backups.restoring import restore
from bots.backups.snapshot import Backup, copy_log
from ehsg_events.commands import panel as joining
from ehsg_events.panel.member import Member
from projections.verification.log_file import LogFile
from projections.verification.verification import kept_in, verified
from support.places import TESTS
from support.story.story import PANEL, Story, agree_and_split

WRITER = (
    "import sys; from pathlib import Path; from support.log.under_load import write_on; "
    "write_on(Path(sys.argv[1]), sys.argv[2])"
)


PAUSE = 0.3  # seconds between two sentences of a writer, so that fifty backups take minutes
LONGEST = 20.0  # seconds until a writer has written


class Tally(NamedTuple):
    """What a row of backups came to."""

    backups: int
    positions: list[int]
    faults: list[str]
    unlike: int  # restored logs that differ from a prefix of the log at the end

    def __str__(self) -> str:
        """In one line."""
        return (
            f"{self.backups} backups at positions {self.positions[0]} to {self.positions[-1]}, "
            f"{len(self.faults)} faults, {self.unlike} not a prefix of the log"
        )


def write_on(folder: Path, name: str) -> None:
    """Say words and change an answer until the process is ended; now and then somebody joins."""
    person = f"{name}-1"
    with Story(folder) as story:
        print("ready", flush=True)  # noqa: T201 - whoever started this waits for it
        for number in count(1):
            story.minutes = 3000 + number / 1000 + ord(name[0]) / 1_000_000  # a key of its own
            if number == 1:
                story.noted(person, "5.2", "reason", f"{name} says so.")
            else:
                story.note_amended(person, f"{name} says {number}.")
            story.answered(person, "5.2", str(number % 5))
            if number % 5 == 0:
                newcomer = Member(f"{name}-{number}", "Ann Other", name, "adviser", ("5.2",), None)
                joining.join(story.log, story.stamp(), story.assessment, newcomer)
            time.sleep(PAUSE)


@contextmanager
def written_to(folder: Path, *names: str) -> Iterator[None]:
    """Have people of some agencies go on speaking, each in a process of their own."""
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(folder), name],
            stdout=subprocess.PIPE,
            text=True,
            cwd=TESTS,
        )
        for name in names
    ]
    try:
        for writer in writers:
            assert writer.stdout
            assert writer.stdout.readline() == "ready\n"
        yield
    finally:
        for writer in writers:
            writer.kill()
            writer.communicate()  # which closes its pipe, too


def backed_up_and_restored(place: Path, times: int) -> Tally:
    """Back a folder up again and again while it is written to, and restore each backup."""
    folder, backup = place / "data", Backup(place / "backup", keep=times)
    with Story(folder) as story:
        agree_and_split(story.opened(PANEL)).round_closed().round_opened()
    positions: list[int] = []
    faults: list[str] = []
    with written_to(folder, "police", "health"):
        for number in range(times):
            _wait_for_more(folder, positions[-1] if positions else 0)
            made = back_up(kept_in(folder), backup, datetime.now(UTC))
            done = restore(backup, place / f"restored-{number}")
            again = verified(kept_in(place / f"restored-{number}"))
            assert (made.new, done.found.position) == (True, made.snapshot.position)
            positions.append(again.position)
            faults += [
                *made.snapshot.faults,
                *(one.says for one in (*done.found.faults, *again.faults)),
            ]
    unlike = sum(
        not _is_prefix(folder, place / f"restored-{n}", place / f"copy-{n}") for n in range(times)
    )
    return Tally(times, positions, faults, unlike)


def _wait_for_more(folder: Path, than: int) -> None:
    until = time.monotonic() + LONGEST
    while time.monotonic() < until:
        with LogFile(folder / "log.sqlite") as file:
            if file.end() > than + 5:
                return
        time.sleep(0.02)
    raise TimeoutError("the writers have ended")


def _is_prefix(folder: Path, restored: Path, copy: Path) -> bool:
    """Whether all that was restored stands in the log, and nothing else was before it."""
    copy.mkdir()
    with LogFile(restored / "log.sqlite") as file:
        copy_log(file, copy)
    with LogFile(folder / "log.sqlite") as now, LogFile(copy / "log.sqlite", resting=True) as then:
        return not list(now.differences(then)) and then.end() == then.promised_end()
