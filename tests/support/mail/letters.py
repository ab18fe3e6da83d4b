"""Letters, and the settings for a mail server on this machine."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from bots.mail.letter import Entry, Letter, Link
from bots.mail.settings import Settings, read_settings

TO, FROM = "ann@police.testham.example", "Early help in Testham <early-help@testham.example>"
AT = datetime(2026, 11, 27, 9, tzinfo=UTC)
DEADLINE = datetime(2026, 12, 11, 17, tzinfo=UTC)
LETTER = Letter(
    id=UUID(int=7),
    at=AT,
    to=TO,
    subject="Early help in Testham: 8 questions for you, by 11 December",
    greeting="Hello Ann",
    paragraphs=(
        "Testham asks how good its early help is.\nYou answer for Police.",
        ". A dot alone, as at the end of a letter:\n.\nand on it goes.",
    ),
    link=Link("Answer the questions", "https://early-help.testham.example/i/" + "k7Q-" * 12),
    closing=("Do not forward this: whoever has the link answers in your name.",),
    reply_to="coordinator@testham.example",
)
ENTRY = Entry(
    id=UUID(int=9),
    edition=2,
    written=AT,
    begins=DEADLINE - timedelta(minutes=15),
    ends=DEADLINE,
    title="Early help in Testham: your answers",
    says="By 5pm on Friday 11 December 2026.\nYour link is in the letter.",
)


def letter(**changed: Any) -> Letter:
    """The letter, with something else in it."""
    return replace(LETTER, **changed)


def settings(port: int = 25, **more: str) -> Settings:
    """The settings for a server on this machine.

    Args:
        more: what else is set, without the beginning of its name.
    """
    given = {"URL": f"smtp://127.0.0.1:{port}", "FROM": FROM, "PER_MINUTE": "6000", **more}
    chosen = read_settings({f"EHSG_MAIL_{name}": text for name, text in given.items()})
    assert chosen is not None
    return chosen
