"""How the ledger stands with its witnesses, as commands say it: for programs, and in sentences."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bots.phrases.pages.looks import witnessed
from ehsg_events.ledger.others.cosignatures import Standing


def document(standing: Standing | None) -> dict[str, Any] | None:
    """How it stands, for programs; none where there are no witnesses, or nothing is signed."""
    if standing is None:
        return None
    enough = standing.enough
    return {
        "asked": len(standing.witnesses.each),
        "quorum": standing.witnesses.needed,
        "cosigned": standing.newest.by,
        "cosigned_at": _iso(standing.newest.last),
        "reached": standing.reached,
        "newest_cosigned": enough.signed.size if enough else None,
        "newest_cosigned_at": _iso(enough.last) if enough else None,
    }


def lines(standing: Standing | None) -> list[str]:
    """How it stands, in sentences."""
    return [*witnessed(standing, _day)] if standing else []


def _day(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
