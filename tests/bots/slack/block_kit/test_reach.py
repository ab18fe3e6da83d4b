"""How near each kind of message, window and view comes to what Slack takes: `docs/slack-limits.md`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from support.places import ROOT
from support.slack.reach import HERE, said, talks, windows

from bots.phrases.coordinator import help_for
from bots.slack.block_kit import blocks, sizes
from bots.slack.block_kit.limits import check, check_home, check_modal, check_reply
from bots.slack.block_kit.page import page
from bots.slack.coordinator.home import desk_parts, progress
from bots.slack.coordinator.windows import WINDOWS, desk_window
from bots.slack.directory import Coordinated
from bots.slack.home import standing
from ehsg_events.commands import assessments, rounds
from ehsg_events.commands.hand_over import Request
from ehsg_events.kernel import Stamp
from ehsg_events.log.log import Log
from ehsg_events.panel.member import Member
from ehsg_events.values.policy import Terms

DOC = ROOT / "docs" / "slack-limits.md"
LIMITS = {
    "text": sizes.MOST_TEXT,
    "blocks": sizes.MOST_BLOCKS,
    "section": sizes.MOST_SECTION,
    "header": sizes.MOST_HEADER,
    "buttons in a row": sizes.MOST_ACTIONS,
    "label": sizes.MOST_LABEL,
    "value": sizes.MOST_VALUE,
    "action id": sizes.MOST_ID,
    "title": sizes.MOST_TITLE,
    "metadata": sizes.MOST_METADATA,
    "box label": sizes.MOST_INPUT_LABEL,
    "words in a box": sizes.MOST_TYPED,
    "options": sizes.MOST_OPTIONS,
    "option": sizes.MOST_OPTION,
}
HEAD = """# What Slack takes, and how near each message comes

Measured by `tests/bots/slack/block_kit/test_reach.py` over everything the product can say in Slack: all guides in
all their languages, first and feedback rounds, a note of the area's own of 4,000 letters beside
every item, words and a file under every box, a panel of 120 people from 60 agencies. The figures
are the most that was met, in Slack's own units; a dash says that a kind has no such part. What is
longer than one message is split into several between lines or words, and nothing is cut; the buttons stand
under the last. The limits are those of Slack's Block Kit reference, except `text`: Slack takes
40,000 characters there, cuts above and recommends 4,000. A view may have 100 blocks.

