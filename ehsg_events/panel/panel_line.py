"""One person as a coordinator writes them, in the panel file or on the command line.

`asked` lists section ids, section numbers, item ids, parts of the guide or roles that it names,
with spaces between, also after commas. `language` is the guide's own if left out. `slack` is the team and user id,
such as T012AB/U034CD, and `email` an address; who has both is written to in Slack first, and who has
neither by the coordinator. `id` is the pseudonym
that stands on the log, such as `police-1`; left out, it is made from the agency. `works` are the
hours they work, in `zone`. `backup` is the kind of person who is told when they stay silent,
`backup_name`, `backup_slack` and `backup_email` who that is. `peer_of` is the area a peer reviewer comes from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ehsg_events.panel.email_address import read_email
from ehsg_events.panel.member import PSEUDONYM, Member, is_ours, tells_the_name
from ehsg_events.panel.stand_in_cells import (
    STAND_IN,
    Wrong,
    reading_mistakes,
    slack_mistakes,
    stand_in_mistakes,
    stands_by,
)
from ehsg_events.values.hours import read_hours, read_zone
from ehsg_events.values.personal import Personal, holds_part_of, personal_in
from guides.model import Guide, Section

REQUIRED = ("name", "agency", "works_as", "asked")
IF_WANTED = ("slack", "email", "id", "language", "zone", "works", *STAND_IN, "peer_of")
COLUMNS = (*REQUIRED, *IF_WANTED)
MOST = 2000  # characters in a cell; more is no name and no list of items


@dataclass(frozen=True)
class Line:
    """One person's cells by column; `made` is their pseudonym if the line names none."""

    cells: Mapping[str, str]
    made: str
    guide: Guide
    languages: Sequence[str]

    def cell(self, column: str) -> str:
        """The text in a column, empty if the column is missing."""
        return self.cells.get(column, "").strip()

    @property
    def id(self) -> str:
        """The pseudonym on the line, else the one that was made."""
        return self.cell("id") or self.made

    @property
    def words(self) -> list[str]:
        """What they are to be asked about, word by word."""
        words = self.cell("asked").replace(";", " ").split()
        return [word for typed in words if (word := typed.rstrip(","))]  # 5,1 is 5.1 misread

    def mistakes(self) -> Iterator[Wrong]:
        """Everything wrong with the line, column by column."""
        yield from self._lengths()
        yield from self._asked()
        yield from self._pseudonym()
        yield from self._personal()
        yield from slack_mistakes(self.cells, "slack")
        yield from reading_mistakes(self.cells, "email", read_email)
        yield from self._language()
        yield from reading_mistakes(self.cells, "zone", read_zone)
        yield from reading_mistakes(self.cells, "works", read_hours)
        yield from stand_in_mistakes(self.cells)

    def member(self) -> Member:
        """The person, for a line without mistakes."""
        name, agency, works_as, _ = map(self.cell, REQUIRED)
        wanted = {item for word in self.words for item in self.guide.called(word)}
        wanted |= set(self.guide.asked_last)
        return Member(
            id=self.id,
            name=name,
            agency=agency,
            works_as=works_as,
            items=tuple(item for item in self.guide.items if item in wanted),
            slack=self.cell("slack") or None,
            language=self.cell("language") or self.languages[0],
            zone=self.cell("zone") or None,
            hours=read_hours(self.cell("works")) if self.cell("works") else None,
            backup=stands_by(self.cells),
            peer_of=self.cell("peer_of") or None,
            email=read_email(self.cell("email")) if self.cell("email") else None,
        )

    def _lengths(self) -> Iterator[Wrong]:
        for column, cell in self.cells.items():
            if not cell.strip() and column in REQUIRED:
                yield Wrong(column, f"{column} is empty")
            if len(cell) > MOST:
                yield Wrong(column, f"{column} is longer than {MOST} letters")

    def _asked(self) -> Iterator[Wrong]:
        sections = ", ".join(_called(section) for section in self.guide.sections)
        for word in self.words:
            if not self.guide.called(word):
                yield Wrong(
                    "asked",
                    f"{self.guide.id} has no section or item called {word}; "
                    f"its sections are {sections}",
                )

    def _pseudonym(self) -> Iterator[Wrong]:
        written = bool(self.cell("id"))
        column, parts = ("id", self.id) if written else ("agency", self.id.split("-"))
        if not PSEUDONYM.fullmatch(self.id):
            yield Wrong(
                column,
                f"{self.id} cannot be an id: use small letters, digits and -, such as police-1",
            )
        if is_ours(self.id):
            yield Wrong(column, f"{self.id} is taken: choose another id")
        for whose, name in (("person's", "name"), ("backup's", "backup_name")):
            if tells_the_name(parts, self.cell(name)):
                yield Wrong(
                    column,
                    f"{self.id} holds a part of the {whose} name. Ids stand on the log for ever, "
                    f"so they name nobody: give a pseudonym such as police-1 as id",
                )

    def _personal(self) -> Iterator[Wrong]:
        """What tells who the person is where it stands in the clear for ever."""
        name, backup = self.cell("name"), self.cell("backup_name")
        for column in ("agency", "works_as", "peer_of"):
            found = personal_in(column, self.cell(column), filter(None, (name, backup)))
            if not found and column == "works_as" and holds_part_of(name, self.cell(column)):
                found = Personal(column, "a part of the person's name")
            if found:
                yield Wrong(column, found.says().removesuffix("."))

    def _language(self) -> Iterator[Wrong]:
        given = self.cell("language")
        if given and given not in self.languages:
            yield Wrong(
                "language",
                f"{self.guide.id} cannot be asked in {given}; choose from "
                f"{', '.join(self.languages)}",
            )


def _called(section: Section) -> str:
    """A section as it can be written: by its number where it has one, else by its id."""
    return section.id if section.number is None else f"{section.number} ({section.id})"
