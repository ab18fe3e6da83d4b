"""What a way out of letters is tried with: a letter that says so, and what each step came to."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import uuid4

from bots.mail.letter import Letter

TOOK_IT = "It took a test letter. Look whether it arrives, and not among the spam."


class Tried(NamedTuple):
    """A step that was tried; where it went wrong, the sentence holds the way out."""

    step: str
    went_well: bool
    says: str


def letter_to_try(to: str, now: datetime) -> Letter:
    """A letter that says that it is a test, to whoever tries it out.

    Args:
        now: its date.
    """
    return Letter(
        id=uuid4(),
        at=now,
        to=to,
        subject="Test letter",
        greeting="Hello",
        paragraphs=(
            "Somebody tried out whether letters about early help reach this address. They do.",
            "Nothing was recorded, and nothing is to be done.",
        ),
        automatic=False,
    )
