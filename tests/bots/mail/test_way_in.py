"""A way in by e-mail: one letter with a link that stands nowhere else, or a reason why there is none."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from support.post_office import LEASE, WEB, Town, town

from bots.delivery.sender import Down, Unsure
from bots.mail.letter import Letter
from bots.messages.owed import WAITED_FOR
from ehsg_events.commands import people, sign_in
from ehsg_events.commands.people import Contact
from ehsg_events.commands.sign_in import LINK_LASTS, Person, SignInIndex
from ehsg_events.events import MessageClaimed, SignInOffered
from ehsg_events.log.log import Log
from ehsg_events.log.mapper import PlainMapper

LEA = "lea.north@council.example.org"
MOMENT = timedelta(microseconds=1)


@pytest.fixture
def place(tmp_path: Path) -> Town:
    """An area with one coordinator, whose other letters are out of the way."""
    one = town(tmp_path / "data")
    one.delivered()
    return one


def ask(place: Town, typed: str = LEA) -> None:
    """Somebody types an address on the page."""
    sign_in.ask(place.log, place.stamp(f"ask {place.log.store.last_position()}"), typed)


def token(letter: Letter) -> str:
    """The secret end of a letter's link."""
    assert letter.link is not None
    assert letter.link.url.startswith(WEB.sign_in(""))
    return letter.link.url.rpartition("/")[2]


def opens_for(place: Town, link: str) -> Person | None:
    """Whom a link would sign in."""
    return SignInIndex(place.log).whose_link(link, place.clock())


def test_whoever_asks_is_sent_a_link_that_signs_them_in(place: Town) -> None:
    """Once, within a day, as the letter says."""
    ask(place)
    (letter,) = place.delivered()
    mine = Person(place.assessment, "coordinator-1")
    assert letter.to == LEA
    assert (letter.subject, letter.greeting) == ("Your way in to Sefton", "Hello Lea.")
    assert "until 10am on Tuesday 8 September 2026" in letter.paragraphs[0]
    assert opens_for(place, token(letter)) == mine
    sign_in.enter(place.log, place.stamp("enter"), mine, token(letter))
    assert opens_for(place, token(letter)) is None


def test_it_is_a_letter_that_was_asked_for_and_follows_none(place: Town) -> None:
    """No thread, nothing for a calendar, no reminders to stop, and nobody who reads answers."""
    ask(place)
    (letter,) = place.delivered()
    assert letter.automatic is False
    assert (letter.thread, letter.reply_to, letter.stop, letter.entry) == (None,) * 4


def test_a_reader_is_sent_one_as_well(place: Town) -> None:
    """Auditors and the board have no other letters."""
    rae = "rae.reed@county.example.org"
    people.name_reader(place.log, place.stamp("rae"), place.assessment, "Rae Reed", "board", rae)
    ask(place, rae)
    (letter,) = place.delivered()
    assert letter.to == rae
    assert opens_for(place, token(letter)) == Person(place.assessment, "reader-1")


def test_the_letter_goes_to_the_address_that_is_kept(place: Town) -> None:
    """Not to the one that was typed, and to the newest if it changed meanwhile."""
    ask(place, LEA.upper())
    contact = Contact(email="lea@county.example.org")
    people.change_contact(place.log, place.stamp("new"), place.assessment, "coordinator-1", contact)
    assert [letter.to for letter in place.delivered()] == ["lea@county.example.org"]


def test_the_link_stands_in_the_letter_and_nowhere_else(place: Town) -> None:
    """Neither on the log nor in any file of the data folder."""
    ask(place)
    (letter,) = place.delivered()
    plain = PlainMapper()
    facts = b"".join(plain.to_stored_event(fact).state for fact in place.log.all())
    files = [one.read_bytes() for one in place.log.folder.rglob("*") if one.is_file()]
    assert files
    assert not any(token(letter).encode() in content for content in (facts, *files))


def test_the_claim_and_the_offer_are_one_transaction(place: Town) -> None:
    """No link stands of which no letter was about to be sent."""
    ask(place)
    before = place.log.store.last_position()
    place.delivered()
    keys = {type(one.fact): one.stamp.key for one in reversed(list(place.log.all(before)))}
    assert keys[SignInOffered] == keys[MessageClaimed]


def test_of_two_that_wait_only_the_newer_is_sent(place: Town) -> None:
    """Its link would take the place of the other's anyway."""
    ask(place)
    place.clock.on(minutes=1)
    ask(place)
    (letter,) = place.delivered()
    assert letter.at == place.clock()
    assert place.withheld()[-1] == "overtaken"
    assert opens_for(place, token(letter))


def test_one_after_another_each_is_sent_and_the_newest_opens(place: Town) -> None:
    """Whoever asks again has two letters."""
    ask(place)
    (first,) = place.delivered()
    ask(place)
    (second,) = place.delivered()
    assert (opens_for(place, token(first)), bool(opens_for(place, token(second)))) == (None, True)


@pytest.mark.parametrize(("late", "sent"), [(WAITED_FOR - MOMENT, 1), (WAITED_FOR, 0)])
def test_what_comes_too_late_is_not_sent(place: Town, late: timedelta, sent: int) -> None:
    """Nobody waits for it any more, and a link that nobody expects looks like a fraud."""
    ask(place)
    place.clock.now += late
    assert len(place.delivered()) == sent
    assert (place.withheld()[-1] == "too late") is not bool(sent)


def test_whoever_is_named_no_more_is_sent_nothing(place: Town) -> None:
    """Though they asked while they were."""
    ask(place)
    people.remove_coordinator(place.log, place.stamp("go"), place.assessment, "coordinator-1")
    assert place.delivered() == []
    assert place.withheld()[-1] == "named no more"
    assert place.facts("SignInOffered") == []


@pytest.mark.parametrize("killed", [False, True])
def test_one_in_doubt_is_not_sent_again_and_its_link_still_opens(
    place: Town, *, killed: bool
) -> None:
    """It may have arrived; a second one would close what the first one opens."""
    ask(place)
    place.office.after = [KeyboardInterrupt() if killed else Unsure()]
    try:
        place.outbox.deliver()
    except KeyboardInterrupt:
        place.restart()
    letter = place.office.taken[-1]
    place.clock.now += LEASE
    assert place.delivered() == []
    assert len(place.facts("MessageUncertain")) == 1
    assert opens_for(place, token(letter))
    assert len(place.facts("SignInOffered")) == 1


def test_what_was_certainly_not_sent_is_sent_once_the_server_answers(place: Town) -> None:
    """With the link that stands then."""
    ask(place)
    place.office.before = [Down("no answer")]
    assert place.delivered() == []
    place.clock.on(minutes=5)
    (letter,) = place.delivered()
    assert opens_for(place, token(letter))


def test_an_outage_that_is_over_too_late_sends_nothing(place: Town) -> None:
    """Also to whom it was tried before."""
    ask(place)
    place.office.before = [Down("no answer")]
    place.delivered()
    place.clock.now += WAITED_FOR
    assert place.delivered() == []
    assert place.withheld()[-1] == "too late"


def test_who_asks_before_any_round_was_opened_is_sent_one(tmp_path: Path) -> None:
    """A coordinator signs in to open the first: the message belongs to no round."""
    place = Town(Log(tmp_path / "data"))
    place.open_without_a_round()
    ask(place)
    (letter,) = place.delivered()
    assert opens_for(place, token(letter)) == Person(place.assessment, "coordinator-1")
    place.clock.now += LINK_LASTS
    assert opens_for(place, token(letter)) is None
