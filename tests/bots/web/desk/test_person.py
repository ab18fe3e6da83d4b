"""The page of one person: what they were told and what became of it, and the copy of what is kept."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from pathlib import Path

import httpx
import pytest
from support.area import Area
from support.story.states import AFTER, PANEL, DeskSite, desk_site
from support.web.desk import named, signed_in
from support.web.filling import boxes_of

from bots.messages.owed import name_of
from bots.phrases.pages import person as phrases
from bots.web.desk.downloads.own_copy import GIVEN_FOR
from ehsg_events.events import (
    MessageBounced,
    MessageClaimed,
    MessageDelivered,
    MessageFailed,
    MessageWithheld,
    SubjectAccessGiven,
    ToldByHand,
)
from ehsg_events.kernel import Fact
from ehsg_events.log.log import Log
from ehsg_events.log.transaction import Transaction
from ehsg_events.states.streams import message_stream, round_stream
from projections.collecting.told_to import told_to
from projections.facts.view import view_at

WHO = "police-1"
LATE = timedelta(minutes=1)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DeskSite]:
    """An assessment whose round is open."""
    with desk_site(tmp_path, "opened") as place:
        yield place


@pytest.fixture
def mine(desk: DeskSite) -> httpx.Client:
    """A coordinator's browser."""
    where = desk.areas["opened"].id
    return signed_in(desk, named(desk, "coordinator", where), where)


def record(area: Area, name: str, *facts: Fact) -> None:
    """Something becomes of a message."""

    def decide(tx: Transaction) -> None:
        tx.decide(message_stream(area.id, name), *facts)

    area.log.record(area.stamp(AFTER), decide)


def page(mine: httpx.Client, address: str) -> str:
    """A page in words."""
    return unescape(mine.get(f"/read/{address}").text)


# -- what they were told -----------------------------------------------------------------------------
def test_each_message_stands_there_with_what_became_of_it_last(
    desk: DeskSite, mine: httpx.Client
) -> None:
    """And what a coordinator told them herself; nothing that was told somebody else."""
    area = desk.areas["opened"]
    claimed = MessageClaimed(to=WHO, lease_until=AFTER)
    record(area, f"round 1/{WHO}/notice", claimed, MessageDelivered(to=WHO, reference="1"))
    record(area, f"round 1/{WHO}/reminder 7-days-before", MessageFailed(to=WHO, reason="550 no"))
    record(
        area,
        f"round 1/{WHO}/deadline 4",
        MessageWithheld(to=WHO, reason="the round is paused"),
    )
    record(
        area,
        f"round 1/{WHO}/as of version 6/deadline 6",
        MessageDelivered(to=WHO, reference="2"),
        MessageBounced(to=WHO, status="5.1.1"),
    )
    record(area, "round 1/health-1/notice", MessageFailed(to="health-1", reason="421 later"))

    def decide(tx: Transaction) -> None:
        told = ToldByHand(spoken_to=WHO, of="invitation", means="telephone")
        tx.decide(round_stream(area.id, 1), told)

    area.log.record(area.stamp(AFTER), decide)
    said = page(mine, f"people?person={WHO}")
    for what, became in (
        ("The invitation", "delivered"),
        ("A reminder", "not delivered: 550 no"),
        ("That the deadline has moved", "not sent: the round is paused"),
        ("That the deadline has moved", "came back: 5.1.1"),
        ("That they are invited", "told by a coordinator by telephone"),
    ):
        assert what in said
        assert became in said
    assert "421 later" not in said


def test_what_is_said_in_reply_to_an_interview_does_not_stand_there(
    desk: DeskSite, mine: httpx.Client
) -> None:
    """It would tell how much they have said, and when."""
    area = desk.areas["opened"]
    delivered = MessageDelivered(to=WHO, reference="1", shows="ask", asks_item="5.2")
    record(area, f"round 1/{WHO}/version 9", delivered)
    assert told_to(view_at(area.log, area.id), WHO) == []
    assert phrases.NOTHING_TOLD in page(mine, f"people?person={WHO}")


