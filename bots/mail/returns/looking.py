"""Looks for letters that came back, from where it was the last time, and hands on what it finds.

How far it was is kept in a small file of the data folder. It is no record: whoever loses it has the
whole mailbox looked through again, and what is recorded must then be recorded once all the same.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from uuid import UUID

from bots.mail.returns.mailbox import Mark, returns
from bots.mail.returns.returned import NotAReturn, Returned, Why
from bots.mail.returns.settings import Settings
from guides import durable

FILE = "returned-letters.json"
Record = Callable[[UUID, str, bool], object]


@dataclass
class Found:
    """What one look found: letters of ours, letters that are not known, and what was no return."""

    ours: int = 0
    unknown: int = 0
    others: Counter[Why] = field(default_factory=Counter)


class Look:
    """Looks through one mailbox, whenever it is called.

    Args:
        folder: the data folder.
        over: set once no further message is to be looked at.
    """

    def __init__(self, folder: Path, settings: Settings, over: Event | None = None) -> None:
        self._file, self._settings = folder / FILE, settings
        self._over = over or Event()

    def __call__(self, record: Record) -> Found:
        """Look once, and hand on each letter of ours that came back.

        Args:
            record: takes a letter's id, the code of what became of it, and whether that is final.
                It may be told the same again. Anybody may have written what is read, so an id of
                no letter that was sent is to be let go.

        Raises:
            Refused: the mailbox cannot be looked through, or not to its end.
        """
        found, before = Found(), self._mark()
        last, looking = before, returns(self._settings, before)
        try:
            with closing(looking):
                for mark, what in looking:
                    _take(what, record, found)
                    last = mark
                    if self._over.is_set():
                        break
        finally:
            if last is not None and last != before:
                self._keep(last)
        return found

    def _mark(self) -> Mark | None:
        """How far this mailbox was looked through, none when that is not known."""
        try:
            kept = json.loads(self._file.read_text())
            mark = Mark(int(kept["validity"]), int(kept["number"]))
            return mark if kept["mailbox"] == self._settings.place else None
        except (OSError, ValueError, LookupError, TypeError):
            return None

    def _keep(self, mark: Mark) -> None:
        kept = {"mailbox": self._settings.place, **mark._asdict()}
        durable.write(self._file, json.dumps(kept).encode(), mode=durable.OWNER_ONLY)


def _take(what: Returned | NotAReturn, record: Record, found: Found) -> None:
    match what:
        case Returned(id=UUID() as id):
            record(id, what.status, what.is_final)
            found.ours += 1
        case Returned():
            found.unknown += 1
        case NotAReturn():
            found.others[what.why] += 1
