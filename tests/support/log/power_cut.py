"""A power cut: a disk of its own, copied at an acknowledgement, and what its copy holds.

What the kernel has not handed to the disk by then is not in the copy, as after a power cut.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from support.places import TESTS

FILE_SYSTEMS = {  # how each is made, how large it is at least, and how it is kept from syncing early
    "ext4": ("mkfs.ext4 -q -F", 48, "commit=600"),
    "xfs": ("mkfs.xfs -q -f", 320, "noatime,nouuid"),
}
WRITER = """
import sys
from pathlib import Path
from support.log.power_cut import write
write(Path(sys.argv[1]))
"""


def why_not(kind: str) -> str | None:
    """Why a disk of a kind cannot be mounted on this machine, none if it can."""
    if os.geteuid() != 0:
        return "only root mounts disks"
    if shutil.which(FILE_SYSTEMS[kind][0].split()[0]) is None:
        return f"mkfs.{kind} is not installed"
    probe = subprocess.run(["losetup", "--find"], capture_output=True, check=False)
    return "no loop device is free" if probe.returncode else None


def make_disk(image: Path, kind: str) -> None:
    """Make an empty disk in a file."""
    command, megabytes, _ = FILE_SYSTEMS[kind]
    with image.open("wb") as file:
        file.truncate(megabytes * 1024 * 1024)
    subprocess.run([*command.split(), str(image)], check=True, capture_output=True)


@contextmanager
def mounted(image: Path, kind: str, place: Path) -> Iterator[Path]:
    """Mount a disk while the block runs."""
    place.mkdir(exist_ok=True)
    options = f"loop,{FILE_SYSTEMS[kind][2]}"
    subprocess.run(["mount", "-o", options, str(image), str(place)], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


@contextmanager
def writing(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that does one thing for each line it is given, and acknowledges it with a line."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=TESTS,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def acknowledged(process: subprocess.Popen[str], asked: str) -> str:
    """Ask for one thing, and wait until it is acknowledged."""
    assert process.stdin
    assert process.stdout
    process.stdin.write(f"{asked}\n")
    process.stdin.flush()
    said = process.stdout.readline().strip()
    assert said, "the writer ended"
    return said


def write(folder: Path) -> None:
    """Do what standard input asks for, a line each: a new person's text, a guide, a login, a file."""
    from bots.cli.files import put
    from ehsg_events.kernel import Words
    from ehsg_events.log.log import Log
    from ehsg_events.states.streams import interview_stream
    from flows.server import _login
    from guides.shelf import Shelf
    from support.log.store import HERE, note

    log = Log(folder)

    def say(what: str) -> None:
        os.write(1, f"{what}\n".encode())

    def text(number: int, person: str) -> Words:
        stream = interview_stream(HERE, number, person)
        sealed = log.vault.seal(f"words of {person} {number}", stream, person)
        said = note(1, stream, sealed.words)
        log.save(said, key=f"{person} {number}", sealed=log.vault.bound([sealed], [said]))
        return sealed.words

    for number in range(120):  # from then on the write-ahead log is written over, not made longer
        text(number, "everybody")
    say("ready")
    for line in sys.stdin:
        what, _, name = line.strip().partition(" ")
        if what == "text":
            say(text(1, name).model_dump_json())
        elif what == "guide":
            say(Shelf(folder / "guides").put(f"{name}@1", name.encode() * 9))
        elif what == "login":
            say(_login(folder / name))
        else:
            put(name.encode() * 9, folder / name)
            say(name)
