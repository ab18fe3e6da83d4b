"""When the data folder was backed up last, and whether that backup can be relied on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from bots.backups.settings import chosen
from bots.backups.snapshot import Backup, snapshots
from ehsg_events.kernel import Refused

LATEST = timedelta(hours=36)  # since a backup every night


class BackedUp(NamedTuple):
    """The last backup; `position` is up to where it goes, `refused` why none can be made.

    It is `faulty` where something was wrong with what it copied, and `old` where a night passed
    without one.
    """

    state: Literal["made", "faulty", "old", "none yet", "not set up", "wrong"]
    place: Backup | None = None
    at: datetime | None = None
    position: int = 0
    refused: str = ""


def backed_up(environment: Mapping[str, str], now: datetime) -> BackedUp:
    """How the backup that is set up stands."""
    try:
        place = chosen(environment)
    except Refused as no:
        return BackedUp("wrong", refused=str(no))
    if place is None:
        return BackedUp("not set up")
    at, found = place.last_at(), snapshots(place)
    if at is None or not found:
        return BackedUp("none yet", place)
    newest = found[-1]
    state: Literal["faulty", "old", "made"] = (
        "faulty" if newest.faults else "old" if now - at > LATEST else "made"
    )
    return BackedUp(state, place, at, newest.position)
