"""What is no payload at all: whatever comes in, the next thing said is heard."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.slack.address import Door, door_of

from bots.slack.loopback.person import FORM, JSON


@pytest.fixture
def door(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Iterator[Door]:
    """An open round, with the first question on a person's screen."""
    with door_of(tmp_path, caplog) as door:
        yield door


def test_a_megabyte_of_words_is_refused_with_a_sentence(door: Door) -> None:
    """It is no answer to a question that wants a number."""
    with door.unmoved():
        assert door.me.event(door.words(text="zebra " * 170_000)).status == 200
    assert not door.place.interview().answers


def test_the_challenge_of_a_new_address_is_answered(door: Door) -> None:
    """Slack asks for it once, when the address is entered; it says nothing about anybody."""
    with door.unmoved():
        status = door.post(json.dumps({"type": "url_verification", "challenge": "abc"}))
    assert status == 200
    assert "abc" in getattr(status, "reply", "")


class Bytes(str):
    """A body that goes out as bytes which are no text."""

    __slots__ = ()

    def encode(self, encoding: str = "utf-8", errors: str = "strict") -> bytes:
        """Half of a letter, and then some."""
        return b"\xc3" + super().encode(encoding, errors)


@pytest.mark.parametrize("kind", [JSON, FORM])
def test_bytes_that_are_no_text_are_refused(door: Door, kind: str) -> None:
    """What is no UTF-8 cannot be what was signed."""
    with door.unmoved():
        assert door.place.carry(Bytes("zebra"), door.me.sign("\ufffdzebra", kind)) == 401


NOT_A_PAYLOAD = {
    "not JSON": "{zebra",
    "a list": '["zebra"]',
    "a word": '"zebra"',
    "deep JSON": '{"zebra":' * 50_000 + "1" + "}" * 50_000,
    "no payload": "zebra=1",
    "null bytes": "\0zebra\0",
    "nothing": "",
    "numbers for names": '{"type": 3, "event": [], "team_id": {"zebra": 1}}',
}


@pytest.mark.parametrize("kind", [JSON, FORM, "text/plain", "application/xml; zebra"])
def test_a_body_that_is_no_payload_is_recorded_nowhere(door: Door, kind: str) -> None:
    """Whatever type it claims to be; the next request is heard as if it had not been."""
    for name, body in NOT_A_PAYLOAD.items():
        with door.unmoved():
            assert door.post(body, kind) in (200, 400, 404, 500), name
    assert door.me.click(door.question, "answer:5.1:3").status == 200
    assert door.place.interview().answers["5.1"].score == 3
