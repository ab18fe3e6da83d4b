"""The shelf of published guides: found by name, checked, and refused when a file was edited."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml
from pydantic import ValidationError

from guides.model import Guide

SHELF = Path(__file__).parent
PUBLISHED = SHELF / "PUBLISHED"


class UnknownGuide(LookupError):
    """No published guide has this name and version."""


class AlteredGuide(ValueError):
    """A guide's file does not match the digest it was published with, or cannot be read."""


class PublishedGuide(NamedTuple):
    """A guide with the SHA-256 of the bytes it was published as."""

    guide: Guide
    digest: str


@cache
def published() -> dict[str, str]:
    """Every published guide's id with its digest, in the order of publication."""
    lines = PUBLISHED.read_text(encoding="utf-8").splitlines()
    return dict(line.split() for line in lines if line and not line.startswith("#"))


@cache
def guide(name: str) -> PublishedGuide:
    """Open a published guide.

    Args:
        name: the guide and its version, such as `ehsg-2022@1`.

    Raises:
        UnknownGuide: nothing is published under this name.
        AlteredGuide: the file is not what was published.
    """
    if name not in published():
        raise UnknownGuide(
            f"No guide is called {name}. Published are: {', '.join(published())}. "
            f"`ehsg guide list` shows them."
        )
    path = SHELF / f"{name}.yaml"
    return PublishedGuide(read(path, expected=published()[name]), published()[name])


def read(path: Path, *, expected: str | None = None) -> Guide:
    """Read and check one guide file.

    Args:
        path: a YAML file.
        expected: the SHA-256 the file was published with, if it was.

    Raises:
        AlteredGuide: the bytes differ from `expected`, or the content is not a guide.
    """
    try:
        content = path.read_bytes()
    except OSError as missing:
        raise AlteredGuide(f"{path.name} cannot be read. Restore the file.") from missing
    found = hashlib.sha256(content).hexdigest()
    if expected is not None and found != expected:
        raise AlteredGuide(
            f"{path.name} was edited after it was published (digest {found[:12]}, published as "
            f"{expected[:12]}). A published guide is never edited: restore the file, and give "
            f"your change a new version."
        )
    try:
        return Guide.model_validate(yaml.safe_load(content))
    except (yaml.YAMLError, ValidationError) as mistake:
        raise AlteredGuide(f"{path.name} is not a guide: {mistake}") from mistake
