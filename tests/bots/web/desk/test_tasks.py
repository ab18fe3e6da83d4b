"""The first page of whoever runs an assessment: what is to be done, and what the state of it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from html import unescape
from pathlib import Path

import pytest
from support.story.states import AFTER, PANEL, DeskSite, Told, desk_site
from support.story.states import STATES as EVERY_STATE
from support.web.desk import named, signed_in

from bots.phrases.pages import hubs as phrases
from bots.phrases.pages.forms import settling
from bots.phrases.pages.rehearsal import REHEARSAL
from ehsg_events.commands import rounds

MAIL = {"EHSG_MAIL_URL": "smtp://127.0.0.1:9", "EHSG_MAIL_FROM": "desk@council.example.org"}


def again(area: Told) -> None:
    """The panel agrees on one of two, and a second round is to ask the other again."""
    area.open(PANEL)
    area.open_round()
    for member, first, second in zip(PANEL, "2223332", "0005555", strict=True):
        area.answer(member.id, "5.1", first)
        area.answer(member.id, "5.2", second)
    rounds.close_round(area.log, area.stamp(AFTER), area.id)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[DeskSite]:
    """An assessment at its beginning, one between two rounds, and one that is signed."""
    monkeypatch.setitem(EVERY_STATE, "again", again)
    with desk_site(tmp_path, "prepared", "again", "signed_off") as one:
        yield one


def page(place: DeskSite, state: str, name: str = "tasks") -> str:
    """A page of an assessment, as its coordinator sees it."""
    where = place.areas[state].id
    with closing(signed_in(place, named(place, "coordinator", where), where)) as mine:
        return unescape(mine.get(f"/read/{name}").text)


def tasks(place: DeskSite, state: str) -> dict[str, tuple[str, str]]:
    """Each task by its name: the page it leads to, if any, and its state."""
    found = re.findall(
        r'<li>\s*(?:<a href="([^"]+)"[^>]*>|<span class="name">)([^<]+)<.*?class="state"[^>]*>([^<]+)<',
        page(place, state),
        re.S,
    )
    return {name: (href, says) for href, name, says in found}


def test_what_helps_before_anybody_is_asked_stands_among_the_tasks(place: DeskSite) -> None:
    """What people will see, a rehearsal, who else may look, and what people are reached by."""
    mine = tasks(place, "prepared")
    assert mine[phrases.EACH_QUESTION] == ("guide", phrases.TO_READ)
    assert mine[REHEARSAL] == ("rehearsal", phrases.IF_WANTED)
    assert mine[phrases.WHO_ELSE][0] == "settings"
    assert mine[phrases.HOW_IT_RUNS] == ("settings#service", phrases.how_it_runs(4, 0))
    assert 'id="service"' in page(place, "prepared", "settings")


def test_what_was_set_up_is_missed_no_more(
    place: DeskSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of e-mail, Slack, the address and the backup."""
    for name, value in MAIL.items():
        monkeypatch.setenv(name, value)
    assert tasks(place, "prepared")[phrases.HOW_IT_RUNS][1] == phrases.how_it_runs(3, 0)


def test_what_is_asked_again_is_not_settled_and_cannot_be_signed(place: DeskSite) -> None:
    """The round to come is a task, and she may settle it herself instead."""
    mine = tasks(place, "again")
    assert mine[phrases.NEXT_ROUND] == ("round", phrases.NOT_STARTED)
    assert mine[phrases.SETTLE] == ("settle", phrases.asked_again(1))
    assert mine[phrases.SIGN_OFF] == ("", phrases.CANNOT_YET)
    assert settling.asked_again(1) in page(place, "again", "settle")


def test_once_it_is_signed_the_report_is_to_be_taken_away(place: DeskSite) -> None:
    """From the list on which everything else is done."""
    assert tasks(place, "signed_off")[phrases.TAKE_AWAY] == ("downloads", phrases.TO_TAKE)
    assert tasks(place, "prepared")[phrases.TAKE_AWAY] == ("", phrases.CANNOT_YET)
