"""Letters as a folder: a file for a mail program each, their calendar entries, and one table."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from io import StringIO
from pathlib import Path

from bots.mail.by_hand.letters import HandLetter
from bots.mail.calendar import calendar
from bots.mail.message import message, text_of
from bots.mail.settings import Settings
from bots.operations.letters.table import ABOUT, DEADLINE, PERSON, TO
from ehsg_events.kernel import Refused
from guides import durable
from projections.tables.csv import MARK, harmless

TABLE = "letters.csv"
LETTER, ENTRY = ".eml", ".ics"
COLUMNS = (
    *(PERSON, ABOUT, TO, "Name", "Subject", "Text", "Link", DEADLINE),
    *("Letter", "Calendar entry", "By hand"),
)
NO_ADDRESS = "no address: give the link by hand"
UNSENT = b"X-Unsent: 1\r\n"  # a mail program opens it as a letter that is to be sent
UNSAFE = re.compile(r"[^A-Za-z0-9._-]")


def refuse_what_is_not_ours(out: Path) -> None:
    """Refuse a folder with anything in it but letters that were written there before.

    Raises:
        Refused: it is a file, or holds other things.
    """
    if not out.exists():
        return
    if not out.is_dir():
        raise Refused(f"{out} is a file, and letters need a folder. Choose a new one.")
    names = [path.name for path in out.iterdir()]
    others = [n for n in names if n != TABLE and Path(n).suffix not in (LETTER, ENTRY)]
    if others or (names and TABLE not in names):
        raise Refused(f"{out} holds other things, which would be lost. Choose a new folder.")


def write(letters: Sequence[HandLetter], out: Path, settings: Settings | None) -> None:
    """Write a folder as a whole, in place of letters that were written there before.

    Raises:
        Refused: it cannot be written there.
    """
    files = files_of(letters, settings)
    try:
        durable.write_folder(out, files)
    except OSError as mistake:
        raise Refused(f"{out} cannot be written: {mistake.strerror}.") from None


def files_of(letters: Sequence[HandLetter], settings: Settings | None) -> dict[str, bytes]:
    """The table, and beside it a file for each letter and each calendar entry, by name."""
    files = {TABLE: _table(letters)}
    for one in letters:
        if one.letter.to and settings is not None:
            files[_name(one, LETTER)] = UNSENT + message(one.letter, settings)
        if one.letter.entry is not None:
            files[_name(one, ENTRY)] = calendar(one.letter.entry)
    return files


def _name(one: HandLetter, ending: str) -> str:
    return UNSAFE.sub("_", one.named) + ending


def _table(letters: Sequence[HandLetter]) -> bytes:
    """The table for a mail merge; whoever reads it can answer for everybody in it."""
    file = StringIO(newline="")
    table = csv.writer(file)
    table.writerow(COLUMNS)
    for one in letters:
        table.writerow([harmless(cell) for cell in _row(one)])
    return f"{MARK}{file.getvalue()}".encode()


def _row(one: HandLetter) -> tuple[str, ...]:
    letter = one.letter
    return (
        one.person,
        one.of,
        letter.to,
        one.name,
        letter.subject,
        text_of(letter),
        letter.link.url if letter.link else "",
        one.deadline,
        _name(one, LETTER) if letter.to else "",
        _name(one, ENTRY) if letter.entry else "",
        "" if letter.to else NO_ADDRESS,
    )
