"""Brings forms onto a log, and shows what a program gets of them."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

from bots.forms import read_form
from ehsg_events.commands import submissions
from ehsg_events.kernel import Stamp
from ehsg_events.log.log import Log
from projections.submissions.handed_in import document, handed_in
from support.story.forms import FORMS, GUIDE


def stamp() -> Stamp:
    """A cause of its own."""
    at = datetime(2026, 10, 5, 12, tzinfo=UTC)
    return Stamp(
        at=at,
        by="coordinator",
        role="coordinator",
        surface="command",
        cause="told",
        key=uuid4().hex,
    )


def bring(
    log: Log,
    name: str,
    content: bytes,
    area: str = "Northvale",
    year: int = 2022,
    *,
    anyway: bool = False,
) -> int:
    """Import a file's bytes."""
    form = read_form(name, content, GUIDE, area)
    return submissions.import_submission(
        log, stamp(), area, year, GUIDE.id, form, content, anyway=anyway
    )


def bring_form(log: Log, name: str) -> int:
    """Import one of the forms beside the tests, for the area of its name."""
    return bring(log, f"{name}.txt", (FORMS / f"{name}.txt").read_bytes(), name.capitalize())


def exported(log: Log, area: str = "Northvale", year: int = 2022) -> dict[str, object]:
    """The document that a program gets."""
    return document(log, handed_in(log, area, year)).model_dump(mode="json")
