"""Withdrawing in Slack after the close: a plain button under the receipt, until the sign-off."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.slack.edge import ITEMS, Place, slack
from support.slack.windows import home, labels

from bots.phrases.labels import AFTER_THE_CLOSE
from bots.slack.loopback.workspace import Message
from ehsg_events.commands import outcomes, rounds
from ehsg_events.interview.refusals import SIGNED_OFF


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """A closed round, in which one person in Slack has answered everything."""
    with slack(tmp_path) as place:
        place.begin()
        place.finish()
        rounds.close_round(place.log, place.stamp("close"), place.assessment)
        yield place


def receipt(place: Place) -> Message:
    """What stands in the chat since the close."""
    return place.newest()


def signed(place: Place) -> None:
    """The assessment is signed off."""
    for item in ITEMS:
        outcomes.moderate(place.log, place.stamp(item), place.assessment, item, "3", "Seen.")
    outcomes.sign_off(place.log, place.stamp("sign"), place.assessment, "SRO", "Jo")


def test_the_receipt_offers_withdrawing_in_two_steps_and_says_what_it_does(place: Place) -> None:
    """The first button is a plain one; only the second withdraws."""
    closed = receipt(place)
    assert AFTER_THE_CLOSE in closed.text
    (offered,) = closed.buttons
    assert (offered["text"]["text"], offered.get("style")) == ("Withdraw", None)
    place.person().click(closed, "Withdraw")
    asked = place.newest()
    assert AFTER_THE_CLOSE in asked.text
    assert not place.interview().withdrawn
    place.person().click(asked, "Yes, withdraw")
    assert place.interview().withdrawn
    assert "You have withdrawn." in place.newest().text


def test_once_signed_off_a_kept_button_is_refused_before_it_asks(place: Place) -> None:
    """Nobody is asked whether they are sure of what cannot be; the Home tab offers it no more."""
    closed = receipt(place)
    signed(place)
    place.outbox.deliver()
    place.person().click(closed, "Withdraw")
    assert place.newest().text == f"Sefton · {SIGNED_OFF}"
    assert not place.interview().withdrawn
    assert "Withdraw" not in labels(home(place, place.person()))
