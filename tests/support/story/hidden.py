"""Words for what stays hidden in an open round, and what differs between two runs of it."""

from __future__ import annotations

import re

from support.story.story import Story

UNSTABLE = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64}")


def scores(story: Story, person: str, score: str, words: str) -> None:
    """Changes to a score, with a reason, reworded, and is done: five facts and the completion."""
    story.answered(person, "5.2", "5" if score == "0" else "0").answered(person, "5.2", score)
    story.noted(person, "5.2", "reason", words).note_amended(person, f"{words} again")
    story.finished(person, "5.2", "reason")


def says_no_score(story: Story, person: str, kind: str) -> None:
    """Wavers as often, and ends without a score: five facts and the completion."""
    for value in ("1", "2", "3", "4", kind):
        story.answered(person, "5.2", value)
        story.minutes += value in ("3", "4")  # as long as words take to be sealed