@pytest.mark.parametrize("version", [None, 6])
@pytest.mark.parametrize("what", [*phrases.SAID, "something new"])
def test_a_message_is_told_by_its_name_and_an_unknown_one_is_told_too(
    log: Log, what: str, version: int | None
) -> None:
    """As the name is given to it, also when it is given again."""
    area = Area(log)
    area.open(PANEL)
    name = name_of((area.id, 1, WHO), f"{what} 3", version)
    record(area, name, MessageDelivered(to=WHO, reference="1"))
    (told,) = told_to(view_at(area.log, area.id), WHO)
    assert phrases.what(told) == phrases.SAID.get(what, phrases.A_MESSAGE)
    assert told.round == 1


def test_what_waits_to_be_told_them_stands_on_their_page_alone(mine: httpx.Client) -> None:
    """Nobody can be written to here, so whoever has not begun is invited by hand."""
    waits = "is to be invited by you"
    assert waits in page(mine, "people?person=police-2")
    assert waits not in page(mine, f"people?person={WHO}")
    assert "police-3" not in page(mine, "people?person=police-2")


# -- the copy ----------------------------------------------------------------------------------------
def make(mine: httpx.Client) -> httpx.Response:
    """Press the button."""
    fields = boxes_of(mine.get(f"/read/copy?person={WHO}").text)
    return mine.post("/read/copy", data=fields)


def test_a_copy_is_recorded_by_a_press_and_taken_away_afterwards(
    desk: DeskSite, mine: httpx.Client
) -> None:
    """Once, however often it is taken; before that there is none."""
    assert mine.get(f"/read/download/copy-{WHO}.zip").status_code == 404
    before = len(desk.recorded)
    came = make(mine)
    assert (came.status_code, came.url.path) == (200, "/read/copy")
    assert [one.fact for one in desk.recorded[before:]] == [SubjectAccessGiven(given_to=WHO)]
    taken = mine.get(f"/read/download/copy-{WHO}.zip")
    assert "attachment" in taken.headers["content-disposition"]
    with zipfile.ZipFile(io.BytesIO(taken.content)) as unpacked:
        assert json.loads(unpacked.read("copy.json"))["about"] == WHO
    for form in phrases.KINDS:
        assert mine.get(f"/read/download/copy-{WHO}.{form}").status_code == 200
    assert len(desk.recorded) == before + 1


def test_nothing_said_in_an_open_round_is_in_it(mine: httpx.Client) -> None:
    """Whoever makes it may not see that yet, and is told so."""
    assert phrases.NOT_YET_SAID in page(mine, f"copy?person={WHO}")
    assert "Before you give it away" in unescape(make(mine).text), "it may be in what others wrote"
    kept = mine.get(f"/read/download/copy-{WHO}.json").json()
    assert "AnswerGiven" not in {one["what"] for one in kept["facts"]}


def test_a_copy_is_for_whoever_made_it_and_for_a_while(desk: DeskSite, mine: httpx.Client) -> None:
    """Another coordinator makes their own, and so does whoever comes back later."""
    make(mine)
    where = desk.areas["opened"].id
    other = signed_in(desk, named(desk, "coordinator", where), where)
    assert other.get(f"/read/download/copy-{WHO}.zip").status_code == 404
    auditor = signed_in(desk, named(desk, "auditor", where), where)
    assert auditor.get(f"/read/download/copy-{WHO}.zip").status_code == 404
    assert mine.get("/read/download/copy-health-1.zip").status_code == 404
    desk.clock.on(seconds=(GIVEN_FOR + LATE).total_seconds())
    assert mine.get(f"/read/download/copy-{WHO}.zip").status_code == 404


def test_a_coordinator_and_a_reader_are_given_theirs_too(
    desk: DeskSite, mine: httpx.Client
) -> None:
    """Names and addresses of theirs are kept as well."""
    reader = named(desk, "auditor", desk.areas["opened"].id)
    chooser = page(mine, "copy")
    for person in (WHO, "coordinator-1", reader):
        assert f'<option value="{person}"' in chooser
        fields = boxes_of(mine.get(f"/read/copy?person={person}").text)
        assert mine.post("/read/copy", data=fields).status_code == 200
        assert mine.get(f"/read/download/copy-{person}.json").json()["about"] == person


def test_nobody_else_is_known_by_that_id(mine: httpx.Client) -> None:
    """Neither shown nor recorded."""
    assert mine.get("/read/copy?person=nobody").status_code == 422
