"""How fast it is: all of it, or what is named: `python -m benchmarks rounds`.

The log may be made shorter: `python -m benchmarks log --facts 20000`.
"""

from __future__ import annotations

import sys
from itertools import takewhile

from benchmarks import log, pages, saving
from benchmarks.slack import clicks, rounds

EVERY = {
    "clicks": clicks.main,
    "rounds": rounds.main,
    "saves": saving.main,
    "log": log.main,
    "pages": pages.main,
}


def main() -> None:
    """Measure what is named on the command line, everything when nothing is."""
    words = sys.argv[1:]
    named = [*takewhile(lambda word: not word.startswith("-"), words)]
    if unknown := [name for name in named if name not in EVERY]:
        raise SystemExit(f"There is no benchmark {unknown[0]}. Name {' or '.join(EVERY)}.")
    if options := words[len(named) :]:
        _with_options(named, options)
        return
    for name in named or EVERY:
        EVERY[name]()


def _with_options(named: list[str], options: list[str]) -> None:
    if named != ["log"]:
        raise SystemExit("Only log takes options, such as: python -m benchmarks log --facts 20000")
    log.main(options)


if __name__ == "__main__":
    main()
