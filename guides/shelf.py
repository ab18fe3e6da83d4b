"""A shelf of published files: each is frozen with its digest, and refused if it was edited."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import NamedTuple

from guides import durable

HEAD = "# name and SHA-256 of its file; a line is added at publication and never changed\n"


class AlteredGuide(ValueError):
    """A published file does not match its digest, or cannot be read."""


class NotPublished(ValueError):
    """A file cannot be published under its name; the message says why."""


class Shelf(NamedTuple):
    """A folder of published files, with the list of their digests."""

    folder: Path

    @property
    def _list(self) -> Path:
        return self.folder / "PUBLISHED"

    def published(self) -> dict[str, str]:
        """Every published name with its digest, in the order of publication."""
        if not self._list.exists():
            return {}
        lines = self._list.read_text(encoding="utf-8").splitlines()
        return dict(line.split() for line in lines if line and not line.startswith("#"))

    def newest(self, name: str) -> str | None:
        """The newest published version of a name, which is given without a version."""
        names = [published for published in self.published() if _name(published) == name]
        return max(names, key=_version) if names else None

    def file(self, name: str) -> Path:
        """The file of a published name."""
        return self.folder / f"{name}.yaml"

    def content(self, name: str, expected: str) -> bytes:
        """The bytes of a published file.

        Raises:
            AlteredGuide: they are not those that were published.
        """
        return content_of(self.file(name), expected)

    def put(self, name: str, content: bytes) -> str:
        """Publish a file: freeze its bytes under a name, and return their digest.

        Raises:
            NotPublished: the version is published already, or a version is left out before it.
        """
        digest = hashlib.sha256(content).hexdigest()
        durable.make_folder(self.folder)
        with durable.alone(self.folder):  # two at once would leave one of them out of the list
            self.refuse_unless_next(name)
            before = self._list.read_text(encoding="utf-8") if self._list.exists() else HEAD
            durable.write(self.file(name), content)
            durable.write(self._list, f"{before}{name} {digest}\n".encode())
        return digest

    def refuse_unless_next(self, name: str) -> None:
        """Refuse any version but the one after the newest; the first is 1."""
        newest = self.newest(_name(name))
        due = _version(newest) + 1 if newest else 1
        if name in self.published():
            raise NotPublished(
                f"{name} is published already and is never changed. Give your file the version "
                f"{due}: `version: {due}`."
            )
        if _version(name) != due:
            last = f"the newest is {newest}" if newest else "none is published yet"
            raise NotPublished(f"{name} would leave a version out: {last}. Write `version: {due}`.")


def content_of(file: Path, expected: str | None = None) -> bytes:
    """The bytes of a file.

    Args:
        expected: the SHA-256 it was published with, if it was.

    Raises:
        AlteredGuide: the file is missing, or not as it was published.
    """
    try:
        content = file.read_bytes()
    except OSError as missing:
        raise AlteredGuide(f"{file.name} cannot be read. Restore the file.") from missing
    digest = hashlib.sha256(content).hexdigest()
    if expected is not None and digest != expected:
        raise AlteredGuide(
            f"{file.name} was edited after it was published (digest {digest[:12]}, published as "
            f"{expected[:12]}). A published file is never edited: restore it, and give your "
            f"change a new version."
        )
    return content


def _name(published: str) -> str:
    return published.rpartition("@")[0]


def _version(published: str) -> int:
    return int(published.rpartition("@")[2])
