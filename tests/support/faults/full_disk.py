"""A disk of its own that is full but for a few bytes, and a command that meets its end."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import disk_usage

from bots.phrases.stopped import cannot_now
from ehsg_events.events import AnswerAmended, AnswerGiven
from ehsg_events.log.log import Log
from support.ehsg import Ran, ehsg, environment, opened
from support.faults.standing import Fails
from support.visitor import Visitor

MEGABYTES = 32
ROOMS = (0, 8, 40, 120, 400)  # kilobytes that are left, so that it ends sooner or later
PART = 1024
OK, REFUSED = 200, 503
PEOPLE = ("police-1", "health-1", "schools-1", "council-1")


def why_not() -> str | None:
    """Why a disk cannot be mounted on this machine, none if it can."""
    return None if os.geteuid() == 0 else "only root mounts disks"


@contextmanager
def small_disk(place: Path) -> Iterator[Path]:
    """A disk in memory at a place, while the block runs."""
    place.mkdir()
    sized = f"size={MEGABYTES}m"
    subprocess.run(["mount", "-t", "tmpfs", "-o", sized, "tmpfs", str(place)], check=True)
    try:
        yield place
    finally:
        # lazily: this process keeps a base of read models open, and what stays mounted hurts others
        subprocess.run(["umount", "--lazy", str(place)], check=True)


@contextmanager
def filled(disk: Path, but: int) -> Iterator[None]:
    """The disk is full but for so many kilobytes, while the block runs."""
    file = disk / "full"
    with file.open("wb") as out:
        out.write(bytes(max(disk_usage(disk).free - but * PART, 0)))
    try:
        yield
    finally:
        file.unlink()


def full(disk: Path, but: int) -> Fails:
    """Runs a command on a disk that is full, and makes room on it afterwards."""

    def fails(place: Path, words: tuple[str, ...]) -> Ran:
        command = [sys.executable, "-m", "bots.cli", "--data", str(place / "data"), *words]
        told = environment(TMPDIR=str(place / "tmp"))
        with filled(disk, but):
            done = subprocess.run(command, capture_output=True, text=True, check=False, env=told)
        return Ran(done.returncode, done.stdout, done.stderr)

    return fails


def served_on(disk: Path, forms: int) -> tuple[Counter[str], list[str]]:
    """Answer over HTTP on a disk that is full, and send each form again once there is room.

    Returns:
        How it ended while the disk was full, and what is not as it must be.
    """
    data, tally, wrong = disk / "data", Counter[str](), list[str]()
    opened(data)
    with _serving(data) as address:
        visitors = [Visitor(address, _token(data, person)) for person in PEOPLE]
        for visitor in visitors:
            visitor.press("Start")
        for number in range(forms):
            visitor = visitors[number % len(visitors)]
            form, value = visitor.open("5.1").form("answer"), f"answer:5.1:{number % 6}"
            with filled(disk, 0):
                visitor.send(form, form.button("Continue"), choice=value)
                is_refused = visitor.answer.status_code == REFUSED
                if is_refused and cannot_now("full") not in visitor.page.text:
                    wrong.append(visitor.page.text)
            tally.update(["refused" if is_refused else "done all the same"])
            for _ in range(2):  # the browser's, and once more
                visitor.send(form, form.button("Continue"), choice=value)
                if visitor.answer.status_code != OK:
                    wrong.append(f"with room on the disk: {visitor.answer.status_code}")
    recorded = _answers(data)
    return tally, wrong + [f"{recorded} answers of {forms} are recorded"] * (recorded != forms)


@contextmanager
def _serving(data: Path) -> Iterator[str]:
    """`ehsg serve --only web` while the block runs; its address."""
    command = [sys.executable, "-m", "bots.cli", "--data", str(data), "serve", "--only", "web"]
    told = environment(EHSG_WEB_PORT="0")
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=told) as serving:
        try:
            assert serving.stderr
            yield serving.stderr.readline().split()[-1].rstrip(".")
        finally:
            serving.terminate()
            serving.communicate()


def _token(data: Path, person: str) -> str:
    return ehsg(data, "link", person).out.strip().rpartition("/")[2]


def _answers(data: Path) -> int:
    log = Log(data)
    found = [one for one in log.all() if isinstance(one.fact, AnswerGiven | AnswerAmended)]
    log.close()
    return len(found)
