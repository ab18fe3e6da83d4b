"""The Home tab as parts under each other, within what Slack takes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from bots import phrases
from bots.interview.talk import Choice
from bots.slack.block_kit.blocks import BUTTON, Address, buttons, header, inert, sections
from bots.slack.block_kit.sizes import MOST_VIEW_BLOCKS
from ehsg_events.language.catalogue import gettext as _


class Part(NamedTuple):
    """Words and the buttons under them: of one interview, or of a coordinator."""

    words: str
    choices: tuple[Choice, ...] = ()
    address: Address | None = None
    title: str = ""
    kind: str = BUTTON


def page(parts: Iterable[Part]) -> dict[str, Any]:
    """The Home view; parts that do not fit are left out at the end, and the view says so."""
    blocks: list[dict[str, Any]] = []
    count = 0
    for part in parts:
        more = _blocks(part, count)
        if len(blocks) + len(more) >= MOST_VIEW_BLOCKS:
            blocks += sections(_(phrases.HOME_MORE))
            break
        blocks += more
        count += len(part.choices)
    return {"type": "home", "blocks": blocks}


def _blocks(part: Part, first: int) -> list[dict[str, Any]]:
    heading = [header(part.title)] if part.title else []
    rows = buttons(part.choices, part.address, first, part.kind) if part.address else []
    return [*heading, *sections(inert(part.words)), *rows]
