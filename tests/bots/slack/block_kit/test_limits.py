"""What Slack refuses of views, windows and answers is refused before Slack does."""

from __future__ import annotations

from copy import deepcopy
from typing import Any
from uuid import UUID

import pytest

from bots.interview.talk import Choice
from bots.slack.block_kit.blocks import Address, buttons, header, said
from bots.slack.block_kit.limits import check_home, check_modal, check_reply
from bots.slack.block_kit.windows import choice_box, day_box, long_box, short_box, window, words

HERE = Address(UUID(int=0), 1, "police-1")
LABEL = {"type": "plain_text", "text": "x"}


def modal() -> dict[str, Any]:
    """A window with a box of every kind."""
    boxes = [
        long_box("words", "Your words", "as before", hint="All of them."),
        short_box("origin", "Where from?"),
        day_box("day", "Which day?"),
        choice_box("to", "To whom?", [("police-1: constable, Police", "police-1")]),
    ]
    return window("note", HERE.value("x"), "Title", "Keep", "Cancel", [*words("Hello."), *boxes])


def home() -> dict[str, Any]:
    """A Home tab with words and buttons."""
    rows = buttons((Choice("Go on", "resume"), Choice("Pause", "pause")), HERE)
    return {"type": "home", "blocks": [header("Early help"), *rows]}


def reply() -> dict[str, Any]:
    """An answer to a command."""
    return {"response_type": "ephemeral", **said("Reminded: police-1.")}


def errors() -> dict[str, Any]:
    """An answer to a window that stays open."""
    return {"response_action": "errors", "errors": {"words": "There is nothing here."}}


def spoilt(shape: dict[str, Any], path: str, value: object) -> dict[str, Any]:
    """A good shape with one place changed or, with `...`, taken out."""
    found = deepcopy(shape)
    place: Any = found
    *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    for step in way:
        place = place[step]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return found


def test_what_this_product_builds_has_no_fault() -> None:
    """Otherwise the refusals below would show nothing."""
    assert check_modal(modal()) == []
    assert check_home(home()) == []
    assert check_reply(reply()) == []
    assert check_reply(errors()) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("title.text", "x" * 25),
        ("submit.text", "x" * 25),
        ("close.text", "x" * 25),
        ("title.type", "mrkdwn"),
        ("submit", ...),
        ("callback_id", "x" * 256),
        ("callback_id", ...),
        ("private_metadata", "x" * 3001),
        ("blocks", []),
        ("blocks", words("x") * 101),
        ("blocks.0", {"type": "actions", "elements": []}),
        ("blocks.0", {"type": "header", "text": LABEL, "level": 1}),
        ("blocks.1.block_id", "origin"),
        ("blocks.1.block_id", ...),
        ("blocks.1.label.text", "x" * 2001),
        ("blocks.1.label.text", ""),
        ("blocks.1.hint.text", "x" * 2001),
        ("blocks.1.element.max_length", 3001),
        ("blocks.1.element.max_length", 0),
        ("blocks.1.element.max_length", 4),
        ("blocks.1.element.action_id", ...),
        ("blocks.1.element.placeholder", {**LABEL, "text": "x" * 151}),
        ("blocks.1.element.type", "rich_text_input"),
        ("blocks.3.element.initial_date", "soon"),
        ("blocks.4.element.options", []),
        ("blocks.4.element.options.0.text.text", "x" * 76),
        ("blocks.4.element.options.0.value", "x" * 76),
        ("blocks.4.element.options", [{"text": LABEL, "value": str(n)} for n in range(101)]),
        ("clear_on_close", True),
    ],
)
def test_a_window_that_slack_refuses_is_refused(path: str, value: object) -> None:
    """One fault each."""
    assert check_modal(spoilt(modal(), path, value))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("blocks.0.text.text", "x" * 151),
        ("blocks.0.text.type", "mrkdwn"),
        ("blocks.0", {"type": "input", "block_id": "x", "label": LABEL}),
        ("blocks.1.elements.1.action_id", "say-0"),
        ("blocks.1.elements.0.value", "x" * 2001),
        ("type", "modal"),
        ("callback_id", "x"),
    ],
)
def test_a_home_tab_that_slack_refuses_is_refused(path: str, value: object) -> None:
    """Two rows of buttons may not share an id either."""
    assert check_home(spoilt(home(), path, value))


@pytest.mark.parametrize(
    ("good", "path", "value"),
    [
        (reply(), "response_type", "in_channel"),
        (reply(), "response_type", ...),
        (reply(), "text", "<!channel>"),
        (reply(), "text", "Something else."),
        (reply(), "blocks", []),
        (reply(), "channel", "D1"),
        (errors(), "response_action", "clear"),
        (errors(), "errors", {}),
        (errors(), "errors.words", ""),
        (errors(), "errors.words", "x" * 3001),
    ],
)
def test_an_answer_that_slack_refuses_or_others_would_see_is_refused(
    good: dict[str, Any], path: str, value: object
) -> None:
    """Of a command, and of a window."""
    assert check_reply(spoilt(good, path, value))
