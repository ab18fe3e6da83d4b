"""Writes docs/licences.md, from what each package says of itself: `python docs/licences.py`."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "licences.md"
HEAD = """\
# What we did not write

Every package that `ehsg` runs on, as `requirements/run.lock` installs it: its licence as it states it, and
which package brings it. What we chose ourselves says why, as `pyproject.toml` does; "not ours" stands
before what we only hold back for another's sake. Written by `python docs/licences.py`; a test compares.

Known holes in these versions are looked for by `python tests/long/advisories.py`, where the machine
reaches a list of them.

| package | licence | why it is here |
|---|---|---|
"""
ELSEWHERE = {  # not installed where this is written: other systems and other Pythons need them
    "async-timeout": "Apache-2.0",
    "pywin32": "PSF-2.0",
    "whenever": "MIT",
}
NOTES = {
    "python-stdnum": "used as it is published, and imported as a whole: nothing of ours is bound by it",
    "text-unidecode": "of the two we take the Artistic License",
    "amplitude-analytics": "comes with Prefect and is switched off: nothing is reported to anybody",
}
FONTS = "letters that Typst's own fonts lack"  # one sentence over several lines there
FAMILY = "License :: "


def page() -> str:
    """The page as it is to stand."""
    chosen, brings = _chosen(), _brings()
    rows = [
        f"| {name} | {licence(name)} | {_why(name, chosen, brings)} |"
        for name in locked(ROOT / "requirements" / "run.lock")
    ]
    return HEAD + "\n".join(rows) + "\n"


def locked(lock: Path) -> list[str]:
    """The names of a lock."""
    text = lock.read_text(encoding="utf-8")
    return [canonicalize_name(name) for name in re.findall(r"^([A-Za-z0-9._-]+)==", text, re.M)]


def licence(name: str) -> str:
    """A package's licence in its own words."""
    if name in ELSEWHERE:
        return ELSEWHERE[name]
    about = metadata.metadata(name)
    kinds = [kind for kind in about.get_all("Classifier") or [] if kind.startswith(FAMILY)]
    named = "; ".join(kind.rpartition(" :: ")[2] for kind in kinds)
    first = (about.get("License") or "").strip().partition("\n")[0]
    return about.get("License-Expression") or named or first


def _why(name: str, chosen: dict[str, str], brings: dict[str, set[str]]) -> str:
    why = chosen.get(name) or "with " + ", ".join(sorted(brings[name]))
    return f"{why}; {NOTES[name]}" if name in NOTES else why


def _chosen() -> dict[str, str]:
    """Our own choices, each with the reason beside it."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    ours = tomllib.loads(text)["project"]["dependencies"]
    reasons = dict(re.findall(r'^  "([^"]+)",\s*# (.+)$', text, re.M))
    chosen = {canonicalize_name(Requirement(one).name): reasons[one].rstrip(",") for one in ours}
    return chosen | {name: FONTS for name in chosen if name.startswith("fontpkg-")}


def _brings() -> dict[str, set[str]]:
    """By whom each package is asked for."""
    always: defaultdict[str, set[str]] = defaultdict(set)
    in_part: defaultdict[str, set[str]] = defaultdict(set)  # where a part of a package is wanted
    for name in locked(ROOT / "requirements" / "run.lock"):
        for needed, is_always in _needed(name):
            (always if is_always else in_part)[needed].add(name)
    return {**in_part, **always}


def _needed(name: str) -> Iterator[tuple[str, bool]]:
    """What a package asks for, and whether for all of it."""
    if name in ELSEWHERE:
        return
    for line in metadata.requires(name) or []:
        needed = Requirement(line)
        yield canonicalize_name(needed.name), "extra ==" not in str(needed.marker)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
