"""Words as they may stand in a letter: nothing in them ends a line or steers a screen unseen."""

from __future__ import annotations

from projections.steering_characters import visible


def one_line(text: str) -> str:
    """Words on one line, whatever breaks they held."""
    return visible(" ".join(_whole(text).split()))


def lines(text: str) -> list[str]:
    """Words line by line, wherever one was broken off."""
    return [visible(line).rstrip() for line in _whole(text).splitlines()]


def _whole(text: str) -> str:
    """Text without half characters, which no letter can carry."""
    return text.encode(errors="replace").decode()
