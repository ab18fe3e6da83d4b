"""Whom a message does not reach is reached in another way, or stands on the coordinator's list."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support.mail.certificates import authority
from support.mail.imap_server import imap_server
from support.post_office import PANEL, PostOffice, Town, member, town
from support.processes import within

from bots.delivery.sender import Down, Impossible
from bots.mail.bounced import record_bounce
from bots.mail.letter import Letter
from bots.mail.returns.following import following
from bots.mail.returns.settings import Settings
from bots.messages.promise import Promise
from bots.messages.reminded import reminded
from bots.operations.writable import writable
from ehsg_events.commands import panel, rounds, telling
from ehsg_events.commands.panel import Correction
from ehsg_events.events import MessageFailed
from ehsg_events.log.log import Log
from ehsg_events.states.streams import message_stream
from ehsg_events.values.address import WRITABLE
from projections.collecting.nudges import nudges
from projections.facts.view import view_at

CASES, CASE = Path(__file__).parent / "returned", "5b1c1c0e-6c5f-5d0a-9a0e-2f6f0a4f7c11"
LINK = [("police-1", "link")]


@pytest.fixture
def place(tmp_path: Path) -> Town:
    """Three people: one reached by letter, one in Slack with an address, one by hand."""
    return town(tmp_path / "data")


def by_hand(place: Town) -> list[tuple[str, str]]:
    """What the coordinator is to tell herself; Di, who has no address, left out."""
    found = telling.by_hand(place.log, place.assessment, place.clock(), WRITABLE)
    return [(one.person, one.of) for one in found if one.person != "school-1"]


def test_a_refused_address_is_on_the_list_and_a_corrected_one_takes_it_off(place: Town) -> None:
    """Exactly this person is listed; the open letter goes out once, with the same link."""
    place.office.before = [Impossible("550 5.1.1")]
    place.delivered()
    place.advances(hours=1)
    assert by_hand(place) == LINK
    new = Correction(email="ada.quill@police.example.org")
    panel.correct(place.log, place.stamp("new"), place.assessment, "police-1", new)
    letters = [one for one in place.delivered() if not one.to.startswith("lea")]
    assert [one.to for one in letters] == ["ada.quill@police.example.org"]
    place.advances(hours=1)
    assert by_hand(place) == []


def test_a_letter_that_came_back_is_one_that_failed(place: Town) -> None:
    """However often it is reported, it is recorded once; the code names nobody."""
    (letter,) = place.delivered()
    assert [record_bounce(place.log, letter.id, "5.1.1", place.clock()) for _ in range(3)] == [
        True
    ] * 3
    assert len(place.facts("MessageBounced")) == 1
    place.advances(hours=1)
    assert by_hand(place) == LINK


def test_what_comes_back_from_an_address_that_was_corrected_says_nothing_of_the_new_one(
    place: Town,
) -> None:
    """A mail server may try for days; the person was written to at the right address meanwhile."""
    (old,) = place.delivered()
    new = Correction(email="ada.quill@police.example.org")
    panel.correct(place.log, place.stamp("new"), place.assessment, "police-1", new)
    (again,) = place.delivered()
    record_bounce(place.log, old.id, "5.1.1", place.clock())
    place.advances(hours=1)
    assert by_hand(place) == []
    record_bounce(place.log, again.id, "5.1.1", place.clock())
    place.advances(hours=1)
    assert by_hand(place) == LINK


def escalated(place: Town) -> None:
    """Days go by until stand-ins are told."""
    while not place.facts("Escalated"):
        place.advances(days=1)


LAST: dict[str, Callable[[Town], object]] = {  # what ends in a letter
    "stand-in": escalated,
    "close": lambda place: rounds.close_round(place.log, place.stamp("close"), place.assessment),
}


@pytest.mark.parametrize("of", LAST)
@pytest.mark.parametrize("comes_back", [False, True], ids=["refused at once", "came back"])
def test_whatever_a_letter_said_in_vain_waits_for_the_coordinator(
    place: Town, of: str, comes_back: bool
) -> None:
    """Most mail servers take a letter first, and send it back later: that is no other fault."""
    place.delivered()
    if of == "close":
        place.finishes("police-1")
    place.delivered()
    LAST[of](place)
    place.office.before = [] if comes_back else [Impossible("550 5.1.1")] * 9
    for letter in place.delivered():
        record_bounce(place.log, letter.id, "5.1.1", place.clock())
    assert ("police-1", of) in by_hand(place)


def test_a_reminder_that_came_back_reminded_nobody(place: Town) -> None:
    """On the coordinator's list of nudges as on the page of whoever was to be reminded."""
    place.delivered()
    place.advances(days=3, hours=3)
    for letter in place.delivered():
        record_bounce(place.log, letter.id, "5.1.1", place.clock())
    listed = nudges(view_at(place.log, place.assessment), "police-1")
    theirs = reminded(place.log, place.assessment, 1, "police-1").nudges
    assert [one.fate for one in listed if one.kind == "reminder"] == ["failed"]
    assert [one.fate for one in theirs] == ["failed"]


