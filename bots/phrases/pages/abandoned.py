"""What the pages of an assessment say that was abandoned."""

from __future__ import annotations

from bots.phrases.labels import ending

WHAT_IS_LEFT = "What is left to do"
OPEN_ANOTHER, IF_WANTED = "Open another assessment", "If you want one"
TRAIL, TO_READ = "What was recorded", "To be read"
KEEPING = "How long names and words are kept"
NOT_ANY_MORE = "not any more"


def given_up(when: str, who: str = "", because: str | None = None) -> str:
    """That an assessment was abandoned, when, and as far as it is told by whom and why."""
    by = f" by {who}" if who else ""
    reason = f", because {ending(because)}" if because else "."
    return f"This assessment was abandoned at {when}{by}{reason} Nobody was asked, and it stays as it is."
