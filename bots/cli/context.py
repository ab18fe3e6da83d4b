"""What every command needs: the log in the chosen folder, the clock, an identity."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import UUID, uuid4

import typer

from bots.cli.failures import failures_refused
from bots.cli.printing import warn
from ehsg_events.kernel import COORDINATOR, Refused, Role, Stamp, Surface, Way

if TYPE_CHECKING:
    from ehsg_events.log.log import Log
    from projections.facts.view import View
    from projections.verification.verification import Kept

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document, for programs.")]
Which = Annotated[
    str | None,
    typer.Option("--assessment", help="An assessment's id or its beginning; the newest if none."),
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", help="A time (2026-12-04 or 2026-12-04T17:00) or a log position."),
]


ACTS = "EHSG_COORDINATOR"  # who acts at the command line, by id or by name


@dataclass
class Run:
    """One run of a command: where the log is, what time it is, who acts."""

    folder: Path | None
    from_environment: bool = False

    @cached_property
    def log(self) -> Log:
        """The log in the data folder.

        Raises:
            Refused: no folder was named, or there is no log in it.
        """
        if not (self.named_folder() / "log.sqlite").exists():
            raise Refused(
                f"No assessment was opened in this folder yet ({self.folder}).",
                Way("assessment open", "open one"),
            )
        return self._open()

    def new_log(self) -> Log:
        """The log in the data folder, created if there is none."""
        if "log" not in self.__dict__:
            self.__dict__["log"] = self._open()
        return self.log

    def named_folder(self) -> Path:
        """The data folder.

        Raises:
            Refused: none was named, or a file was.
        """
        if self.folder is None:
            raise Refused(
                "Which data folder? Say `ehsg --data FOLDER ...`, or set EHSG_DATA once. "
                "A new folder is made when an assessment is opened in it."
            )
        if self.folder.exists() and not self.folder.is_dir():
            raise Refused(f"{self.folder} is a file. --data takes a folder.")
        return self.folder

    def _open(self) -> Log:
        from ehsg_events.log.log import Log

        kek = os.environ.get("EHSG_KEK_FILE")
        folder = self.named_folder()
        with failures_refused(lambda: folder):
            try:
                log = Log(folder, Path(kek) if kek else None)
            except (FileNotFoundError, NotADirectoryError, FileExistsError) as mistake:
                raise Refused(
                    f"{folder} cannot be a data folder: {mistake.strerror}. Name another with --data."
                ) from None
        warn(log.notices)
        return log

    def close(self) -> None:
        """Close the log, if it was opened."""
        if "log" in self.__dict__:
            self.log.close()

    def coordinator(self, assessment: UUID) -> str:
        """Who acts at this command line: the coordinator that EHSG_COORDINATOR names, else any.

        Raises:
            Refused: nobody, or more than one, is named as a coordinator by that.
        """
        typed = os.environ.get(ACTS, "").strip()
        if not typed:
            return COORDINATOR
        from ehsg_events.panel.names import coordinator_of

        return coordinator_of(self.log.assessment(assessment), self.log.text, typed)

    def stamp(
        self,
        cause: str,
        by: str = COORDINATOR,
        role: Role = "coordinator",
        surface: Surface = "command",
    ) -> Stamp:
        """A stamp of this moment with a new key: every typed command is its own cause."""
        now = datetime.now(UTC)
        return Stamp(at=now, by=by, role=role, surface=surface, cause=cause, key=uuid4().hex)

    def assessment(self, which: str | None) -> UUID:
        """The assessment that was meant.

        Raises:
            Refused: there is none, or the beginning of the id fits none or several.
        """
        standing = which is None  # one that was abandoned is meant only by its id
        known = self.log.names(abandoned=not standing)
        matches = [name for name in known if str(name).startswith(which or "")]
        if not known:
            only = standing and self.log.names(abandoned=True)
            raise Refused(
                "Every assessment in this folder was abandoned."
                if only
                else "No assessment was opened in this folder yet.",
                Way("assessment open", "open one"),
            )
        if which is not None and len(matches) != 1:
            raise Refused(
                f"{len(matches)} assessments have an id beginning with {which}.",
                Way("assessment list", "see them"),
            )
        return matches[-1]


def run_of(context: typer.Context) -> Run:
    """The run that a command belongs to."""
    assert isinstance(context.obj, Run)
    return context.obj


def kept_of(run: Run) -> Kept:
    """Where all lies that the data folder keeps; nothing of it is opened.

    Raises:
        Refused: no folder was named, or there is no log in it.
    """
    from projections.verification.verification import kept_in

    folder = run.named_folder()
    if not (folder / "log.sqlite").is_file():
        raise Refused(f"There is no log in {folder}. Name the data folder with --data.")
    kek = os.environ.get("EHSG_KEK_FILE")
    return kept_in(folder, Path(kek) if kek else None)


def view_of(context: typer.Context, which: str | None, as_of: str | None) -> View:
    """The assessment that was meant, as of the moment that was meant."""
    from projections.facts.long.base import is_long
    from projections.facts.moments import hold
    from projections.facts.view import view_at

    run = run_of(context)
    if is_long(run.log):
        warn(["The log is long, so this takes a while. `ehsg rebuild` makes it quick."])
    assessment = run.assessment(which)
    zone = run.log.assessment(assessment).policy.zone
    note = hold(run.log, as_of, zone, datetime.now(UTC))
    warn([note] if note else [])
    return view_at(run.log, assessment, as_of)
