"""Messages that hold no typed text: forwarded ones, and ones made of blocks. None is met by silence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from support.slack.edge import Place, slack
from support.slack.late import press

from bots.slack.loopback.person import Person

SHARED = {
    "is_share": True,
    "text": "Parents told us that they were asked.",
    "fallback": "[June 1st] Bo: Parents told us that they were asked.",
    "author_name": "Bo Hill",
    "channel_name": "early-help",
}
RICH = {
    "type": "rich_text",
    "elements": [
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "text", "text": "We ask every family, see "},
                {"type": "link", "url": "https://example.org/minutes"},
            ],
        }
    ],
}


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """Somebody whom 5.1 asks for words."""
    with slack(tmp_path) as place:
        place.begin()
        press(place, "answer:5.1:3")
        yield place


def send(me: Person, **event: Any) -> None:
    """Send a message without typed text."""
    base = {"type": "message", "user": me.name, "user_team": me.team, "text": ""}
    where = {"ts": me.workspace.next_ts(), "channel": me.channel, "channel_type": "im"}
    assert me.event({**base, **where, **event}).status == 200


def origins(place: Place) -> list[str | None]:
    """Where the notes are from."""
    notes = place.interview().notes.values()
    return [place.log.text(n.evidence.origin) for n in notes if n.evidence and n.evidence.origin]


def test_a_forwarded_message_is_kept_with_its_origin(place: Place) -> None:
    """As evidence, under the question that stands."""
    send(place.person(), attachments=[SHARED])
    assert place.words() == ["Parents told us that they were asked."]
    assert origins(place) == ["forwarded in Slack: Bo Hill in early-help"]


def test_own_words_stand_above_what_was_forwarded_with_them(place: Place) -> None:
    """Both are kept, in one note."""
    send(place.person(), text="This shows it:", attachments=[SHARED])
    assert place.words() == ["This shows it:\nParents told us that they were asked."]


def test_what_was_forwarded_is_never_a_command(place: Place) -> None:
    """Somebody else's message that says next is somebody else's word."""
    send(place.person(), attachments=[{**SHARED, "text": "next"}])
    assert place.words() == ["next"]


def test_a_message_of_blocks_alone_is_read(place: Place) -> None:
    """Its words in order, with the links in them."""
    send(place.person(), blocks=[RICH])
    assert place.words() == ["We ask every family, see https://example.org/minutes"]


@pytest.mark.parametrize(
    "event",
    [
        {},
        {"blocks": [{"type": "image", "image_url": "https://example.org/a.png"}]},
        {"attachments": [{"title": "A page"}]},
    ],
)
def test_a_message_that_cannot_be_read_is_answered(place: Place, event: Mapping[str, Any]) -> None:
    """Nothing of it is kept, and its person is told."""
    send(place.person(), **event)
    place.outbox.deliver()
    assert place.words() == []
    assert "I could not read anything in that message" in place.texts()[-1]


def test_forwarded_words_where_a_score_is_asked_are_refused_in_words(tmp_path: Path) -> None:
    """Nothing is met by silence."""
    with slack(tmp_path) as place:
        place.begin()
        send(place.person(), attachments=[SHARED])
        place.outbox.deliver()
        assert place.words() == []
        assert "I need your answer to 5.1 first" in place.texts()[-1]


def test_guards_look_at_what_was_forwarded(place: Place) -> None:
    """Whoever wrote it."""
    send(place.person(), attachments=[{**SHARED, "text": "Her NHS number is 943 476 5919."}])
    assert place.words() == []
    assert len(place.facts("WordsStopped")) == 1
