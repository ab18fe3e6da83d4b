"""The way in to the pages: a link opens once, within a day; a door stands for a working day."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path
from threading import Barrier, Thread
from uuid import UUID

import pytest
from support.area import CLOSES, OPENS, Area, words
from support.ehsg import ehsg, opened

from bots.web_settings import read_settings
from ehsg_events.commands import sign_in
from ehsg_events.commands.people import (
    Contact,
    change_contact,
    name_coordinator,
    name_reader,
    remove_coordinator,
    remove_reader,
)
from ehsg_events.commands.sign_in import (
    KEPT_OPEN,
    LINK_LASTS,
    SESSION_LASTS,
    Person,
    SignInIndex,
)
from ehsg_events.events import AssessmentSignedOff, SignInAsked
from ehsg_events.kernel import Refused
from ehsg_events.log.log import Log
from ehsg_events.rights import forgetting
from ehsg_events.states.streams import assessment_stream

MOMENT = timedelta(microseconds=1)


@pytest.fixture
def read(area: Area) -> Area:
    """An assessment with one reader, reader-1."""
    name_reader(area.log, area.stamp(), area.id, "Rae Reed", "board")
    return area


def offered(area: Area, person: str = "reader-1", at: datetime = OPENS) -> str:
    """A link for somebody."""
    return sign_in.offer(area.log, area.stamp(at), area.id, person)


def asked(area: Area, typed: str, at: datetime = OPENS) -> list[tuple[UUID, str]]:
    """For whom a link is asked for by what somebody typed, and in which assessments."""
    before = area.log.store.last_position()
    stamp = area.stamp(at, by="anybody", role="anybody")
    sign_in.ask(area.log, stamp, typed)
    facts = area.log.all(before, topics=(SignInAsked.TOPIC,))
    return [(one.stream.assessment, one.stream.stakeholder or "") for one in facts]


def entered(area: Area, link: str, at: datetime = OPENS, person: str = "reader-1") -> str:
    """The door that a link leaves open."""
    return sign_in.enter(area.log, area.stamp(at, by=person), Person(area.id, person), link)


def test_a_link_signs_in_whom_it_was_offered_to(read: Area) -> None:
    """And the door it leaves is theirs."""
    link, mine = offered(read), Person(read.id, "reader-1")
    assert SignInIndex(read.log).whose_link(link, OPENS) == mine
    assert SignInIndex(read.log).whose_session(entered(read, link), OPENS) == mine


def test_a_link_opens_once(read: Area) -> None:
    """Whoever comes second is refused, and nothing is recorded."""
    link = offered(read)
    entered(read, link)
    before = read.facts
    with pytest.raises(Refused, match="opens nothing"):
        entered(read, link)
    assert SignInIndex(read.log).whose_link(link, OPENS) is None
    assert read.facts == before


def test_of_several_who_use_a_link_at_once_one_is_let_in(read: Area) -> None:
    """Twice is a version conflict, whichever thread was faster."""
    link, gate = offered(read), Barrier(4)
    found: list[str] = []

    def knock() -> None:
        gate.wait()
        try:
            found.append(entered(read, link))
        except Refused:
            found.append("")

    knocking = [Thread(target=knock) for _ in range(4)]
    for one in knocking:
        one.start()
    for one in knocking:
        one.join()
    assert len([door for door in found if door]) == 1
    assert read.kinds().count("SignedIn") == 1


def test_a_link_that_nobody_used_is_over_after_a_day(read: Area) -> None:
    """It opens up to that moment, and no more from then on."""
    link, find = offered(read), SignInIndex(read.log)
    assert find.whose_link(link, OPENS + LINK_LASTS - MOMENT)
    assert find.whose_link(link, OPENS + LINK_LASTS) is None
    with pytest.raises(Refused, match="opens nothing"):
        entered(read, link, OPENS + LINK_LASTS)


def test_a_new_link_takes_the_place_of_the_one_before(read: Area) -> None:
    """A message that went astray opens nothing once another was asked for."""
    earlier, later = offered(read), offered(read)
    find = SignInIndex(read.log)
    assert (find.whose_link(earlier, OPENS), bool(find.whose_link(later, OPENS))) == (None, True)


def test_a_door_stands_for_a_working_day(read: Area) -> None:
    """Also for a server that begins again in between: it is on the log."""
    door = entered(read, offered(read))
    again = Log(read.log.folder)
    assert SignInIndex(again).whose_session(door, OPENS + SESSION_LASTS - MOMENT)
    assert SignInIndex(again).whose_session(door, OPENS + SESSION_LASTS) is None
    again.close()


def test_a_door_is_shut_by_signing_out_and_the_other_stays(read: Area) -> None:
    """Each device holds one of its own; shutting twice is once."""
    mine, other = entered(read, offered(read)), entered(read, offered(read))
    for _ in range(2):
        sign_in.leave(read.log, read.stamp(), Person(read.id, "reader-1"), mine)
    find = SignInIndex(read.log)
    assert (find.whose_session(mine, OPENS), bool(find.whose_session(other, OPENS))) == (None, True)
    assert read.kinds().count("SignedOut") == 1


def test_who_is_removed_is_out_at_once(read: Area) -> None:
    """Their door and a link not yet used open nothing any more, reader or coordinator."""
    name_coordinator(read.log, read.stamp(), read.id, "Jane Smith")
    find = SignInIndex(read.log)
    doors = [entered(read, offered(read, who), person=who) for who in ("reader-1", "coordinator-1")]
    link = offered(read)
    assert all(find.whose_session(door, OPENS) for door in doors)
    remove_reader(read.log, read.stamp(), read.id, "reader-1")
    remove_coordinator(read.log, read.stamp(), read.id, "coordinator-1")
    assert [find.whose_session(door, OPENS) for door in doors] == [None, None]
    with pytest.raises(Refused, match="opens nothing"):
        entered(read, link)


def test_the_log_holds_neither_link_nor_door(read: Area) -> None:
    """Whoever reads it can walk in nowhere."""
    link = offered(read)
    door = entered(read, link)
    files = [one.read_bytes() for one in read.log.folder.glob("log.sqlite*")]
    assert len(link) >= 43
    assert len(door) >= 43
    assert not any(secret.encode() in file for secret in (link, door) for file in files)


def test_nobody_else_is_offered_a_link(read: Area) -> None:
    """The refusal names those who are named."""
    with pytest.raises(Refused, match="Nobody coordinates or reads as police-1"):
        offered(read, "police-1")


def test_a_link_is_printed_once_at_the_command_line(tmp_path: Path) -> None:
    """It begins with the address people reach the pages by."""
    data = tmp_path / "data"
    opened(data)
    ehsg(data, "reader", "name", "--name", "Rae Reed", "--as", "auditor")
    ran = ehsg(data, "sign-in", "reader-1", "--json")
    assert ran.document["link"].startswith("http://127.0.0.1:8751/sign-in/")


@pytest.mark.parametrize(
    "address",
    ["http://early-help.example.gov.uk", "http://127.0.0.1.example.org", "http://10.0.0.7"],
)
def test_an_address_anybody_can_listen_at_signs_nobody_in(address: str) -> None:
    """The refusal says which setting to change."""
    with pytest.raises(Refused, match=f"EHSG_WEB_URL is {re.escape(address)}"):
        read_settings({"EHSG_WEB_URL": address}).refuse_unless_safe()


@pytest.mark.parametrize(
    "address", ["https://early-help.example.gov.uk", "http://127.0.0.1:8751", "http://[::1]:8751"]
)
def test_an_encrypted_line_or_ones_own_machine_will_do(address: str) -> None:
    """Nothing is refused."""
    read_settings({"EHSG_WEB_URL": address}).refuse_unless_safe()


RAE = "rae.reed@council.example.org"


@pytest.fixture
def written(read: Area) -> Area:
    """An assessment whose reader-2 has an address, and whose reader-1 has none."""
    name_reader(read.log, read.stamp(), read.id, "Rae Reed", "auditor", RAE)
    return read


@pytest.mark.parametrize(
    "typed",
    [
        RAE,
        "  rae.reed@council.example.org\n",
        "RAE.Reed@Council.Example.ORG",
        "Rae.reed@COUNCIL.example.org",
    ],
)
def test_whoever_has_the_address_is_asked_for_however_it_is_typed(
    written: Area, typed: str
) -> None:
    """Capitals and spaces are a telephone's, not a person's."""
    assert asked(written, typed) == [(written.id, "reader-2")]


@pytest.mark.parametrize(
    "typed",
    ["", " ", "rae", "@", "rae.reed@council.example.org, a@example.org", "x" * 10_240, "é" * 10_240,
     "a@" * 5_120, "rae.reed@council.example", "rae@council.example.org", "reader-2", "\0"],
)  # fmt: skip
def test_nobody_is_asked_for_by_anything_else(written: Area, typed: str) -> None:
    """Nothing is recorded, and nothing is said of it."""
    before = written.facts
    assert asked(written, typed) == []
    assert written.facts == before


def test_an_address_of_two_assessments_is_asked_for_in_both(written: Area) -> None:
    """A coordinator here and a reader there; each link opens one of them."""
    other = Area(written.log, UUID(int=8))
    other.open()
    name_coordinator(other.log, other.stamp(), other.id, "Rae Reed", Contact(email=RAE))
    assert asked(written, RAE) == [(written.id, "reader-2"), (other.id, "coordinator-1")]


def test_whoever_is_removed_or_forgotten_is_asked_for_no_more(written: Area) -> None:
    """Their address is nobody's here."""
    name_reader(written.log, written.stamp(), written.id, "Jo Fern", "board", "jo@example.org")
    for reader in ("reader-2", "reader-3"):
        remove_reader(written.log, written.stamp(), written.id, reader)
    forgetting.forget(written.log, written.stamp(), written.id, "reader-3", "by letter")
    assert (asked(written, RAE), asked(written, "jo@example.org")) == ([], [])


