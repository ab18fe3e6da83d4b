"""The walls of the house: who may know whom, and what goes along when it is packed."""

from __future__ import annotations

import fnmatch
import json
import shutil
import subprocess
import sys
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from support.places import ROOT

HOUSE = ROOT
PACKAGES = ("guides", "ehsg_events", "projections", "flows", "bots")
HEAVY = {"prefect", "slack_bolt", "slack_sdk", "duckdb", "fastapi", "eventsourcing"}
PROJECT = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))
FILES = [
    path.relative_to(HOUSE)
    for package in PACKAGES
    for path in sorted((HOUSE / package).rglob("*"))
    if path.is_file() and path.suffix not in {".py", ".pyc", ".md"}
]


def layers(house: Path) -> subprocess.CompletedProcess[str]:
    """What import-linter says of a house."""
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"]
    return subprocess.run(
        [*command, "--no-cache"], cwd=house, capture_output=True, text=True, check=False
    )


PLANTED = {
    "flows/planted_bot.py": "import bots.phrases",
    "bots/planted_flow.py": "import flows",
    "projections/planted_flow.py": "import flows",
    "ehsg_events/planted_projection.py": "import projections",
    "guides/planted_fact.py": "import ehsg_events.kernel",
    "ehsg_events/planted_duckdb.py": "import duckdb",
    "guides/planted_prefect.py": "import prefect",
    "ehsg_events/planted_slack.py": "def late():\n    from slack_bolt import App",
}


def test_the_house_keeps_its_layers() -> None:
    """So that the next test fails for its own reason."""
    said = layers(HOUSE)
    assert said.returncode == 0, said.stdout


def test_a_planted_import_against_the_layers_is_caught(tmp_path: Path) -> None:
    """Each by the name of the file it stands in."""
    for package in PACKAGES:
        shutil.copytree(HOUSE / package, tmp_path / package)
    shutil.copy(HOUSE / "pyproject.toml", tmp_path)
    for where, what in PLANTED.items():
        (tmp_path / where).write_text(what + "\n", encoding="utf-8")
    said = layers(tmp_path)
    assert said.returncode != 0
    for where in PLANTED:
        assert where.removesuffix(".py").replace("/", ".") in said.stdout


@pytest.mark.parametrize("path", FILES, ids=str)
def test_what_is_read_at_run_time_goes_into_the_wheel(path: Path) -> None:
    """Every file beside the code is named by a pattern of the package's data."""
    patterns = PROJECT["tool"]["setuptools"]["package-data"]["*"]
    assert any(fnmatch.fnmatch(path.name, pattern) for pattern in patterns)


@pytest.mark.parametrize("lock", ["run", "dev"])
def test_a_lock_names_every_package_with_its_digest_and_no_place(lock: str) -> None:
    """What is installed is what was tried, from wherever the machine gets its packages."""
    text = (HOUSE / "requirements" / f"{lock}.lock").read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    for line, after in pairwise([*lines, ""]):
        if line[0].isalnum():
            assert after.startswith("    --hash=sha256:")


def test_the_dev_lock_holds_the_run_lock() -> None:
    """The same packages at the same versions, and some more: one .venv serves both."""
    names = {
        lock: {
            line.split(" ")[0]
            for line in (HOUSE / "requirements" / f"{lock}.lock").read_text().splitlines()
            if line and line[0].isalnum()
        }
        for lock in ("run", "dev")
    }
    assert names["run"] < names["dev"]


def test_the_command_starts_without_what_no_command_asked_for() -> None:
    """Heavy libraries are imported where they are used, a command's module with its command."""
    program = "import bots.cli, json, sys; print(json.dumps(list(sys.modules)))"
    said = subprocess.run(
        [sys.executable, "-c", program], cwd=HOUSE, capture_output=True, text=True, check=True
    )
    loaded = set(json.loads(said.stdout))
    assert not HEAVY & loaded
    assert {name for name in loaded if name.split(".")[0] in PACKAGES} == {
        *("bots", "bots.cli", "bots.cli.commands", "bots.cli.context", "bots.cli.printing"),
        *("ehsg_events", "ehsg_events.kernel"),
    }
