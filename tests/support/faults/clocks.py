"""A clock that steps forwards and backwards under the commands that read it."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from ehsg_events.log.log import Log
from support.ehsg import Ran, ehsg, environment, opened

STEPS = tuple(
    timedelta(seconds=s) for s in (0, 1, -1, 30, -30, 3600, -3600, -7200, 86_400, -86_400, -2.6e6)
)
PEOPLE = ("police-1", "health-1", "schools-1", "council-1")
LONDON = ZoneInfo("Europe/London")
LOOKS = (("trail", "--as-of"), ("progress", "--json", "--as-of"), ("results", "--json", "--as-of"))
LOOKED_AT = 3  # earlier moments that are looked at again after each step


def why_not() -> str | None:
    """Why no clock can be set for one command on this machine, none if it can."""
    return None if shutil.which("faketime") else "faketime is not installed"


def by_a_clock(data: Path, step: timedelta, *words: str) -> Ran:
    """Run a command on a machine whose clock is wrong by so much."""
    wrong = f"{step.total_seconds():+.0f}s"
    command = ["faketime", "-f", wrong, sys.executable, "-m", "bots.cli", "--data", str(data)]
    done = subprocess.run(
        [*command, *words], capture_output=True, text=True, check=False, env=environment()
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def stepped(data: Path, steps: int, seed: int) -> tuple[Counter[str], list[str]]:
    """Let people answer while the clock steps, and look at earlier moments again and again.

    Returns:
        What was done, counted, and what is not as it must be.
    """
    dice, done = random.Random(seed), Counter[str]()
    opened(data)
    held: dict[tuple[str, ...], str] = {}
    wrong: list[str] = []
    for number in range(steps):
        step = dice.choice(STEPS)
        words = ("answer", "5.1", str(dice.randrange(6)), "--as", dice.choice(PEOPLE))
        ran = by_a_clock(data, step, *words, "--comment", f"Words {number}")
        done.update(["answers"] if ran.code == 0 else [f"refused: {ran.err[:60]}"])
        wrong += [] if ran.code == 0 else [f"by a clock {step} off: {ran.err}"]
        look = (*dice.choice(LOOKS), _moment(step))
        held.setdefault(look, by_a_clock(data, step, *look).out)
        wrong += _otherwise(data, held, dice)
    done.update(moments=len(held), looks=steps * LOOKED_AT)
    wrong += [*_out_of_order(data)]
    wrong += [] if ehsg(data, "verify").code == 0 else ["not whole"]
    return done, wrong


def _moment(step: timedelta) -> str:
    """The moment just now, by the wrong clock."""
    return (datetime.now(LONDON) + step).replace(tzinfo=None).isoformat(timespec="seconds")


def _otherwise(data: Path, held: dict[tuple[str, ...], str], dice: random.Random) -> Iterator[str]:
    """What was shown of a moment before and is shown otherwise now, by the right clock."""
    for look in dice.choices([*held], k=LOOKED_AT):
        now = ehsg(data, *look)
        if now.out != held[look] and now.code == 0:
            yield f"{' '.join(look)} is another than before"


def _out_of_order(data: Path) -> Iterator[str]:
    log = Log(data)
    last = datetime.min.replace(tzinfo=UTC)
    for recorded in log.all():
        if recorded.stamp.at < last:
            yield f"position {recorded.position} is stamped before the one before it"
        last = recorded.stamp.at
    log.close()
