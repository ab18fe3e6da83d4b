"""What a coordinator knows before she says yes: who has not finished, what it does, who hears of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import httpx
import pytest
from support.story.states import PANEL, DeskSite, desk_site
from support.web.desk import named, signed_in
from support.web.filling import send

from bots.phrases.pages.forms import at_stake as phrases
from bots.phrases.pages.operations import WHAT_COMES


@pytest.fixture
def place(tmp_path: Path) -> Iterator[DeskSite]:
    """An assessment whose round is open."""
    with desk_site(tmp_path, "opened") as one:
        yield one


def browser(place: DeskSite, state: str) -> httpx.Client:
    """A coordinator's browser at the assessment in that state."""
    where = place.areas[state].id
    return signed_in(place, named(place, "coordinator", where), where)


def stake(page: httpx.Response) -> str:
    """What the page says hangs on it."""
    told = unescape(page.text)
    return told[told.index(phrases.AT_STAKE) : told.index("<form")]


def test_before_a_round_is_closed_it_names_who_has_not_finished(place: DeskSite) -> None:
    """By name, with how far they are, and says what the close does."""
    told = stake(send(browser(place, "opened"), "round close"))
    assert f"{len(PANEL)} people have not finished." in told
    assert re.search(r"Not begun: [^<]*Given Health-2 Surname \(health-2\)", told)
    assert re.search(r"Under way: [^<]*\(police-1\)", told)
    assert phrases.NO_MORE_ANSWERS in told
    assert phrases.YOURS in told  # of the one round that these terms have


def test_how_many_hear_of_it_and_that_the_rest_are_hers_to_tell(
    place: DeskSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of those whom it concerns: a close, who has answered; a deadline, who is asked still."""
    monkeypatch.setenv("EHSG_MAIL_URL", "smtp://127.0.0.1:9")
    mine = browser(place, "opened")
    for person in ("police-1", "health-2"):
        send(mine, "panel correct", person=person, email=f"{person}@example.org")
    closing = stake(send(mine, "round close"))
    assert "A message of it goes by e-mail to 1 person." in closing
    assert f"No message reaches {len(PANEL) - 2} people on the panel" in closing
    moved = stake(send(mine, "round extend", because="half term", deadline="2026-12-18"))
    assert "A message of it goes by e-mail to 2 people." in moved
    assert phrases.NO_MORE_ANSWERS not in moved


def test_what_nobody_is_told_of_says_nothing_of_messages(place: DeskSite) -> None:
    """As when a reader goes."""
    mine = browser(place, "opened")
    send(mine, "reader name", name="Rae Reed", reads_as="auditor")
    page = send(mine, "reader remove", reader="reader-1")
    assert WHAT_COMES in page.text
    assert phrases.AT_STAKE not in page.text


def test_how_many_get_a_message_is_counted_by_how_it_goes() -> None:
    """Each way once."""
    assert phrases.messages_go({"slack": 1, "mail": 2}) == (
        "A message of it goes by e-mail to 2 people and in Slack to 1 person."
    )
    assert [*phrases.not_finished({"under way": []})] == [phrases.EVERYBODY_FINISHED]
