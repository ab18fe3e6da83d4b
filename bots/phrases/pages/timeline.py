"""What the page of a round says of what happened to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bots.phrases.labels import counted, ending

if TYPE_CHECKING:
    from projections.collecting.timeline import Kind

TIMELINE = "From its opening on"
SAYS: Mapping[str, str] = {
    "opened": "Opened, until {until}.",
    "moved": "Deadline moved to {until}.",
    "paused": "Paused.",
    "resumed": "Resumed.",
    "reopened": "Opened again, until {until}.",
    "deadline": "Still to come: its deadline.",
}


def says(kind: Kind, people: int, until: str | None, because: str | None, by: str | None) -> str:
    """What happened to a round at a moment.

    Args:
        until: the deadline from then on.
        because: the reason that was given for it.
        by: what closed it: its deadline, or the coordinator.
    """
    if kind == "invited":
        return f"{counted(people, 'person')} invited."
    if kind == "reminded":
        return f"{counted(people, 'reminder')} given."
    if kind == "closed":
        return "Closed at its deadline." if by == "deadline" else "Closed by the coordinator."
    reason = f" The reason given: {ending(because)}" if because else ""
    return f"{SAYS[kind].format(until=until)}{reason}"