def test_whoever_has_a_new_address_is_asked_for_by_that_one_alone(written: Area) -> None:
    """What was kept before opens nothing."""
    new = Contact(email="rae@county.example.org")
    change_contact(written.log, written.stamp(), written.id, "reader-2", new)
    assert asked(written, RAE) == []
    assert asked(written, "rae@county.example.org") == [(written.id, "reader-2")]


def test_five_links_an_hour_are_sent_to_one_person(written: Area) -> None:
    """Somebody else may be asking for them; an hour later they can be asked for again."""
    minutes = (timedelta(minutes=10 * n) for n in range(8))
    asked_at = [bool(asked(written, RAE, OPENS + after)) for after in minutes]
    assert asked_at == [True] * 5 + [False, True, True]


def test_an_assessment_that_is_long_over_sends_no_link(written: Area) -> None:
    """A year after its last round ended; whoever runs the server can still give one."""
    written.open_round(deadline=CLOSES)
    assert asked(written, RAE, CLOSES + KEPT_OPEN - MOMENT)
    assert asked(written, RAE, CLOSES + KEPT_OPEN) == []


def test_one_that_was_signed_off_late_is_open_a_year_from_then(written: Area) -> None:
    """Its auditors come when it is signed."""
    signed = written.stamp(CLOSES + timedelta(days=300))
    fact = AssessmentSignedOff(signed_as="Director", name=words("Jo Quill"))
    written.log.record(signed, lambda tx: tx.decide(assessment_stream(written.id), fact))
    assert asked(written, RAE, CLOSES + KEPT_OPEN + timedelta(days=100))


def test_the_log_says_that_nobody_knows_who_asked(written: Area) -> None:
    """A pseudonym and no address; whoever typed it acted as anybody."""
    asked(written, RAE)
    fact = written.facts[-1]
    assert (fact.stamp.by, fact.stamp.role) == ("anybody", "anybody")
    assert fact.fact.model_dump() == {"asked_for": "reader-2"}
    files = [one.read_bytes() for one in written.log.folder.glob("log.sqlite*")]
    assert not any(RAE.encode() in file for file in files)


def test_a_link_that_was_made_already_is_not_shown_again(read: Area) -> None:
    """What a second attempt made up would open nothing."""
    stamp = read.stamp(key="pressed twice")
    link = sign_in.offer(read.log, stamp, read.id, "reader-1")
    with pytest.raises(Refused, match="shown only once"):
        sign_in.offer(read.log, stamp, read.id, "reader-1")
    assert SignInIndex(read.log).whose_link(link, OPENS)
