"""The panel file: one person a line, read whole or refused with every mistake at its place.

Columns, in any order: `name`, `agency`, `works_as`, `asked`, and if wanted `slack`, `id` and
`language`. `asked` lists section ids, section numbers, item ids, parts of the guide or roles that
it names, with spaces between. `language` is the guide's own if left out. `slack` is the team
and user id, such as T012AB/U034CD; who has none is reached by another surface. `id` is the
pseudonym that stands on the log, such as `police-1`; left out, it is made from the agency.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ehsg_events.events import Backup
from ehsg_events.hours import Hours
from ehsg_events.kernel import Refused
from guides.model import Guide

REQUIRED = ("name", "agency", "works_as", "asked")
COLUMNS = (*REQUIRED, "slack", "id", "language")
PSEUDONYM = re.compile(r"[a-z][a-z0-9-]{0,39}")
SLACK = re.compile(r"[TE][A-Z0-9]{2,20}/[UW][A-Z0-9]{2,20}")
MOST = 2000  # letters in a cell; more is not a name or a list of items
SHOWN = 20  # mistakes named at once; who has more has the wrong file
OURS = ("coordinator", "clock", "outbox")  # who else acts on the log


@dataclass(frozen=True)
class StandsBy:
    """Who is told when a person stays silent; `name` and `slack` are personal."""

    kind: Backup
    name: str
    slack: str | None = None


@dataclass(frozen=True)
class Member:
    """One person as the panel file names them; `name` and `slack` are personal.

    `peer_of` is the area a peer reviewer comes from.
    """

    id: str
    name: str
    agency: str
    works_as: str
    items: tuple[str, ...]
    slack: str | None
    language: str = "en"
    zone: str | None = None
    hours: Hours | None = None
    backup: StandsBy | None = None
    peer_of: str | None = None


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


def in_ids(agency: str) -> str:
    """An agency as it stands in pseudonyms: West Police is `west-police`."""
    return re.sub(r"[^a-z0-9]+", "-", agency.lower()).strip("-")[:30] or "agency"


def refuse_unless_in_slack(given: str) -> None:
    """A person in Slack is named by team and user."""
    if not SLACK.fullmatch(given):
        raise Refused(f"{given} is not a Slack person. Write team/user, such as T012AB/U034CD.")


def is_ours(pseudonym: str) -> bool:
    """Whether somebody else acts on the log by this pseudonym, a coordinator perhaps."""
    return pseudonym.rstrip("0123456789").removesuffix("-") in OURS


def tells_the_name(pseudonym: str | Sequence[str], name: str) -> bool:
    """Whether a pseudonym holds a part of the person's name; of one made by us only whole words."""
    return any(word in pseudonym for word in re.findall(r"[a-z]{3,}", name.lower()))


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
        said = " ".join(f"{what}: {', '.join(names)}." for what, names in wrong.items() if names)
        raise Refused(
            f"{file}, line 1: the columns are {', '.join(REQUIRED)}, and if wanted slack, id and "
            f"language. "
            f"{said}"
        )


class _Reader:
    """Takes the lines one by one and remembers what was seen and what was wrong."""

    def __init__(self, guide: Guide, file: str, head: list[str], languages: Sequence[str]) -> None:
        self.guide, self.file, self.head, self.languages = guide, file, head, languages
        self.members: list[Member] = []
        self.mistakes: list[str] = []
        self._taken: dict[str, int] = {}
        self._voices: dict[str, int] = {}

    def take(self, line: int, row: list[str]) -> None:
        """Check one line and keep its person."""
        before = len(self.mistakes)
        if len(row) != len(self.head):
            self._wrong(line, 1, f"{len(row)} cells where the first line has {len(self.head)}")
            return
        cells = {name: cell.strip() for name, cell in zip(self.head, row, strict=True)}
        self._lengths(line, cells)
        items = self._items(line, cells["asked"])
        person = self._pseudonym(line, cells)
        slack = self._slack(line, cells.get("slack", ""))
        language = self._language(line, cells.get("language", ""))
        for key in filter(None, (person, slack)):
            if key in self._taken:
                self._wrong(line, 1, f"{key} is already on line {self._taken[key]}")
            self._taken[key] = line
        if len(self.mistakes) == before:
            name, agency, works_as = (cells[column] for column in REQUIRED[:3])
            member = Member(person, name, agency, works_as, items, slack, language)
            self.members.append(member)

    def _lengths(self, line: int, cells: dict[str, str]) -> None:
        for name, cell in cells.items():
            if not cell and name in REQUIRED:
                self._wrong(line, self._column(name), f"{name} is empty")
            if len(cell) > MOST:
                self._wrong(line, self._column(name), f"{name} is longer than {MOST} letters")

    def _slack(self, line: int, given: str) -> str | None:
        if given and not SLACK.fullmatch(given):
            self._wrong(
                line,
                self._column("slack"),
                f"{given} is not a Slack person: write team/user, such as T012AB/U034CD",
            )
        return given or None

    def _language(self, line: int, given: str) -> str:
        if given and given not in self.languages:
            self._wrong(
                line,
                self._column("language"),
                f"{self.guide.id} cannot be asked in {given}; choose from "
                f"{', '.join(self.languages)}",
            )
        return given or self.languages[0]

    def _items(self, line: int, asked: str) -> tuple[str, ...]:
        wanted: set[str] = set()
        for word in asked.split():
            found = self.guide.called(word)
            if not found:
                sections = ", ".join(s.id for s in self.guide.sections)
                self._wrong(
                    line,
                    self._column("asked"),
                    f"{self.guide.id} has no section or item called {word}; "
                    f"its sections are {sections}",
                )
            wanted |= found
        return tuple(item for item in self.guide.items if item in wanted)

    def _pseudonym(self, line: int, cells: dict[str, str]) -> str:
        agency = in_ids(cells["agency"])
        self._voices[agency] = self._voices.get(agency, 0) + 1
        given = cells.get("id") or f"{agency}-{self._voices[agency]}"
        if not PSEUDONYM.fullmatch(given):
            self._wrong(
                line,
                self._column("id") if cells.get("id") else self._column("agency"),
                f"{given} cannot be an id: use small letters, digits and -, such as police-1",
            )
        if is_ours(given):
            self._wrong(line, self._column("id"), f"{given} is taken: choose another id")
        if tells_the_name(given if cells.get("id") else given.split("-"), cells["name"]):
            self._wrong(
                line,
                self._column("id") if cells.get("id") else self._column("agency"),
                f"{given} holds a part of the person's name. Ids stand on the log for ever, so "
                f"they name nobody: give a pseudonym such as police-1 in the column id",
            )
        return given

    def _column(self, name: str) -> int:
        return self.head.index(name) + 1

    def _wrong(self, line: int, column: int, what: str) -> None:
        self.mistakes.append(f"{self.file}, line {line}, column {column}: {what}.")
