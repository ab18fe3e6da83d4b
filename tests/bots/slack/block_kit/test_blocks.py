"""What is posted to Slack: inside its limits, inert, whole, and readable without the blocks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.slack.edge import Place, slack

from bots.interview.talk import Choice, Prompt
from bots.slack.block_kit.blocks import Address, messages, read_value, sections, split
from bots.slack.block_kit.limits import check, check_home
from bots.slack.block_kit.sizes import escape, size
from bots.slack.loopback.person import JSON
from bots.slack.payloads import as_typed
from ehsg_events.commands import rounds

HERE = Address(UUID(int=20), 1, "police-1")
HOSTILE = (
    "<!channel> <!here> <@U0POLICE> <https://evil.example|council> :skull: *bold* `code` & &amp; "
    "\N{RIGHT-TO-LEFT OVERRIDE}abc שלום \N{FAMILY} =1+1 \x00 @everyone "
)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """An open round."""
    with slack(tmp_path) as place:
        yield place


def good() -> dict[str, Any]:
    """A question as it is posted."""
    levels = tuple(Choice(f"{n} \N{EN DASH} Level", f"answer:5.1:{n}") for n in range(6))
    prompt = Prompt("question", "5.1 How far is this so?", levels)
    return {"channel": "D1", **messages(prompt, HERE)[0]}


def test_a_question_as_it_is_posted_has_no_fault() -> None:
    """Otherwise the refusals below would show nothing."""
    assert check(good()) == []


def spoil(path: str, value: object) -> dict[str, Any]:
    """The good message with one place changed; `+` at the end adds a key or an element."""
    message = deepcopy(good())
    place: Any = message
    *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    for step in way:
        place = place[step]
    place[last] = value
    return message


BUTTON = "blocks.1.elements.0"
TEXT = {"type": "plain_text", "text": "x"}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("blocks", []),
        ("blocks", [{"type": "section", "text": {**TEXT, "text": "How"}}] * 51),
        ("blocks.0", {"type": "unknown"}),
        ("blocks.0", {"type": "section"}),
        ("blocks.0.color", "red"),
        ("blocks.0.text.text", ""),
        ("blocks.0.text.text", "x" * 3001),
        ("blocks.0.text.text", "not in the text"),
        ("blocks.0.text.type", "mrkdwn"),
        ("blocks.0.block_id", "x" * 256),
        ("blocks.0", {"type": "header", "text": TEXT}),
        ("blocks.0", {"type": "context", "elements": [TEXT]}),
        ("blocks.1.elements", []),
        (f"{BUTTON}.text.text", "x" * 76),
        (f"{BUTTON}.text.text", "\N{SKULL}" * 38),
        (f"{BUTTON}.text.type", "mrkdwn"),
        (f"{BUTTON}.value", "x" * 2001),
        (f"{BUTTON}.action_id", "x" * 256),
        (f"{BUTTON}.action_id", "say-1"),
        (f"{BUTTON}.style", "warning"),
        (f"{BUTTON}.accessibility_label", "x" * 76),
        (f"{BUTTON}.url", "https://example.org"),
        ("text", ""),
        ("text", "x" * 4001),
        ("text", "5.1 How far is this so? <!channel>"),
        ("text", "5.1 How far is this so?\x00"),
        ("thread", "1.1"),
    ],
)
def test_what_slack_refuses_is_refused_before_slack_does(path: str, value: object) -> None:
    """One fault each, in a message that is otherwise good."""
    assert check(spoil(path, value))


def test_more_buttons_than_a_block_takes_are_refused() -> None:
    """And two blocks of the same id, and a Home view of too many blocks."""
    row = good()["blocks"][1]["elements"][0]
    many = [{**row, "action_id": f"say-{n}"} for n in range(26)]
    assert check(spoil("blocks.1.elements", many))
    twins = [{**block, "block_id": "same"} for block in good()["blocks"]]
    assert check(spoil("blocks", twins))
    assert check_home({"type": "home", "blocks": sections("x") * 101})
    assert not check_home({"type": "home", "blocks": sections("x") * 100})


@given(st.text(max_size=9000), st.lists(st.text(max_size=200), max_size=60))
def test_any_prompt_becomes_messages_that_slack_takes(text: str, labels: list[str]) -> None:
    """Whatever a guide or a person wrote, however many choices there are."""
    choices = tuple(Choice(label, f"change:{n}") for n, label in enumerate(labels))
    for message in messages(Prompt("review", text, choices), HERE):
        assert check({"channel": "D1", **message}) == []


@given(st.text(max_size=9000), st.integers(40, 3000))
def test_splitting_loses_nothing_but_space_between_the_pieces(text: str, most: int) -> None:
    """Long words are split where they must be; every letter is still there, in order."""
    pieces = list(split(text, most))
    assert all(size(escape(piece)) <= most for piece in pieces)
    whole = "".join(pieces) if text.strip() else ""
    assert re.sub(r"\s", "", whole) == re.sub(r"\s", "", text)


@pytest.mark.parametrize("value", ["", "x", "a/1/police-1/x", f"{UUID(int=1)}/1/../x", "/" * 9])
def test_a_button_value_that_is_not_ours_is_nothing(value: str) -> None:
    """No exception, no guess."""
    assert read_value(value) is None


def test_a_button_value_is_read_back() -> None:
    """The interview and the token."""
    assert read_value(HERE.value("answer:5.1:3")) == (HERE, "answer:5.1:3")


def test_hostile_words_are_inert_and_whole(place: Place) -> None:
    """In the receipt after the close: no mention, no link, nothing cut, the words as typed."""
    me = place.person()
    me.click(place.begin(), "answer:5.1:3")
    place.outbox.deliver()
    typed = HOSTILE * 60
    assert len(typed) > 6000
    me.type(typed)
    rounds.close_round(place.log, place.stamp("close"), place.assessment)
    place.newest()
    receipt = [message for message in me.inbox if "Recorded for you" in message.text]
    after = me.inbox[me.inbox.index(receipt[0]) :]
    assert len(after) > 1
    said = "".join(
        block["text"]["text"] for m in after for block in m.blocks if block["type"] == "section"
    )
    squeeze = re.compile(r"\s")
    expected = typed.strip().replace("\x00", "\N{REPLACEMENT CHARACTER}")
    assert squeeze.sub("", expected) in squeeze.sub("", said)
    everything = json.dumps([message.blocks for message in after])
    assert "mrkdwn" not in everything
    assert not any(mark in message.text for message in after for mark in "<>")
    assert place.words() == [typed]


@pytest.mark.parametrize(
    ("sent", "typed"),
    [
        ("a &lt;b&gt; &amp;amp;", "a <b> &amp;"),
        ("<https://a.example>", "https://a.example"),
        ("<http://a.example|a.example>", "http://a.example"),
        ("<https://a.example|the minutes>", "the minutes (https://a.example)"),
        ("<@U123ABC> said so", "@someone said so"),
        ("<!channel> and <#C1|general>", "@channel and #general"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
    ],
)
def test_words_are_kept_as_they_were_typed(sent: str, typed: str) -> None:
    """Slack's marks are undone, and a colleague's id does not become evidence."""
    assert as_typed(sent) == typed


def test_every_level_is_a_button_with_words_and_stands_in_the_text(place: Place) -> None:
    """Screen readers read the text only; nobody needs to see a colour."""
    question = place.begin()
    for button in question.buttons[:6]:
        number, _, word = button["text"]["text"].partition(" \N{EN DASH} ")
        assert f"{number} \N{EN DASH} {word}" in question.text


def test_a_request_without_a_payload_is_no_answer(place: Place) -> None:
    """Signed nonsense is answered, and nothing is recorded."""
    before = place.log.store.last_position()
    for body in ("{}", "[]", "null", "\x00", '{"type": "event_callback"}'):
        place.person().send(body, JSON)
    assert place.log.store.last_position() == before
