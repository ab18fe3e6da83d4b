"""Break one line at a time and see which test notices: `python tests/long/mutants.py agreement`.

Needs `python -m pip install mutmut==3.8.1`, which no other test asks for. A copy of the project is
mutated in a folder of its own. Each mutant is named `…__mutmut_17`; `--last 25` takes those whose
number ends in 2 or 5, a fifth of all. The table of what survived is printed at the end.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
DIGITS = "0123456789"
RULES, SAYS = "tests/ehsg_events", ["tests/bots/delivery", "tests/bots/messages"]
GROUPS = {  # what is mutated, and the tests that are to notice
    "log": (["ehsg_events/log/*"], [f"{RULES}/log", f"{RULES}/commands"]),
    "agreement": (["ehsg_events/agreement/*"], [f"{RULES}/agreement", f"{RULES}/commands"]),
    "reminders": (["ehsg_events/reminders/*"], [f"{RULES}/reminders", f"{RULES}/commands"]),
    "outbox": (["bots/delivery/*", "bots/messages/*"], SAYS),
}
CONFIG = """
[tool.mutmut]
source_paths = ["guides", "ehsg_events", "projections", "flows", "bots"]
only_mutate = {only}
also_copy = ["README.md", "docs", "decisions", "benchmarks", "pyproject.toml", "manifest.json"]
pytest_add_cli_args_test_selection = {tests}
pytest_add_cli_args = ["-m", "not slow", "-p", "no:cacheprovider", "--ignore={children}"]
process_isolation = "forkserver"
"""
# its child processes run elsewhere, where the tester's settings are not found
CHILDREN = "tests/ehsg_events/log/test_sqlite_store_at_once.py"
KILLED, SURVIVED = (1, 3), 0  # the exit codes of pytest that mutmut keeps


def main() -> int:
    """Mutate one group and print what survived; 1 when something did."""
    wanted = _arguments()
    if importlib.util.find_spec("mutmut") is None:
        sys.exit("mutmut is not installed: python -m pip install mutmut==3.8.1")
    folder = wanted.folder or Path(tempfile.mkdtemp(prefix="mutants-"))
    _copy(folder, *GROUPS[wanted.group])
    chosen = [f"*__mutmut_*{digit}" for digit in wanted.last] if wanted.last != DIGITS else []
    command = [sys.executable, "-m", "mutmut", "run", *chosen]
    mutated = folder.absolute() / "mutants"
    mutated.mkdir(exist_ok=True)  # Python forgets a path that is not there when it starts
    found_by_children = {**os.environ, "PYTHONPATH": str(mutated)}
    subprocess.run(command, cwd=folder, env=found_by_children, check=True)
    survivors = list(_results(folder))
    for line in survivors:
        print(line)
    print(f"How one of them reads: cd {folder}; python -m mutmut show NAME")
    return 1 if survivors else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("group", choices=GROUPS)
    parser.add_argument("--last", default=DIGITS, help="last digits of the mutants that are tried")
    parser.add_argument("--folder", type=Path, help="where; one that exists is gone on with")
    return parser.parse_args()


def _copy(folder: Path, only: list[str], tests: list[str]) -> None:
    """Copy what git knows of the project, with the tester's settings at the end of pyproject."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    for name in filter(None, listed.stdout.split("\0")):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, folder / name)
    with (folder / "pyproject.toml").open("a") as settings:
        settings.write(
            CONFIG.format(only=json.dumps(only), tests=json.dumps(tests), children=CHILDREN)
        )


def _results(folder: Path) -> Iterator[str]:
    """Print a line for each module; give the names of those that no test noticed."""
    print(f"{'module':45} tried killed survived other")
    for file in sorted((folder / "mutants").rglob("*.meta")):
        codes = {
            name: code
            for name, code in json.loads(file.read_text())["exit_code_by_key"].items()
            if code is not None
        }
        counts = Counter(codes.values())
        killed = sum(counts[code] for code in KILLED)
        other = len(codes) - killed - counts[SURVIVED]
        if codes:
            module = str(file.relative_to(folder / "mutants")).removesuffix(".py.meta")
            print(f"{module:45} {len(codes):5} {killed:6} {counts[SURVIVED]:8} {other:5}")
        yield from sorted(name for name, code in codes.items() if code not in KILLED)


if __name__ == "__main__":
    sys.exit(main())
