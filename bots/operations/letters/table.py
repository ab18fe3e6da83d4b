"""The table of letters that a coordinator sends herself: its headings, and how it is read back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, get_args

from bots.operations.form import Upload
from bots.operations.opening.panel_sheet import table as read_sheet
from ehsg_events.commands.telling import ByHand
from ehsg_events.events import Matter
from ehsg_events.kernel import Refused
from ehsg_events.panel.panel_table import Row, Table
from ehsg_events.states.assessment import Assessment

PERSON, ABOUT, TO, DEADLINE = "Person", "About", "To", "Deadline"
SHOWN = 20  # mistakes named at once


class Sent(NamedTuple):
    """What a letter told, and the deadline that it named; none where it asked nothing."""

    told: ByHand
    deadline: str


def read_back(file: Upload, state: Assessment) -> list[Sent]:
    """Whom the letters of a table told what: by e-mail if it has their address, else by letter.

    Raises:
        Refused: it is no such table, or names somebody or something unknown; each is named.
    """
    found = read_sheet(file)
    head = [cell.strip().casefold() for cell in found.rows[0].cells] if found.rows else []
    lacks = [name for name in (PERSON, ABOUT, TO) if name.casefold() not in head]
    if lacks:
        raise Refused(
            f"{file.name} has no column {', '.join(lacks)}, so it is no table of letters.",
            field="file",
        )
    person, about, to = (head.index(name.casefold()) for name in (PERSON, ABOUT, TO))
    mistakes = list(_mistakes(found, state, person, about))
    if mistakes:
        raise Refused("\n".join(mistakes[:SHOWN]), field="file")
    matters = {matter: matter for matter in get_args(Matter)}
    until = head.index(DEADLINE.casefold()) if DEADLINE.casefold() in head else len(head)
    return [
        Sent(
            ByHand(
                _cell(row, person),
                matters[_cell(row, about)],
                "e-mail" if _cell(row, to) else "letter",
            ),
            _cell(row, until),
        )
        for row in found.rows[1:]
    ]


def _mistakes(found: Table, state: Assessment, person: int, about: int) -> Iterator[str]:
    for row in found.rows[1:]:
        if _cell(row, person) not in state.panel:
            yield f"{found.place(row, person)}: nobody on the panel has this id."
        if _cell(row, about) not in get_args(Matter):
            yield f"{found.place(row, about)}: no letter is about this."


def _cell(row: Row, column: int) -> str:
    return row.cells[column].strip() if column < len(row.cells) else ""
