"""A prompt as Slack messages: the whole question as text for screen readers, buttons with words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from html import unescape
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

from bots import phrases
from bots.interview.talk import Choice, Prompt
from bots.slack.block_kit.sizes import (
    MOST_ACTIONS,
    MOST_HEADER,
    MOST_LABEL,
    MOST_SECTION,
    MOST_TEXT,
    escape,
    size,
)
from ehsg_events.language.catalogue import speaking

BUTTON = "say-"  # how the action id of a button in an interview begins
OPENS = "open-"  # and that of one that opens a window to write in
SPARE = 100  # room left below Slack's limits
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class Address(NamedTuple):
    """The interview a button belongs to, so that an old button acts on its own question."""

    assessment: UUID
    round: int
    stakeholder: str

    def value(self, token: str) -> str:
        """What a button carries: its interview and the token it stands for."""
        return f"{self.assessment}/{self.round}/{self.stakeholder}/{token}"


def read_value(value: str) -> tuple[Address, str] | None:
    """The interview and the token of a button, none when it is not one of ours."""
    match = re.fullmatch(r"([0-9a-f-]{36})/([0-9]{1,4})/([a-z0-9-]{1,60})/(.{1,1000})", value)
    if match is None:
        return None
    try:
        return Address(UUID(match[1]), int(match[2]), match[3]), match[4]
    except ValueError:
        return None


def messages(prompt: Prompt, address: Address) -> list[dict[str, Any]]:
    """A prompt as the text and blocks of one message, or of several when it is very long.

    Nothing is cut; the buttons stand under the last.
    """
    text = inert(prompt.text).strip()
    if prompt.kind == "who-sees":
        with speaking(prompt.language):
            text = f"{text}\n{phrases.slack_notice()}"
    headings = frozenset(map(inert, prompt.headings))
    parts = [said(part, headings) for part in split(text, MOST_TEXT - SPARE)]
    parts[-1]["blocks"] += buttons(prompt.chat_choices, address)
    return parts


def said(text: str, headings: AbstractSet[str] = frozenset()) -> dict[str, Any]:
    """Words that fit into one message, as its text and blocks.

    Args:
        headings: the lines that stand as a heading of what follows them.
    """
    return {"text": escape(text), "blocks": [*_headed(text, headings)]}


def _headed(text: str, headings: AbstractSet[str]) -> Iterator[dict[str, Any]]:
    """Text as sections with headings between; a heading that is too long is a section itself."""
    heads = {line for line in headings if size(line) <= MOST_HEADER}
    for is_heading, lines in groupby(text.split("\n"), key=heads.__contains__):
        if is_heading:
            yield from map(header, lines)
        elif words := "\n".join(lines).strip():
            yield from sections(words)


def unadorned(message: dict[str, Any]) -> list[dict[str, Any]]:
    """A message in plain text, in parts that any limit of Slack leaves room for."""
    text = unescape(str(message["text"]))
    return [{"text": escape(part)} for part in split(text, MOST_SECTION - SPARE)]


def inert(text: str) -> str:
    """Text without the control characters that Slack refuses."""
    return CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def sections(text: str) -> list[dict[str, Any]]:
    """Text as plain sections, each within Slack's size."""
    return [{"type": "section", "text": plain(p)} for p in split(text, MOST_SECTION - SPARE)]


def header(text: str) -> dict[str, Any]:
    """A heading above what belongs together, which screen readers can jump to."""
    return {"type": "header", "text": plain(_short(inert(text), MOST_HEADER))}


def buttons(
    choices: Sequence[Choice], address: Address, first: int = 0, kind: str = BUTTON
) -> list[dict[str, Any]]:
    """Choices as rows of buttons.

    Args:
        first: the number of the first button, where a view has others before it.
        kind: how their action ids begin, unless one opens a window.
    """
    elements = [
        _button(f"{OPENS if choice.token.startswith('write:') else kind}{number}", choice, address)
        for number, choice in enumerate(choices, start=first)
    ]
    rows = (elements[n : n + MOST_ACTIONS] for n in range(0, len(elements), MOST_ACTIONS))
    return [{"type": "actions", "elements": row} for row in rows]


def _button(action: str, choice: Choice, address: Address) -> dict[str, Any]:
    label = _short(CONTROL.sub("", choice.label), MOST_LABEL)
    button = {
        "type": "button",
        "text": plain(label),
        "action_id": action,
        "value": address.value(choice.token),
        "accessibility_label": label,
    }
    return button if choice.style == "plain" else {**button, "style": choice.style}


def plain(text: str) -> dict[str, Any]:
    """Text that Slack shows as it is: no mention, no link, no emoji made of words."""
    return {"type": "plain_text", "text": text, "emoji": False}


def split(text: str, most: int) -> Iterator[str]:
    """Cut text between lines, or else between words, into pieces that fit once they are escaped."""
    while _weight(text) > most:
        end = _fitting(text, most)
        line, space = text.rfind("\n", 1, end), text.rfind(" ", 1, end)
        end = next((at for at in (line, space) if at > end // 2), end)
        yield text[:end].strip() or "…"
        text = text[end:].strip()
    yield text or "…"


def _fitting(text: str, most: int) -> int:
    """How many characters of a text fit."""
    lengths = range(len(text) + 1)
    return bisect_right(lengths, most, key=lambda length: _weight(text[:length])) - 1


def _weight(text: str) -> int:
    return size(escape(text))


def _short(label: str, most: int) -> str:
    """A label that fits on a button; the full words stand in the question."""
    while size(label) > most:
        cut = label.removesuffix("…")[: min(len(label) - 2, most - 1)]
        words = cut.rpartition(" ")[0]
        label = (words if len(words) > most // 2 else cut).rstrip() + "…"
    return label or "…"
