"""How fast it is: all of it, or what is named: `python -m benchmarks rounds`."""

from __future__ import annotations

import sys

from benchmarks import clicks, rounds

EVERY = {"clicks": clicks.main, "rounds": rounds.main}


def main() -> None:
    """Measure what is named on the command line, everything when nothing is."""
    named = sys.argv[1:] or list(EVERY)
    if unknown := [name for name in named if name not in EVERY]:
        raise SystemExit(f"There is no benchmark {unknown[0]}. Name {' or '.join(EVERY)}.")
    for name in named:
        EVERY[name]()


if __name__ == "__main__":
    main()
