"""What we did not write: each package is there for a reason, under a licence we can keep, and looked at."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


def module(path: str) -> ModuleType:
    """A program that is in no package."""
    spec = importlib.util.spec_from_file_location(Path(path).stem, ROOT / path)
    assert spec is not None
    assert spec.loader is not None
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


LICENCES, ADVISORIES = module("docs/licences.py"), module("tests/long/advisories.py")
FREE = re.compile(
    r"MIT|BSD|Apache|ISC|OFL|PSF|Unlicense|Python Software Foundation|CNRI|MPL|Mozilla Public|Artistic",
    re.I,
)


def test_the_licences_stand_on_a_page_as_the_packages_state_them() -> None:
    """After a change of the lock: `python docs/licences.py`."""
    assert LICENCES.PAGE.read_text(encoding="utf-8") == LICENCES.page()


@pytest.mark.parametrize("name", LICENCES.locked(ROOT / "requirements" / "run.lock"))
def test_each_licence_is_one_that_we_can_keep(name: str) -> None:
    """What asks for more than its own text beside it says how we keep to it."""
    licence = LICENCES.licence(name)
    assert FREE.search(licence) or name in LICENCES.NOTES, licence
    assert not re.search(r"GPL|General Public", licence) or name in LICENCES.NOTES


def test_each_package_is_there_for_a_reason() -> None:
    """Ours by a line of pyproject.toml, the others by the package that asks for them."""
    rows = [row.split(" | ") for row in LICENCES.page().splitlines() if row.startswith("| ")][1:]
    assert len(rows) > 100
    for name, *_, why in rows:
        assert len(why.removeprefix("with").rstrip(" |")) > 2, name


NONE = {"name": "a", "version": "1", "vulns": []}
HOLE = {"name": "b", "version": "2", "vulns": [{"id": "PYSEC-1", "fix_versions": ["3"]}]}
UNSEEN = {"name": "c", "skip_reason": "not found on PyPI"}


@pytest.mark.parametrize(
    ("found", "code", "said"),
    [
        ([NONE], 0, "1 packages looked at, 0 known holes"),
        ([NONE, HOLE, UNSEEN], 1, "b 2: PYSEC-1, mended in 3"),
        ([NONE, UNSEEN], 2, "Not looked at: c."),
        ([UNSEEN], 2, "Not audited: no list of advisories was reached (not found on PyPI)"),
        ([], 2, "Not audited"),
    ],
)
def test_what_was_not_looked_at_is_never_good_news(
    found: list[object], code: int, said: str
) -> None:
    """Neither a list that was not reached nor a package that it does not know."""
    lines, ends = ADVISORIES.told({"dependencies": found})
    assert ends == code
    assert said in "\n".join(lines)


def test_a_machine_without_the_tool_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """And ends as one that did not look."""
    monkeypatch.setitem(sys.modules, "pip_audit", None)
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    assert ADVISORIES.main() == 2
    assert "pip-audit is not installed" in capsys.readouterr().out
