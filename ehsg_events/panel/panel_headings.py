"""The headings of a panel file, as people write them: which column holds what. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from ehsg_events.kernel import Refused
from ehsg_events.panel.agency_names import UNSEEN
from ehsg_events.panel.panel_line import COLUMNS, IF_WANTED, REQUIRED
from ehsg_events.panel.panel_table import Row, Table

SAID = {  # what people call a column, as they say it
    "name": "name", "full name": "name", "person": "name", "who": "name", "contact": "name",
    "contact name": "name", "stakeholder": "name", "participant": "name",
    "agency": "agency", "organisation": "agency", "organization": "agency", "partner": "agency",
    "employer": "agency", "agency name": "agency",
    "works as": "works_as", "role": "works_as", "job": "works_as", "job title": "works_as",
    "job role": "works_as", "position": "works_as", "post": "works_as", "title": "works_as",
    "asked": "asked", "is asked": "asked", "asked about": "asked", "asks": "asked",
    "sections": "asked", "items": "asked", "descriptors": "asked", "questions": "asked",
    "slack": "slack", "slack id": "slack", "slack user": "slack",
    "email": "email", "e mail": "email", "mail": "email", "email address": "email",
    "e mail address": "email", "work email": "email",
    "id": "id", "pseudonym": "id",
    "language": "language", "lang": "language",
    "zone": "zone", "time zone": "zone", "timezone": "zone",
    "works": "works", "hours": "works", "working hours": "works", "office hours": "works",
    "backup": "backup", "stand in": "backup", "backup kind": "backup",
    "backup name": "backup_name", "stand in name": "backup_name", "manager name": "backup_name",
    "backup slack": "backup_slack", "stand in slack": "backup_slack",
    "backup email": "backup_email", "stand in email": "backup_email", "manager email": "backup_email",
    "peer of": "peer_of", "peer from": "peer_of",
}  # fmt: skip
NOT_USED = {"phone", "telephone", "mobile"}


@dataclass(frozen=True)
class Headings:
    """Which column holds what, counted from 0, which have a heading, and what was guessed."""

    at: dict[str, int]
    headed: frozenset[int]
    notes: tuple[str, ...]

    def cells(self, row: Row) -> dict[str, str]:
        """A row's cells by what they hold; one that is too short is empty at its end."""
        return {
            name: UNSEEN.sub("", row.cells[column]).strip() if column < len(row.cells) else ""
            for name, column in self.at.items()
        }

    def strays(self, row: Row) -> Iterator[tuple[int, str]]:
        """The cells of a row that stand under no heading, with their columns."""
        for column, cell in enumerate(row.cells):
            if cell.strip() and column not in self.headed:
                yield column, cell.strip()


def read_headings(table: Table) -> Headings:
    """Find out which column holds what.

    Raises:
        Refused: a column that is needed is missing, one is there twice, or one is not known.
    """
    head = table.rows[0] if table.rows else Row(1, ())
    meant = {place: _meant(cell) for place, cell in enumerate(head.cells) if cell.strip()}
    notes = tuple(
        f"{table.place(head, place)}: “{head.cells[place].strip()}” is read as {name}."
        for place, name in meant.items()
        if name and _plain(head.cells[place]) != _plain(name)
    )
    if mistakes := [*_mistakes(table, head, meant)]:
        raise Refused("\n".join(mistakes))
    at = {name: place for place, name in meant.items() if name}
    return Headings(at, frozenset(meant), notes)


def _plain(heading: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", heading.casefold()).split())


def _meant(heading: str) -> str | None:
    """The column that a heading means: as people say it, or nearly."""
    plain = _plain(heading)
    if plain in NOT_USED:
        return None
    near = [plain] if plain in SAID else get_close_matches(plain, SAID, n=1, cutoff=0.85)
    return SAID[near[0]] if near else None


def _mistakes(table: Table, head: Row, meant: dict[int, str | None]) -> Iterator[str]:
    times = Counter(name for name in meant.values() if name)
    for place, name in meant.items():
        if name is None:
            yield f"{table.place(head, place)}: {_not_known(head.cells[place].strip())}"
        elif times[name] > 1 and place != min(n for n, one in meant.items() if one == name):
            yield f"{table.place(head, place)}: a second column for {name}. Keep one of them."
    missing = [name for name in REQUIRED if name not in times]
    if missing:
        *some, last = IF_WANTED
        yield (
            f"{table.place(head, 0)}: the columns are {', '.join(REQUIRED)}, and if wanted "
            f"{', '.join(some)} and {last}. Missing: {', '.join(missing)}."
        )


def _not_known(heading: str) -> str:
    if _plain(heading) in NOT_USED:
        return f"nothing uses “{heading}” yet. Take the column out, so that nobody's is kept."
    near = get_close_matches(_plain(heading), SAID, n=1, cutoff=0.75)
    meant = f" Did you mean {SAID[near[0]]}?" if near else f" Columns are {', '.join(COLUMNS)}."
    return f"no column is called “{heading}”.{meant}"
