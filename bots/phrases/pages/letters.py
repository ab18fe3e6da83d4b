"""What the page of letters says that a coordinator sends herself."""

from __future__ import annotations

from bots.phrases.labels import counted

LETTERS = "Letters"
BY_HAND = "Letters that you send yourself"
BY_HAND_WORDS = (
    "A letter for everybody whom no message reaches: a file for your mail program each, their calendar "
    "entries, and a table for a mail merge. Whoever reads them can answer in somebody's name: guard "
    "them. Once they are sent, record that you sent them."
)
WRITE = "Write them"
NONE_WAITS = "No letter waits for you to send it."
WHAT_THEY_SAY = "What each letter says, as to an invented person"
LANGUAGE, SHOW = "Language", "Show them"
FILE = "letters.zip"


def waits(number: int) -> str:
    """How much waits to be told by letter."""
    return f"{counted(number, 'letter')} to be sent by you."
