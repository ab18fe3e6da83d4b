"""Who is told when somebody stays silent, as four cells: what is wrong with them, and who that is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple, get_args

from ehsg_events.events import Backup
from ehsg_events.kernel import Refused
from ehsg_events.panel.email_address import read_email
from ehsg_events.panel.member import SLACK, StandsBy

STAND_IN = ("backup", "backup_name", "backup_slack", "backup_email")
KINDS: tuple[Backup, ...] = get_args(Backup)


class Wrong(NamedTuple):
    """What is wrong with a person as they are written, and in which column."""

    column: str
    what: str


def stands_by(cells: Mapping[str, str]) -> StandsBy | None:
    """The stand-in, for cells without mistakes."""
    kind, name, slack, email = (cells.get(column, "").strip() for column in STAND_IN)
    address = read_email(email) if email else None
    matches = (StandsBy(known, name, slack or None, address) for known in KINDS if known == kind)
    return next(matches, None)


def stand_in_mistakes(cells: Mapping[str, str]) -> Iterator[Wrong]:
    """Everything wrong with a stand-in; `slack` and `email` are the person's own addresses."""
    kind, name, slack, email = (cells.get(column, "").strip() for column in STAND_IN)
    if kind and kind not in KINDS:
        yield Wrong("backup", f"a backup is {' or '.join(KINDS)}, not {kind}")
    elif kind and not name:
        yield Wrong("backup", f"the {kind} has no name: backup_name is empty")
    if not kind and (name or slack or email):
        column = next(column for column in STAND_IN[1:] if cells.get(column, "").strip())
        yield Wrong(column, f"who is this? backup is empty: write {' or '.join(KINDS)} there")
    if slack and slack == cells.get("slack", "").strip():
        yield Wrong("backup_slack", f"{slack} is the person's own: name somebody else")
    if email and email.casefold() == cells.get("email", "").strip().casefold():
        yield Wrong("backup_email", "that is the person's own: name somebody else")
    yield from slack_mistakes(cells, "backup_slack")
    yield from reading_mistakes(cells, "backup_email", read_email)


def slack_mistakes(cells: Mapping[str, str], column: str) -> Iterator[Wrong]:
    """What is wrong with a person's address in Slack, if it is filled in."""
    given = cells.get(column, "").strip()
    if given and not SLACK.fullmatch(given):
        yield Wrong(
            column, f"{given} is not a Slack person: write team/user, such as T012AB/U034CD"
        )


def reading_mistakes(
    cells: Mapping[str, str], column: str, read: Callable[[str], object]
) -> Iterator[Wrong]:
    """What is wrong with a cell, if it is filled in and cannot be read."""
    given = cells.get(column, "").strip()
    try:
        if given:
            read(given)
    except Refused as refusal:
        yield Wrong(column, str(refusal).removesuffix("."))