A change that goes beyond a figure fails the test; `pytest tests/bots/slack/block_kit/test_reach.py --accept`
writes the page anew.
"""
Reach = dict[str, dict[str, int]]
AT = Stamp.model_validate(
    {"at": "2026-09-07T09:00:00Z", "by": "x", "role": "coordinator"}
    | {"surface": "command", "cause": "x", "key": "x"}
)


def test_nothing_reaches_further_than_the_page_says(
    request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """And nothing that is built is refused by the limits."""
    reach: Reach = defaultdict(lambda: defaultdict(int))
    for kind, shape in [*of_people(), *of_coordinators(tmp_path)]:
        for limit, size in measured(shape):
            reach[kind][limit] = max(reach[kind][limit], size)
    if request.config.getoption("--accept"):
        DOC.write_text(f"{HEAD}\n{table(reach)}\n")
    known = read(DOC.read_text())
    assert set(reach) == set(known)
    beyond = [
        (kind, limit, size, known[kind].get(limit, 0))
        for kind, sizes_ in reach.items()
        for limit, size in sizes_.items()
        if size > known[kind].get(limit, 0)
    ]
    assert not beyond


# -- everything that is built ----------------------------------------------------------------------
Shapes = Iterator[tuple[str, Mapping[str, Any]]]


def of_people() -> Shapes:
    """What people who are asked can be shown."""
    for talk in talks():
        for prompt in said(talk):
            for message in blocks.messages(prompt, HERE):
                assert check({"channel": "D1", **message}) == []
                yield prompt.kind, message
        for view in windows(talk):
            assert check_modal(view) == []
            yield "window: words", view
        view = page([standing(talk, HERE, rests=True)] * 60)
        assert check_home(view) == []
        yield "Home tab", view


def of_coordinators(folder: Path) -> Shapes:
    """What coordinators can be shown."""
    name, log = UUID(int=0), Log(folder)
    panel = [
        Member(
            f"person-{n}", "Name", f"{'An agency of some length' * 2} {n // 2}", "w", ("5.1",), None
        )
        for n in range(120)
    ]
    assessments.open_assessment(log, AT, name, "A" * 60, "ehsg-2022@1", panel, Terms())
    rounds.open_round(log, AT.model_copy(update={"key": "y"}), name, None)
    desk = Coordinated(name, "A" * 60, "coordinator-1")
    view = page(desk_parts(log, AT.at, desk))
    assert check_home(view) == []
    yield "Home tab of a coordinator", view
    state = log.assessment(name)
    asked = Request("person-1", panel[1].agency, "w", "words " * 1000, ("5.1",))
    for token in WINDOWS:
        view = desk_window(state, HERE, f"{token}:person-1", [asked])
        assert check_modal(view) == []
        yield f"window: {token}", view
    for text in (progress(log, AT.at, desk), help_for(["A" * 60] * 20)):
        first = next(blocks.split(text, sizes.MOST_TEXT - blocks.SPARE))
        answer = {"response_type": "ephemeral", **blocks.said(first)}
        assert check_reply(answer) == []
        yield "answer to /ehsg", answer
    log.close()


# -- measuring -------------------------------------------------------------------------------------
def measured(shape: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """Each limit that a message, a window or a view has to keep, and how far it reaches."""
    yield "blocks", len(shape["blocks"])
    if "text" in shape:
        yield "text", sizes.size(shape["text"])
    for name in ("title", "submit", "close"):
        if name in shape:
            yield "title", sizes.size(shape[name]["text"])
    if "private_metadata" in shape:
        yield "metadata", sizes.size(shape["private_metadata"])
    for block in shape["blocks"]:
        yield from _block(block)


def _block(block: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    if block["type"] in ("section", "header"):
        yield block["type"], sizes.size(block["text"]["text"])
    for button in block.get("elements", ()):
        yield "buttons in a row", len(block["elements"])
        yield "label", sizes.size(button["text"]["text"])
        yield "value", sizes.size(button["value"])
        yield "action id", sizes.size(button["action_id"])
    if block["type"] == "input":
        yield from _box(block)


def _box(box: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    yield "box label", sizes.size(box["label"]["text"])
    yield "box label", sizes.size(box.get("hint", {}).get("text", ""))
    element = box["element"]
    if "max_length" in element:
        yield "words in a box", element["max_length"]
    for option in element.get("options", ()):
        yield "options", len(element["options"])
        yield "option", max(sizes.size(option["text"]["text"]), sizes.size(option["value"]))


# -- the page --------------------------------------------------------------------------------------
def table(reach: Reach) -> str:
    """The figures as a table, a kind a row."""
    head = ["", *(f"{limit} ({most:,})" for limit, most in LIMITS.items())]
    rows = [[kind, *(_figure(reach[kind], limit) for limit in LIMITS)] for kind in sorted(reach)]
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in lines)


def _figure(sizes_: Mapping[str, int], limit: str) -> str:
    return f"{sizes_[limit]:,}" if limit in sizes_ else "–"


def read(page_: str) -> Reach:
    """The figures of the page."""
    rows = [line.strip("| ").split(" | ") for line in page_.splitlines() if line.startswith("| ")]
    names = [re.sub(r" \([\d,]+\)$", "", cell.strip()) for cell in rows[0]][-len(LIMITS) :]
    return {
        row[0].strip(): {
            name: int(cell.replace(",", ""))
            for name, cell in zip(names, row[1:], strict=True)
            if cell.strip() != "–"
        }
        for row in rows[2:]
    }
