"""Logs with an open round that differ in nothing but what the round hides."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from support.story.story import NAMES, PANEL, Story

SECRET = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32,64}")
MINUTES = 100, 110, 120  # at which something is done that everybody may see
Says = Callable[[Story], object]


def nothing(_: Story) -> None:
    """No more is said."""


def explains(story: Story) -> None:
    """The reason for a score, reworded, and no more to say: three facts that are hidden."""
    story.noted("police-1", "5.1", "reason", "I was shown a file")
    story.note_amended("police-1", "I was shown two files")
    story.finished("police-1", "5.1", "reason")


VARIANTS: Mapping[str, tuple[str, Says, Says]] = {
    "a don't know": ("dont-know", nothing, nothing),
    "a score": ("3", explains, nothing),
    "another order": ("3", nothing, explains),
    "another score": ("0", lambda story: story.noted("police-1", "5.1", "reason", "So"), nothing),
}


def told(folder: Path, variant: str) -> tuple[Story, int]:
    """A log whose second round is open, and the position at which that was opened.

    Somebody answers; then another; then a third; what is hidden lies in between.
    """
    value, first, second = VARIANTS[variant]
    story = Story(folder).opened(PANEL).round_opened()
    for item in ("5.1", "5.2"):
        story.all_answered(item, dict(zip(NAMES, "000555", strict=True)))
    story.round_closed()
    opened = story.round_opened().newest
    at(story, MINUTES[0]).answered("police-1", "5.1", value)
    first(story)
    at(story, MINUTES[1]).answered("health-1", "5.2", "2")
    second(story)
    at(story, MINUTES[2]).answered("school-1", "5.1", "4")
    facts = list(story.log.about(story.assessment, ("round.RoundOpened.v1",)))
    return story, next(one.position for one in facts if one.stream.round == opened)


def at(story: Story, minute: int) -> Story:
    """The same story a while later."""
    story.minutes = minute
    return story


def masked(text: str) -> str:
    """A text without ids, keys and digests of sealed words, which differ on any two logs."""
    return SECRET.sub("-", text)
