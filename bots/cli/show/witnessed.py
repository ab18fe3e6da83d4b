"""How the ledger stands, and with its witnesses, as commands say it: for programs, and in sentences."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bots.phrases.pages.looks import witnessed
from ehsg_events.ledger.others.cosignatures import Standing
from ehsg_events.states.ledger import LedgerTerms


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


def made_anew(terms: LedgerTerms) -> str:
    """When it was made anew since it was missing, and a space; nothing if it never was."""
    if terms.anew is None:
        return ""
    return (
        f"On {_day(terms.anew)} it was begun anew under another key, because its file or its key was "
        f"missing: what was altered before that may show only beside a checkpoint that somebody kept. "
    )


def _day(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
