"""Windows to fill in: what Slack calls a modal, with boxes whose names come back with the words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bots.slack.block_kit.blocks import inert, plain, sections
from bots.slack.block_kit.sizes import MOST_INPUT_LABEL, MOST_OPTIONS, MOST_TYPED, size

Block = dict[str, Any]


def window(
    callback: str, about: str, title: str, submit: str, close: str, blocks: Sequence[Block]
) -> dict[str, Any]:
    """A window.

    Args:
        callback: which listener takes what is filled in.
        about: ids alone; Slack keeps it with the window.
        title: at most 24 characters, and so are `submit` and `close`.
    """
    return {
        "type": "modal",
        "callback_id": callback,
        "private_metadata": about,
        "title": plain(title),
        "submit": plain(submit),
        "close": plain(close),
        "blocks": list(blocks),
    }


def words(text: str) -> list[Block]:
    """Words to read."""
    return sections(inert(text))


def long_box(name: str, label: str, initial: str = "", hint: str = "") -> Block:
    """A box for words of any length that Slack takes."""
    return _text_box(name, label, initial, hint, most=MOST_TYPED, multiline=True)


def short_box(name: str, label: str, hint: str = "", most: int = 300) -> Block:
    """A box of one line, which may stay empty."""
    return _text_box(name, label, "", hint, most=most, multiline=False) | {"optional": True}


def day_box(name: str, label: str, *, optional: bool = False) -> Block:
    """A box for a day."""
    return _box(name, label, {"type": "datepicker"}) | {"optional": optional}


def choice_box(name: str, label: str, options: Sequence[tuple[str, str]]) -> Block:
    """A list to choose from, or not; each option is its label and its value."""
    shown = [{"text": plain(label), "value": value} for label, value in options[:MOST_OPTIONS]]
    return _box(name, label, {"type": "static_select", "options": shown}) | {"optional": True}


def _text_box(
    name: str, label: str, initial: str, hint: str, *, most: int, multiline: bool
) -> Block:
    element = {"type": "plain_text_input", "multiline": multiline, "max_length": most}
    if initial and size(initial) <= most:
        element["initial_value"] = initial
    return _box(name, label, element) | ({"hint": plain(hint)} if hint else {})


def _box(name: str, label: str, element: Block) -> Block:
    return {
        "type": "input",
        "block_id": name,
        "label": plain(label[:MOST_INPUT_LABEL]),
        "element": {**element, "action_id": name},
    }
