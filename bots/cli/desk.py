"""What every command needs: the log in the chosen folder, the clock, an identity, a printer."""

from __future__ import annotations

import fcntl
import json
import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID, uuid4

import typer

from ehsg_events.kernel import COORDINATOR, Refused, Role, Stamp, Surface

if TYPE_CHECKING:
    from ehsg_events.log.log import Log

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document, for programs.")]
Which = Annotated[
    str | None,
    typer.Option("--assessment", help="An assessment's id or its beginning; the newest if none."),
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", help="A time (2026-12-04 or 2026-12-04T17:00) or a log position."),
]
Because = Annotated[str, typer.Option("--because", help="The reason, in your own words.")]


@dataclass
class Desk:
    """One command's place of work: where the log is, what time it is, who acts."""

    folder: Path | None
    from_environment: bool = False

    @cached_property
    def log(self) -> Log:
        """The log that lies in the data folder.

        Raises:
            Refused: no folder was named, or no log lies in it.
        """
        if not (self._named() / "log.sqlite").exists():
            raise Refused(
                f"No assessment was opened in this folder yet ({self.folder}). "
                f"`ehsg assessment open --help` says how."
            )
        return self._open()

    def new_log(self) -> Log:
        """The log in the data folder, begun if there is none."""
        if "log" not in self.__dict__:
            self.__dict__["log"] = self._open()
        return self.log

    def _named(self) -> Path:
        if self.folder is None:
            raise Refused(
                "Which data folder? Say `ehsg --data FOLDER ...`, or set EHSG_DATA once. "
                "A new folder is made when an assessment is opened in it."
            )
        if self.folder.exists() and not self.folder.is_dir():
            raise Refused(f"{self.folder} is a file. --data takes a folder.")
        return self.folder

    def _open(self) -> Log:
        from eventsourcing.persistence import PersistenceError

        from ehsg_events.log.log import Log

        kek = os.environ.get("EHSG_KEK_FILE")
        try:
            return Log(self._named(), Path(kek) if kek else None)
        except (OSError, sqlite3.Error, PersistenceError) as mistake:
            raise Refused(
                f"{self.folder} cannot be used as a data folder: {mistake}. Name another with "
                f"--data, or restore this one from your backup."
            ) from None

    def close(self) -> None:
        """Close the log, if it was opened."""
        if "log" in self.__dict__:
            self.log.close()

    def stamp(
        self,
        cause: str,
        by: str = COORDINATOR,
        role: Role = "coordinator",
        surface: Surface = "command",
    ) -> Stamp:
        """A stamp of now, with a key of its own: every typed command is its own cause."""
        now = datetime.now(UTC)
        return Stamp(at=now, by=by, role=role, surface=surface, cause=cause, key=uuid4().hex)

    def assessment(self, which: str | None) -> UUID:
        """The assessment that was meant.

        Raises:
            Refused: there is none, or the beginning of the id fits none or several.
        """
        known = [found[0] for found in self.log.assessments()]
        fits = [found for found in known if str(found).startswith(which or "")]
        if not known:
            raise Refused(
                "No assessment was opened in this folder yet. "
                "`ehsg assessment open --help` says how."
            )
        if which is not None and len(fits) != 1:
            raise Refused(
                f"{len(fits)} assessments have an id beginning with {which}. "
                f"`ehsg assessment list` lists them."
            )
        return fits[-1]


def desk_of(context: typer.Context) -> Desk:
    """The desk the command line was opened at."""
    assert isinstance(context.obj, Desk)
    return context.obj


@contextmanager
def only_one(folder: Path, what: str) -> Iterator[None]:
    """Hold a data folder for one process that must be alone in it.

    Raises:
        Refused: another process holds it.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / f"{what.replace(' --only ', '-')}.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Refused(
                f"Another `ehsg {what}` is at work on {folder}. Two would do everything twice. "
                f"Use the one that runs, or end it first."
            ) from None
        yield


def print_json(document: Any) -> None:
    """One JSON document on stdout, the same bytes for the same content."""
    print(json.dumps(document, ensure_ascii=False, indent=1))


def warn(sentences: list[str]) -> None:
    """Sentences for the person, beside what programs read."""
    for sentence in sentences:
        print(f"Note: {sentence}", file=sys.stderr)


def text_of(file: Path) -> str:
    """The text of a file that was named.

    Raises:
        Refused: it cannot be read, or is not UTF-8.
    """
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as mistake:
        raise Refused(
            f"{file.name}, byte {mistake.start + 1}: not UTF-8. Save the file as UTF-8 text."
        ) from None
    except OSError as mistake:
        raise Refused(f"{file} cannot be read: {mistake.strerror}.") from None


def put(content: bytes, out: Path) -> None:
    """Put something into a file, whole or not at all.

    Raises:
        Refused: it cannot be written there.
    """
    try:
        if out.is_dir():
            raise Refused(f"{out} is a folder. --out takes the file to write.")
        _replace(content, out)
    except OSError as mistake:
        raise Refused(
            f"{out} cannot be written: {mistake.strerror}. Choose another --out."
        ) from None


def _replace(content: bytes, out: Path) -> None:
    beside = out.with_name(out.name + ".part")
    try:
        beside.write_bytes(content)
        beside.replace(out)
    finally:
        beside.unlink(missing_ok=True)


def put_for_its_owner(content: bytes, out: Path) -> None:
    """Put something into a file that nobody but its owner may read."""
    before = os.umask(0o077)
    try:
        put(content, out)
    finally:
        os.umask(before)


def tell(sentence: str, document: Any, *, as_json: bool) -> None:
    """Say what was done: a sentence, or the document when a program asked."""
    if as_json:
        print_json(document)
    else:
        print(sentence)
