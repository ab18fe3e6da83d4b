"""The way in to the pages: a link opens once, within a day; a door stands for a working day."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
from support.area import OPENS, Area
from support.ehsg import ehsg, opened

from bots.web_settings import read_settings
from ehsg_events.commands import sign_in
from ehsg_events.commands.people import (
    name_coordinator,
    name_reader,
    remove_coordinator,
    remove_reader,
)
from ehsg_events.commands.sign_in import LINK_LASTS, SESSION_LASTS, Person, SignInIndex
from ehsg_events.kernel import Refused
from ehsg_events.log.log import Log

MOMENT = timedelta(microseconds=1)


@pytest.fixture
def read(area: Area) -> Area:
    """An assessment with one reader, reader-1."""
    name_reader(area.log, area.stamp(), area.id, "Rae Reed", "board")
    return area


def offered(area: Area, person: str = "reader-1", at: datetime = OPENS) -> str:
    """A link for somebody."""
    return sign_in.offer(area.log, area.stamp(at), area.id, person)


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
