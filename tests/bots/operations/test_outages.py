"""What takes nothing from us is told to whoever coordinates, whatever the reason is called."""

from __future__ import annotations

from pathlib import Path

import pytest

from bots.mail.notify import sender as notify
from bots.mail.smtp import steps
from bots.operations import outages

REASONS = {
    notify.OTHER_TEMPLATE: "template without subject and body",
    f"403, {notify.HINTS['team-only']}": "403, key for the team alone",
    steps.UNKNOWN: "certificate of an unknown authority",
    "no token: 503": "no token: 503",
    "550 5.7.60": "550 5.7.60",
    "a" * 100: "a" * outages.LONGEST,
    "<b>Ann\r\n</b>": "bAnnb",
    "": outages.UNNAMED,
    "éé": outages.UNNAMED,
}


@pytest.mark.parametrize(("reason", "told"), REASONS.items())
def test_whatever_stops_letters_is_told(tmp_path: Path, reason: str, told: str) -> None:
    """A board without a word would say that all is well."""
    outages.note(tmp_path, "mail", reason)
    assert f"No letter leaves just now ({told})." in (outages.sentence(tmp_path) or "")
    outages.forget(tmp_path, "mail")
    assert outages.sentence(tmp_path) is None
