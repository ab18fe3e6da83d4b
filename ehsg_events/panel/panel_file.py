"""The panel file: one person a line, read whole or refused with every mistake at its place.

Its columns may stand in any order; `panel_line` says what each holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from types import MappingProxyType
from typing import NamedTuple

from ehsg_events.kernel import Refused
from ehsg_events.panel.agency_names import as_spelled, likely_misspelt
from ehsg_events.panel.member import Member, in_ids
from ehsg_events.panel.on_panel import OnPanel, found_by_name, say_left, wrong_id
from ehsg_events.panel.panel_headings import Headings, read_headings
from ehsg_events.panel.panel_line import Line
from ehsg_events.panel.panel_table import Row, Table
from guides.model import Guide

NOBODY: Mapping[str, OnPanel] = MappingProxyType({})
SHOWN = 25  # mistakes named at once; a file with more is the wrong file


class Panel(NamedTuple):
    """The people of a panel file, and what was understood in it, in sentences."""

    members: list[Member]
    notes: list[str]


def read_panel(
    table: Table,
    guide: Guide,
    languages: Sequence[str] = ("en",),
    *,
    meant: bool = False,
    there: Mapping[str, OnPanel] = NOBODY,
) -> Panel:
    """Read a panel file; whoever is on the panel already is left out of it, with a note.

    Args:
        guide: decides which sections and items there are.
        languages: those the guide can be asked in, its own first.
        meant: names that stand there twice and agencies that look misspelt are meant.
        there: who is on the panel already, by pseudonym.

    Raises:
        Refused: the file has mistakes; each is named with its line and column, or its cell.
    """
    headings = read_headings(table)
    reader = _Reader(table, guide, headings, languages, there)
    for row in table.rows[1:]:
        reader.take(row)
    asks = [] if meant else [*reader.asks()]
    mistakes = [*reader.mistakes, *asks]
    if not (reader.members or reader.left or mistakes):
        mistakes = [f"{table.file} names nobody below its headings."]
    if mistakes:
        more = len(mistakes) - SHOWN
        rest = [f"{table.file} has {more} more mistakes."] if more > 0 else []
        raise Refused("\n".join(mistakes[:SHOWN] + rest), field="yes" if mistakes == asks else None)
    return Panel(reader.members, [*table.notes, *headings.notes, *reader.notes()])


class _Reader:
    """Takes one line after another and keeps the people, and the mistakes, read so far."""

    def __init__(
        self,
        table: Table,
        guide: Guide,
        headings: Headings,
        languages: Sequence[str],
        there: Mapping[str, OnPanel],
    ) -> None:
        self.table, self.guide, self.headings, self.languages = table, guide, headings, languages
        self.there, self.left = there, list[str]()
        self.members: list[Member] = []
        self.mistakes: list[str] = []
        self._taken: dict[str, Row] = {}
        self._written = {headings.cells(row).get("id", "") for row in table.rows[1:]}
        self._numbers: dict[str, Iterator[int]] = defaultdict(lambda: count(1))
        self._spelled: dict[str, Row] = {}  # each agency as it was spelled first
        self._called: dict[str, list[Row]] = defaultdict(list)
        self._other: dict[str, str] = {}  # spelled in another way, and how it was spelled first
        self._agencies: list[str] = []
        self._mailboxes: dict[str, list[Row]] = defaultdict(list)
        self._strayed = set[int]()  # columns without a heading in which something stands

    def take(self, row: Row) -> None:
        """Check one line and keep its person."""
        before = len(self.mistakes)
        for column, what in row.unreadable.items():
            self._wrong(row, column, what)
        self._refuse_strays(row)
        cells = self.headings.cells(row)
        for name in (name for name, cell in cells.items() if "\n" in cell and name != "asked"):
            what = f"{name} goes over several lines: is a quote missing"
            self._wrong(row, self.headings.at[name], what)
        cells["agency"] = self._agency(row, cells["agency"])
        person = Line(cells, self._pseudonym(cells), self.guide, self.languages)
        unreadable = {name for name, at in self.headings.at.items() if at in row.unreadable}
        for mistake in person.mistakes():
            if mistake.column not in unreadable:
                self._wrong(row, self.headings.at.get(mistake.column, 0), mistake.what)
        self._refuse_twice(row, person)
        if cells.get("email"):
            self._mailboxes[cells["email"].casefold()].append(row)
        self._called[" ".join(cells["name"].casefold().split())].append(row)
        if len(self.mistakes) == before and person.id in self.there:
            self.left.append(person.id)
        elif len(self.mistakes) == before:
            self.members.append(person.member())

    def _refuse_strays(self, row: Row) -> None:
        """Name the first cell under no heading, in each such column."""
        for column, cell in self.headings.strays(row):
            if column not in self._strayed:
                self._strayed.add(column)
                what = f"“{cell[:40]}” stands under no heading"
                self._wrong(
                    row, column, f"{what}: is a comma or a quote missing, or a cell too many"
                )

    def asks(self) -> Iterator[str]:
        """What may be meant and is probably a mistake: misspelt agencies, one name twice."""
        known = [one.agency for one in self.there.values()]
        heavier = known * (len(self._agencies) + 1)  # how the panel spells it is right
        for name, better in likely_misspelt([*self._agencies, *heavier]):
            if name not in self._spelled or name in known:
                continue
            place = self.table.place(self._spelled[name], self.headings.at["agency"])
            yield f"{place}: {name}: did you mean {better}? If not, say that it is meant."
        for rows in self._called.values():
            for row in rows[1:] if self.headings.cells(rows[0])["name"] else ():
                place = self.table.place(row, self.headings.at["name"])
                yield (
                    f"{place}: the same name as on line {rows[0].number}. Name each person once, "
                    f"or say that two people are meant."
                )

    def notes(self) -> Iterator[str]:
        """Which spellings were taken for one agency, and who was on the panel already."""
        if self.left:
            yield f"{self.table.file}: {say_left(self.left)}"
        for spelled, first in self._other.items():
            yield f"{self.table.file}: “{spelled}” is taken for {first}."
        for rows in self._mailboxes.values():
            for row in rows[1:]:
                place = self.table.place(row, self.headings.at["email"])
                yield (
                    f"{place}: the same e-mail address as on line {rows[0].number}. Each gets "
                    f"their own letters there, and whoever opens one answers in that name."
                )

    def _agency(self, row: Row, written: str) -> str:
        """The agency, as it was spelled first."""
        known = (one.agency for one in self.there.values())
        agency = as_spelled(written, [*known, *self._spelled])
        if agency:
            self._spelled.setdefault(agency, row)
            self._agencies.append(agency)
        if agency != written and written:
            self._other[written] = agency
        return agency

    def _pseudonym(self, cells: dict[str, str]) -> str:
        """A pseudonym for somebody whose line gives none: theirs, or the agency's next free one."""
        if cells.get("id"):
            return ""
        theirs = found_by_name(self.there, cells["name"], cells["agency"])
        if theirs and theirs not in self._taken:
            return theirs
        prefix = in_ids(cells["agency"])
        numbered = (f"{prefix}-{number}" for number in self._numbers[prefix])
        had = self._written | self.there.keys()
        return next(made for made in numbered if made not in had)

    def _refuse_twice(self, row: Row, person: Line) -> None:
        for column in ("id", "slack"):
            key = person.id if column == "id" else person.cell(column)
            if key and key in self._taken:
                at = self.headings.at.get(column, 0)
                self._wrong(row, at, f"{key} is already on line {self._taken[key].number}")
            self._taken[key] = row
        self._refuse_somebody_elses(row, person)

    def _refuse_somebody_elses(self, row: Row, person: Line) -> None:
        """Refuse an id, or an address in Slack, that is another person's on the panel."""
        wrong = wrong_id(self.there, person.id, person.cell("name"))
        if wrong:
            self._wrong(row, self.headings.at.get("id", 0), wrong)
        slack = person.cell("slack")
        for other, known in self.there.items() if slack else ():
            if known.slack == slack and other != person.id:
                self._wrong(row, self.headings.at["slack"], f"{slack} is {other}'s on the panel")

    def _wrong(self, row: Row, column: int, what: str) -> None:
        self.mistakes.append(f"{self.table.place(row, column)}: {what}.")
