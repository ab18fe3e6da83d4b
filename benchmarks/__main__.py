"""How fast it is: all of it, or what is named: `python -m benchmarks rounds`.

The log may be made shorter: `python -m benchmarks log --facts 20000`. Each run adds a line to
`benchmark-runs.jsonl` in the folder it is run from, and says what is slower than earlier lines were.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from itertools import takewhile

from rich.console import Console

from benchmarks import ledger, log, pages, runs, saving
from benchmarks.slack import clicks, rounds

EVERY: dict[str, Callable[[], runs.Figures]] = {
    "clicks": clicks.main,
    "rounds": rounds.main,
    "saves": saving.main,
    "log": log.main,
    "ledger": ledger.main,
    "pages": pages.main,
}


def main() -> None:
    """Measure what is named on the command line, everything when nothing is."""
    words = sys.argv[1:]
    named = [*takewhile(lambda word: not word.startswith("-"), words)]
    if unknown := [name for name in named if name not in EVERY]:
        raise SystemExit(f"There is no benchmark {unknown[0]}. Name {' or '.join(EVERY)}.")
    options = words[len(named) :]
    if options and named != ["log"]:
        raise SystemExit("Only log takes options, such as: python -m benchmarks log --facts 20000")
    for name in named or EVERY:
        before = runs.load()
        figures = log.main(options) if name == "log" else EVERY[name]()
        _keep(" ".join((name, *options)), figures, before)


def _keep(name: str, figures: runs.Figures, load_before: float) -> None:
    """Write a run down, and say beside which load it was measured and what became slower."""
    run = runs.run_of(name, figures, load_before)
    earlier = runs.kept(run)
    console = Console(width=100, highlight=False)
    console.print(
        f"Load of the machine: {run['load_before']:.1f} before, {run['load_after']:.1f} after."
    )
    for figure, times, many in runs.slower(run["figures"], earlier):
        said = f"{figure}: {times:.1f} times what it was, by the median of {many} earlier"
        console.print(f"Slower: {said}.", markup=False)


if __name__ == "__main__":
    main()