def test_who_needs_a_link_by_hand_needs_it_until_they_have_it(place: Town) -> None:
    """That a mail server takes the next letter, or one to whoever stands in, gives them none."""
    (letter,) = place.delivered()
    record_bounce(place.log, letter.id, "5.1.1", place.clock())
    place.advances(hours=1)
    assert by_hand(place) == LINK
    told: set[str] = set()
    while not {"ada@police.example.org", "max@police.example.org"} <= told:
        place.advances(days=1)
        told |= {one.to for one in place.delivered()}
    assert by_hand(place) == LINK


class Particular(PostOffice):
    """A relay that says of one address what it would say if it took nothing from us."""

    tried = 0

    def post(self, person: str, promise: Promise, content: Letter, *, look: bool) -> str:
        if person == PANEL[0].email:
            self.tried += 1
            raise Down("550 5.7.1", refuses_us=True)
        return super().post(person, promise, content, look=look)


def test_whom_a_relay_takes_nothing_for_is_tried_ever_more_seldom(tmp_path: Path) -> None:
    """Everybody else gets their letters, and the coordinator hears of this one the next day."""
    office = Particular()
    place = Town(Log(tmp_path / "data"), office=office)
    place.open((PANEL[0], *(member(f"P {n}", f"Agency{n}", email=f"p{n}@x.org") for n in "abc")))
    for _ in range(24 * 60):
        place.outbox.deliver()
        place.clock.on(minutes=1)
    assert [one.to for one in office.taken] == ["pa@x.org", "pb@x.org", "pc@x.org"]
    assert 20 < office.tried < 40
    place.advances(hours=1)
    assert by_hand(place) == LINK


def test_what_is_none_of_our_letters_is_not_recorded(place: Town) -> None:
    """Nor is one that was never taken."""
    place.office.before = [Impossible("550 5.1.1")]
    place.delivered()
    failed = [one for one in place.log.all() if isinstance(one.fact, MessageFailed)]
    for unknown in (place.assessment, failed[0].stream.id):
        assert not record_bounce(place.log, unknown, "5.1.1", place.clock())
    assert place.facts("MessageBounced") == []


def test_whom_slack_cannot_reach_is_written_to_by_letter(place: Town) -> None:
    """Without the coordinator's hand: the notice goes to the address that is known."""
    place.delivered()
    failed = MessageFailed(to="health-1", reason="user_not_found")
    stream = message_stream(place.assessment, "round 1/health-1/notice")
    place.log.record(place.stamp("failed", "outbox"), lambda tx: tx.decide(stream, failed))
    place.advances(hours=1)
    assert [one.to for one in place.delivered()] == [PANEL[1].email]
    assert by_hand(place) == []
    assert place.facts("SurfaceFellBack") == []


@pytest.mark.parametrize(
    ("environment", "surfaces"),
    [
        ({}, set()),
        ({"SLACK_BOT_TOKEN": "x"}, {"slack"}),
        ({"EHSG_MAIL_URL": "smtp://relay"}, {"mail"}),
        ({"EHSG_NOTIFY_KEY_FILE": "key", "SLACK_BOT_TOKEN_FILE": "x"}, {"slack", "mail"}),
        ({"EHSG_MAIL_URL": ""}, set()),
    ],
)
def test_people_are_written_to_where_a_sender_is_set_up(
    environment: dict[str, str], surfaces: set[str]
) -> None:
    """Anybody else is told by hand."""
    assert writable(environment) == surfaces


def test_what_lies_in_the_mailbox_is_recorded_while_letters_are_served(
    place: Town, tmp_path: Path
) -> None:
    """Once, though it is looked at again and again; a mailbox out of reach is said once."""
    (letter,) = place.delivered()
    returned = (CASES / "postfix.eml").read_bytes().replace(CASE.encode(), str(letter.id).encode())
    vouching, said = authority(tmp_path), list[str]()
    with imap_server(vouching.context()) as server:
        server.deliver(returned)
        settings = Settings(
            "127.0.0.1", server.user, "testham.example", server.password, port=server.port,
            ca_file=vouching.trusted,
        )  # fmt: skip
        with following(place.log, settings, said.append, every=0.05):
            assert within(30, lambda: place.facts("MessageBounced"))
    with following(place.log, settings, said.append, every=0.05):
        assert within(30, lambda: said)
        assert not within(0.5, lambda: len(said) > 1)
    assert len(place.facts("MessageBounced")) == 1
