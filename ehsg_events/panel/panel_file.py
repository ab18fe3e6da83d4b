"""The panel file: one person a line, read whole or refused with every mistake at its place.

Its columns may stand in any order; `panel_line` says what each holds.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from ehsg_events.kernel import Refused
from ehsg_events.panel.member import Member, in_ids
from ehsg_events.panel.panel_line import COLUMNS, IF_WANTED, REQUIRED, Line
from guides.model import Guide

SHOWN = 20  # mistakes named at once; a file with more is the wrong file


def read_panel(
    text: str, guide: Guide, file: str = "panel.csv", languages: Sequence[str] = ("en",)
) -> list[Member]:
    """Read a panel file.

    Args:
        text: the file's content.
        guide: decides which sections and items there are.
        file: what to call the file in a refusal.
        languages: those the guide can be asked in, its own first.

    Raises:
        Refused: the file has mistakes; each is named with its line and column.
    """
    if "\0" in text:
        raise Refused(f"{file} is not a text file. Save the panel as CSV (comma separated).")
    rows = _rows(text, file)
    head = [cell.strip().lower() for cell in rows[0][1]] if rows else []
    _refuse_unless_columns(head, file)
    reader = _Reader(guide, file, head, languages)
    for line, row in rows[1:]:
        if any(cell.strip() for cell in row):
            reader.take(line, row)
    if reader.mistakes:
        more = len(reader.mistakes) - SHOWN
        rest = [f"{file} has {more} more mistakes."] if more > 0 else []
        raise Refused("\n".join(reader.mistakes[:SHOWN] + rest))
    return reader.members


def _rows(text: str, file: str) -> list[tuple[int, list[str]]]:
    """Each row with the line it begins on; a quoted cell may go over several lines."""
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    rows, line = [], 1
    try:
        for row in reader:
            rows.append((line, row))
            line = reader.line_num + 1
    except csv.Error as mistake:
        raise Refused(f"{file}, line {line}: this is not CSV ({mistake}).") from None
    return rows


def _refuse_unless_columns(head: list[str], file: str) -> None:
    wrong = {
        "Missing": [name for name in REQUIRED if name not in head],
        "Not known": [name for name in head if name not in COLUMNS],
        "There twice": [name for name in COLUMNS if head.count(name) > 1],
    }
    if any(wrong.values()):
        listed = " ".join(f"{what}: {', '.join(names)}." for what, names in wrong.items() if names)
        *some, last = IF_WANTED
        raise Refused(
            f"{file}, line 1: the columns are {', '.join(REQUIRED)}, and if wanted "
            f"{', '.join(some)} and {last}. {listed}"
        )


class _Reader:
    """Takes one line after another and keeps the people, and the mistakes, read so far."""

    def __init__(self, guide: Guide, file: str, head: list[str], languages: Sequence[str]) -> None:
        self.guide, self.file, self.head, self.languages = guide, file, head, languages
        self.members: list[Member] = []
        self.mistakes: list[str] = []
        self._taken: dict[str, int] = {}
        self._numbered: dict[str, int] = {}

    def take(self, line: int, row: list[str]) -> None:
        """Check one line and keep its person."""
        before = len(self.mistakes)
        if len(row) != len(self.head):
            self._wrong(line, 1, f"{len(row)} cells where the first line has {len(self.head)}")
            return
        cells = {name: cell.strip() for name, cell in zip(self.head, row, strict=True)}
        person = Line(cells, self._pseudonym(cells["agency"]), self.guide, self.languages)
        for mistake in person.mistakes():
            self._wrong(line, self.head.index(mistake.column) + 1, mistake.what)
        self._refuse_twice(line, person)
        if len(self.mistakes) == before:
            self.members.append(person.member())

    def _pseudonym(self, agency: str) -> str:
        prefix = in_ids(agency)
        self._numbered[prefix] = self._numbered.get(prefix, 0) + 1
        return f"{prefix}-{self._numbered[prefix]}"

    def _refuse_twice(self, line: int, person: Line) -> None:
        for key in filter(None, (person.id, person.cell("slack"))):
            if key in self._taken:
                self._wrong(line, 1, f"{key} is already on line {self._taken[key]}")
            self._taken[key] = line

    def _wrong(self, line: int, column: int, what: str) -> None:
        self.mistakes.append(f"{self.file}, line {line}, column {column}: {what}.")
