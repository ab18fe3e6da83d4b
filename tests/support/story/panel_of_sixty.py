"""A panel of sixty as offices keep it, whole and with mistakes planted in it."""

from __future__ import annotations

import io
from collections.abc import Callable

from openpyxl import Workbook

HEAD = ["Full name", "Agency", "Works as", "Asked", "Slack", "id", "Works"]
AGENCIES = ("Children’s Services", "Tŷ Gŵyr", "Police", "0-19 Service", "Schools", "Housing")
IN_WINDOWS = ("Children’s Services", "Café Renée – outreach", *AGENCIES[2:])


def rows(agencies: tuple[str, ...] = AGENCIES) -> list[list[str]]:
    """Sixty people of six agencies, each asked two descriptors."""
    return [
        [f"Renée Ash{number:02}", agencies[number % 6], "lead; officer", "5.1 5.2",
         f"T01TEST/U{number:03}", "", "Mon-Fri 09:00-17:00"]
        for number in range(60)
    ]  # fmt: skip


def lines(separator: str, agencies: tuple[str, ...] = AGENCIES, end: str = "\r\n") -> str:
    """The panel as Excel writes it: quotes where a cell holds the separator."""
    quoted = (
        [f'"{cell}"' if separator in cell else cell for cell in row]
        for row in (HEAD, *rows(agencies))
    )
    return "".join(f"{separator.join(row)}{end}" for row in quoted)


def workbook(
    change: Callable[[Workbook], None] = lambda _: None, agencies: tuple[str, ...] = AGENCIES
) -> bytes:
    """The panel as a workbook."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (HEAD, *rows(agencies)):
        sheet.append(row)
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


PLANTED = (  # the row in a spreadsheet, the column, what is typed there, what is said of it
    (2, 1, "", "name is empty"), (3, 2, "", "agency is empty"), (4, 3, "", "works_as is empty"),
    (5, 4, "", "asked is empty"), (6, 4, "5.1 77", "no section or item called 77"),
    (7, 5, "@jane", "@jane is not a Slack person"), (8, 6, "Jane!", "Jane! cannot be an id"),
    (9, 6, "coordinator", "coordinator is taken"), (10, 7, "Tue 15:00-09:00", "is not a time"),
    (11, 1, "Renée Ash05", "the same name as on line 7"), (12, 4, "5,1", "called 5,1"),
    (13, 5, "T01TEST/U000", "is already on line 2"), (14, 6, "ash12", "part of the person's name"),
    (15, 1, "x" * 2001, "longer than 2000"), (16, 2, "Polcie", "did you mean Police?"),
    (17, 2, "Housng", "did you mean Housing?"), (18, 3, "a\nb", "goes over several lines"),
    (19, 7, "always", "is not a time"), (20, 4, "five", "called five"),
    (21, 8, "stray", "stands under no heading"), (22, 6, "clock", "clock is taken"),
    (23, 5, "T01/U0", "is not a Slack person"), (24, 4, "5.1 5.2 5.99", "called 5.99"),
    (25, 6, "-x", "cannot be an id"), (26, 2, "Schols", "did you mean Schools?"),
)  # fmt: skip


def plant(book: Workbook) -> None:
    """Plant every mistake."""
    for row, column, typed, _ in PLANTED:
        book.active.cell(row, column).value = typed  # type: ignore[union-attr]


def told_at_their_cells(told: list[str], file: str) -> bool:
    """Whether each mistake that is planted is told on a line that begins with its cell."""
    return all(
        any(
            f"{file}, sheet Sheet, cell {'ABCDEFGH'[column - 1]}{row}: " in line and says in line
            for line in told
        )
        for row, column, _, says in PLANTED
    )
