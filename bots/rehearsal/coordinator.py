"""What the coordinator of a rehearsal does: names who may read, and agrees what is to be done."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from ehsg_events.commands import actions, people
from ehsg_events.commands.actions import Typed
from ehsg_events.events import Reads
from ehsg_events.kernel import Stamp
from ehsg_events.log.log import Log

COORDINATES = "Ines Okafor"
READ: dict[Reads, str] = {"auditor": "Hugo Lind", "board": "Dara Whitlock"}
ACTIONS = {
    "7.3": Typed("Parents join the practice forum, with expenses paid.", "Head of Family Hubs", "2027-03-31"),
    "6.4": Typed("One supervision standard, signed by all agencies.", "Workforce lead", None),
    "9.4": Typed("School attendance joins the nightly feed.", None, "2027-07-30"),
}  # fmt: skip


def name_readers(log: Log, stamp: Callable[[str], Stamp], assessment: UUID) -> None:
    """Name a coordinator, an auditor and a member of the board, each once."""
    people.name_coordinator(log, stamp("coordinator"), assessment, COORDINATES)
    for reads_as, name in READ.items():
        people.name_reader(log, stamp(f"reader {reads_as}"), assessment, name, reads_as)


def agree_actions(log: Log, stamp: Callable[[str], Stamp], assessment: UUID) -> None:
    """Agree an action for each priority; one has no day yet, one no owner."""
    for item, typed in ACTIONS.items():
        actions.agree(log, stamp(f"action {item}"), assessment, item, typed)
