"""Writers ended by SIGKILL at moments that chance chooses; after each, a new process looks."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from support import ehsg
from support.faults.whole import Act, Looked
from support.faults.writers import Writer, looked_anew, opened
from support.processes import within
from support.slack import killed_talk
from support.transcripts.rules import faults
from support.transcripts.story import read

AT_THE_START = 0.2  # how often a writer is ended before it has said anything
OPENING, ACTING = 0.8, 0.02  # seconds within which the one and the other is over, nearly always
LOST = ("lost_words", "never_heard")  # the rules of transcripts that say so
DOUBLED = ("doubled",)
LONGEST = 60.0  # seconds that a command may take
PEOPLE = ("police-1", "health-1", "schools-1", "council-1")
COLUMNS = ("kills", "acknowledged", "lost", "doubled", "wrong", "facts")
TITLE = "{:28}" + " {:>12}" * len(COLUMNS)


@dataclass
class Tally:
    """What some kills came to."""

    counted: Counter[str] = field(default_factory=Counter)
    says: list[str] = field(default_factory=list)

    def take(self, found: Looked) -> None:
        """Count what a look after one kill found."""
        self.counted += Counter(
            kills=1, lost=len(found.lost), doubled=len(found.doubled), wrong=len(found.wrong)
        )
        self.says += [f"lost: {found.lost}"] * bool(found.lost)
        self.says += [f"doubled: {found.doubled}"] * bool(found.doubled)
        self.says += found.wrong

    def row(self, name: str) -> str:
        """A line of the table."""
        return TITLE.format(name, *(f"{self.counted[column]:,}" for column in COLUMNS))


# -- two writers in processes of their own ---------------------------------------------------------
def writers_killed(folder: Path, kills: int, seed: int) -> Tally:
    """Two write at once; one after the other is killed, and another takes its place."""
    tally, dice, told = Tally(), random.Random(seed), list[Act]()
    opened(folder)
    writers = [Writer(folder, f"w-{seed}-{slot}-0") for slot in range(2)]
    try:
        for number in range(1, kills + 1):
            slot, early = dice.randrange(2), dice.random() < AT_THE_START
            if early:
                told += _killed(writers[slot])
                writers[slot] = Writer(folder, f"w-{seed}-{slot}-{number}-0")
            else:
                writers[slot].hear_one_more()
            time.sleep(dice.uniform(0, OPENING if early else ACTING))
            assert writers[slot].kill() == -signal.SIGKILL, "it ended before it could be killed"
            told += writers[slot].told
            writers[1 - slot].hear()
            found = looked_anew(folder, [*told, *writers[1 - slot].told])
            tally.take(found)
            writers[slot] = Writer(folder, f"w-{seed}-{slot}-{number}-1")
    finally:
        told += [act for writer in writers for act in _killed(writer)]
    tally.counted += Counter(acknowledged=len(told), facts=found.facts)
    return tally


def _killed(writer: Writer) -> list[Act]:
    writer.kill()
    return writer.told


# -- the command line ------------------------------------------------------------------------------
def answers_killed(folder: Path, kills: int, seed: int) -> Tally:
    """`ehsg answer` is killed between the opening of the log and its own end, as long as that lasts.

    One that was faster is not, and tells how long it lasts.
    """
    tally, dice, told, lasts = Tally(), random.Random(seed), list[Act](), 0.0
    ehsg.opened(folder)
    for number in count(1):
        act = Act(f"Words {number}", "5.1", str(dice.randrange(6)))
        after = lasts * dice.uniform(0.3, 1) if lasts else LONGEST
        code, said, took = _answered(folder, act, dice.choice(PEOPLE), after)
        told += [act] if "Recorded" in said else []
        lasts = took if code == 0 else lasts
        if code == -signal.SIGKILL:
            tally.take(found := looked_anew(folder, told))
        if tally.counted["kills"] == kills:
            break
    tally.counted += Counter(acknowledged=len(told), facts=found.facts)
    return tally


def _answered(folder: Path, act: Act, who: str, after: float) -> tuple[int, str, float]:
    """Run the command, and kill it so long after it has opened the log.

    Returns:
        Its code, what it said, and the seconds that it had.
    """
    words = ("answer", act.item, act.level, "--as", who, "--comment", act.words)
    ahead = folder / "log.sqlite-wal"
    with subprocess.Popen(
        [sys.executable, "-m", "bots.cli", "--data", str(folder), *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=ehsg.environment(PYTHONUNBUFFERED="1"),
    ) as command:
        within(LONGEST, lambda: command.poll() is not None or ahead.exists(), every=0.001)
        began = time.monotonic()
        with suppress(subprocess.TimeoutExpired):
            command.wait(after)
        took = time.monotonic() - began
        command.kill()
        said, _ = command.communicate()
    return command.returncode, said, took


# -- a real `serve` --------------------------------------------------------------------------------
def serve_killed(folder: Path, seed: int) -> Tally:
    """A storm of words over `ehsg serve`; the rules of transcripts say what was lost or doubled."""
    tally = Tally()

    def look(data: Path) -> None:
        tally.take(looked_anew(data, ()))

    killed_talk.transcribed(folder, seed, look)
    story = read(folder)
    for fault in faults(story):
        tally.counted[_column(fault.rule)] += 1
        tally.says.append(str(fault))
    tally.counted += Counter(acknowledged=len(story.heard), facts=len(story.facts))
    return tally


def _column(rule: str) -> str:
    return "lost" if rule in LOST else "doubled" if rule in DOUBLED else "wrong"


def table(tallies: dict[str, Tally]) -> Iterator[str]:
    """Each kind a line, and all of them together."""
    yield TITLE.format("ended by SIGKILL", *COLUMNS)
    together = Tally()
    for name, tally in tallies.items():
        together.counted += tally.counted
        yield tally.row(name)
    yield together.row("together")
