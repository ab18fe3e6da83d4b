"""How much Slack takes of everything, counted as its clients count: in UTF-16 units.

Source: Slack's Block Kit and surfaces reference.
"""

from __future__ import annotations

MOST_TEXT = 4000  # of a message: what chat.update takes, and where chat.postMessage reads best
MOST_SECTION, MOST_LABEL, MOST_VALUE, MOST_ID = 3000, 75, 2000, 255
MOST_BLOCKS, MOST_VIEW_BLOCKS, MOST_ACTIONS = 50, 100, 25
MOST_HEADER, MOST_TITLE, MOST_METADATA = 150, 24, 3000
MOST_INPUT_LABEL, MOST_PLACEHOLDER, MOST_TYPED = 2000, 150, 3000
MOST_OPTIONS, MOST_OPTION = 100, 75


def size(text: str) -> int:
    """The length of a text in UTF-16 units: an emoji counts as two."""
    return len(text.encode("utf-16-le")) // 2


def escape(text: str) -> str:
    """Text with Slack's three control characters made harmless: no mention and no link is left."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
