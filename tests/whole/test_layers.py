"""The walls of the house: who may know whom, and what goes along when it is packed."""

from __future__ import annotations

import fnmatch
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
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
    wide = {**os.environ, "COLUMNS": "200"}  # so that no contract's name is wrapped
    return subprocess.run(
        [*command, "--no-cache"], cwd=house, env=wide, capture_output=True, text=True, check=False
    )


PLANTED = {  # by the contract it breaks; each contract has at least one
    "guides words, ehsg_events decides, projections derives; bots and flows are strangers": {
        "flows/planted_bot.py": "import bots.phrases",
        "bots/planted_flow.py": "import flows",
        "projections/planted_flow.py": "import flows",
        "ehsg_events/planted_projection.py": "import projections",
        "guides/planted_fact.py": "import ehsg_events.kernel",
    },
    "what decides knows no Prefect, no Slack, no DuckDB": {
        "ehsg_events/planted_duckdb.py": "import duckdb",
        "guides/planted_prefect.py": "import prefect",
        "ehsg_events/planted_slack.py": "def late():\n    from slack_bolt import App",
    },
    "inside ehsg_events: values, states, rules, the log, and above them all what writes": {
        "ehsg_events/values/planted_state.py": "import ehsg_events.states.round",
        "ehsg_events/log/planted_command.py": "import ehsg_events.commands.rounds",
    },
    "what decides reads no log and opens no file": {
        "ehsg_events/agreement/planted_log.py": "import ehsg_events.log.log",
        "ehsg_events/reminders/planted_file.py": "import guides.library",
    },
    "inside projections": {
        "projections/facts/planted_result.py": "import projections.results.results",
    },
    "inside bots: what is owed, what is said, what is sent, and the surfaces above": {
        "bots/phrases/planted_delivery.py": "import bots.delivery.outbox",
        "bots/operations/planted_page.py": "import bots.web.app",
    },
}


def test_the_house_keeps_its_layers() -> None:
    """So that the next test fails for its own reason."""
    said = layers(HOUSE)
    assert said.returncode == 0, said.stdout


def test_every_contract_catches_an_import_that_breaks_it(tmp_path: Path) -> None:
    """Each is reported under its contract, by the name of the file it stands in."""
    contracts = PROJECT["tool"]["importlinter"]["contracts"]
    assert {contract["name"] for contract in contracts} == set(PLANTED)
    for package in PACKAGES:
        shutil.copytree(HOUSE / package, tmp_path / package)
    shutil.copy(HOUSE / "pyproject.toml", tmp_path)
    for planted in PLANTED.values():
        for where, what in planted.items():
            (tmp_path / where).write_text(what + "\n", encoding="utf-8")
    said = layers(tmp_path)
    assert said.returncode != 0
    reported = dict(_reports(said.stdout))
    for contract, planted in PLANTED.items():
        for where in planted:
            assert where.removesuffix(".py").replace("/", ".") in reported[contract], where


def _reports(said: str) -> Iterator[tuple[str, str]]:
    """Each broken contract and what is said of it."""
    _, _, details = said.partition("Broken contracts")
    heads = re.split(r"\n([^\n]+)\n-{3,}\n", details)
    yield from zip(heads[1::2], heads[2::2], strict=True)


MOST_MODULES, MOST_LOOSE, MOST_LINES = 16, 4, 300
FOLDERS = [
    folder.relative_to(HOUSE)
    for package in PACKAGES
    for folder in (HOUSE / package, *sorted((HOUSE / package).rglob("*")))
    if (folder / "__init__.py").is_file()
]


def _modules(folder: Path) -> list[Path]:
    return [file for file in folder.glob("*.py") if file.name != "__init__.py"]


@pytest.mark.parametrize("folder", FOLDERS, ids=str)
def test_a_folder_is_small_enough_to_be_read_at_once(folder: Path) -> None:
    """At most sixteen modules; a package with folders keeps at most four loose ones."""
    divided = len(folder.parts) == 1 and any(other.parent == folder for other in FOLDERS)
    assert len(_modules(HOUSE / folder)) <= (MOST_LOOSE if divided else MOST_MODULES)


@pytest.mark.parametrize("folder", FOLDERS, ids=str)
def test_a_file_has_at_most_three_hundred_lines(folder: Path) -> None:
    """All but the events, which are the table of contents, and what an auditor is given as one file."""
    long = {HOUSE / "ehsg_events" / "events.py", HOUSE / "projections" / "pack" / "verify.py"}
    for file in (HOUSE / folder).glob("*.py"):
        lines = len(file.read_text(encoding="utf-8").splitlines())
        assert lines <= MOST_LINES or file in long, file


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
        *("bots", "bots.cli", "bots.cli.commands", "bots.cli.context", "bots.cli.failures"),
        "bots.cli.printing",
        *("ehsg_events", "ehsg_events.kernel"),
        *("ehsg_events.machine", "ehsg_events.machine.garbage"),
    }
