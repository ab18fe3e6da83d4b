"""What the coordinator has told somebody by a letter of her own is not sent to them again."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from support.post_office import ITEMS, WEB, Town, town

from bots.mail.by_hand.letters import Due, letters_by_hand
from ehsg_events.commands import panel, people, rounds, telling
from ehsg_events.commands.panel import NO_ADDRESS
from ehsg_events.commands.people import Contact
from ehsg_events.commands.telling import ByHand
from ehsg_events.commands.workshop import open_workshop
from ehsg_events.events import Means


@pytest.fixture
def place(tmp_path: Path) -> Town:
    """A round that is open, and nothing delivered yet: no sender was set up."""
    return town(tmp_path / "data")


def due(place: Town, key: str) -> Due:
    """The letters that wait for the coordinator while nothing is set up."""
    return letters_by_hand(place.log, place.stamp(key), place.assessment, (), WEB)


def sent(place: Town, key: str, means: Means = "e-mail") -> int:
    """The coordinator sends them all; how many of them were recorded."""
    told = [ByHand(one.person, one.of, means) for one in due(place, key).letters]
    stamp = place.stamp(f"sent {key}")
    return len(telling.all_told(place.log, stamp, place.assessment, told, ()))


def test_nothing_is_sent_twice_once_a_sender_is_set_up(place: Town) -> None:
    """Everybody has the invitation; what comes after it goes out as usual, with the same link."""
    (ada, *_), links = due(place, "before").letters, {}
    assert ada.letter.link is not None
    links["ada"] = ada.letter.link.url
    assert sent(place, "all") == 3
    assert place.delivered() == []
    assert place.withheld().count("told by hand") == 2  # the invitation, and who saw the link
    place.advances(days=3, hours=3)
    (reminder,) = place.delivered()
    assert reminder.link is not None
    assert reminder.link.url == links["ada"]


def test_who_was_told_by_telephone_is_still_sent_their_link(place: Town) -> None:
    """A call holds no link, so they are told that the coordinator saw theirs, too."""
    assert sent(place, "all", "telephone") == 3
    invited, shown = place.delivered()
    assert "2 questions for you" in invited.subject
    assert "your link was given out" in shown.subject


def test_the_letter_says_that_the_coordinator_has_seen_the_link(place: Town) -> None:
    """Whoever has it answers in their name; a stand-in's letter holds none."""
    for one in due(place, "all").letters:
        assert (
            one.letter.closing[0]
            == "Your coordinator sends you this letter, and has seen the link in it."
        )


def test_whoever_answers_her_letter_writes_to_her(place: Town) -> None:
    """Whether or not the log knows an address of hers: she sends it."""
    nowhere = Contact(email=NO_ADDRESS)
    people.change_contact(
        place.log, place.stamp("gone"), place.assessment, "coordinator-1", nowhere
    )
    for one in due(place, "all").letters:
        assert one.letter.reply_to == ""
        assert any("that goes to the coordinator" in each for each in one.letter.closing)


def test_what_was_decided_after_the_letter_goes_out(place: Town) -> None:
    """Only what waited then was told."""
    sent(place, "all")
    panel.release(place.log, place.stamp("go"), place.assessment, "police-1", "moved away")
    waits = [(one.person, one.of) for one in due(place, "later").letters]
    assert waits == [("police-1", "release")]


def test_letters_of_every_kind_are_written(place: Town) -> None:
    """Until the round is over, each at its time; a stand-in's has no link."""
    sent(place, "all")
    kinds: set[str] = set()
    for day in range(16):
        place.advances(days=1)
        for one in due(place, f"day {day}").letters:
            kinds.add(one.of)
            assert (one.letter.link is None) is (one.of == "stand-in")
            assert one.letter.stop is None
    assert {"reminder", "stand-in"} <= kinds
    assert "silence" not in kinds


def test_what_no_letter_says_is_said_beside_them(place: Town) -> None:
    """A workshop has a place and a time that the coordinator says herself."""
    place.finishes("police-1")
    rounds.close_round(place.log, place.stamp("close"), place.assessment)
    until = place.clock() + timedelta(days=9)
    open_workshop(place.log, place.stamp("room"), place.assessment, ITEMS, until)
    found = due(place, "then")
    assert found.letters == []
    assert found.notes == ["No letter says this: 3 people to be told of the workshop."]


def test_a_letter_after_the_close_asks_nothing(place: Town) -> None:
    """And has no deadline."""
    sent(place, "all")
    place.finishes("police-1")
    rounds.close_round(place.log, place.stamp("close"), place.assessment)
    (closed,) = due(place, "closed").letters
    assert (closed.person, closed.of, closed.deadline) == ("police-1", "close", "")
