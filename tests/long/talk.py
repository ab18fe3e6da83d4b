"""Two hundred storms of words, or more: `python tests/long/talk.py 200`; each is read apart.

Each storm leaves its transcript, the facts of the log and the data folder where `--keep` says.
With `--killed` the storm is over a real `ehsg serve`, whose processes are ended by SIGKILL.
`--read FOLDER` only reads one that was kept. The table at the end counts the faults of each rule.
"""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from functools import partial
from multiprocessing import get_context
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from support.transcripts.rules import RULES, faults  # noqa: E402 - the path is set above
from support.transcripts.story import Fault, read  # noqa: E402


def through(seed: int, keep: Path | None, *, killed: bool) -> tuple[int, Counter[str], list[Fault]]:
    """One storm, and what was found in its transcript."""
    from support.slack import killed_talk, talk_storm

    logging.disable()  # the storm breaks many calls, and each is told
    with tempfile.TemporaryDirectory() as folder:
        where = (keep or Path(folder)) / str(seed)
        happened = (killed_talk if killed else talk_storm).transcribed(where, seed)
        return seed, happened, faults(read(where))


def table(found: list[tuple[int, list[Fault]]]) -> Iterator[str]:
    """How often each rule was broken, in how many storms, and the first seeds."""
    yield f"{'rule':22} {'faults':>7} {'storms':>7}  seeds"
    for rule in sorted({fault.rule for _, broken in found for fault in broken}):
        often = sum(fault.rule == rule for _, broken in found for fault in broken)
        seeds = [seed for seed, broken in found if any(one.rule == rule for one in broken)]
        yield f"{rule:22} {often:7} {len(seeds):7}  {' '.join(map(str, seeds[:12]))}"
    many = sum(bool(broken) for _, broken in found)
    yield f"{len(found)} storms, {len(RULES)} rules: {many} storms with a fault"


def main() -> int:
    """Run them, print what was found, and end with how many storms had a fault."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("storms", type=int, nargs="?", default=200)
    words.add_argument("--first", type=int, default=0)
    words.add_argument("--keep", type=Path)
    words.add_argument("--read", type=Path)
    words.add_argument("--killed", action="store_true")
    words.add_argument("--workers", type=int, default=1)
    asked = words.parse_args()
    if asked.read:
        found = [(0, faults(read(asked.read)))]
        happened = Counter[str]()
    else:
        found, happened = _live(asked)
    for what, often in happened.most_common():
        print(f"{often:9} {what}")
    print(*table(found), sep="\n")
    return int(any(broken for _, broken in found))


def _live(asked: argparse.Namespace) -> tuple[list[tuple[int, list[Fault]]], Counter[str]]:
    seeds = range(asked.first, asked.first + asked.storms)
    found, happened = [], Counter[str]()
    with get_context("spawn").Pool(asked.workers, maxtasksperchild=20) as pool:
        one = partial(through, keep=asked.keep, killed=asked.killed)
        for seed, tally, broken in pool.imap(one, seeds):
            found.append((seed, broken))
            happened += tally
            for fault in broken:
                print(
                    f"seed {seed}: {fault.rule}: {fault.person} {fault.line}: {fault.says}",
                    flush=True,
                )
    return found, happened


if __name__ == "__main__":
    raise SystemExit(main())
