"""The deadline as a file for a calendar, from the page: the entry that letters bring, no more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from icalendar import Calendar, Event
from support.post_office import PANEL
from support.visitor import Visitor
from support.web import plain_http
from support.web.letters import ADA, DI, Pages, pages

from ehsg_events.commands import panel, rounds


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Pages]:
    """People who get letters, behind a server."""
    with pages(tmp_path / "data") as found:
        yield found


def file(place: Pages, who: str, **how: bool) -> httpx.Response:
    """What the address of somebody's file answers."""
    return plain_http.get(f"{place.address}/i/{place.link(who)}/deadline.ics", **how)


def entry(answer: httpx.Response) -> Event:
    """The one entry of a file."""
    (found,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert isinstance(found, Event)
    return found


def test_the_page_leads_to_it_and_it_is_the_entry_of_the_letter(place: Pages) -> None:
    """A calendar that has the one recognises the other."""
    (letter,) = place.letters()
    assert letter.entry is not None
    ada = Visitor(place.address, place.link(ADA))
    ada.press("Put the deadline into your calendar")
    found = entry(ada.answer)
    assert found["uid"] == str(letter.entry.id)
    assert found["sequence"] == letter.entry.edition
    assert (letter.entry.begins, letter.entry.ends) == (found.DTSTART, found.DTEND)
    kind, how = (ada.answer.headers[name] for name in ("content-type", "content-disposition"))
    assert kind.startswith("text/calendar; charset=utf-8; method=PUBLISH")
    assert how == 'attachment; filename="deadline.ics"'


@pytest.mark.parametrize("step", ["start", "5.1", "5.1/words", "review", "nudges"])
def test_every_step_leads_to_it(place: Pages, step: str) -> None:
    """However deep its address is."""
    ada = Visitor(place.address, place.link(ADA))
    ada.press("Start")
    ada.choose("3")
    ada.open(step)
    assert ada.step == step
    ada.press("Put the deadline into your calendar")
    assert ada.answer.headers["content-type"].startswith("text/calendar")


def test_somebody_without_an_address_has_it_as_well(place: Pages) -> None:
    """It says nothing of a letter that they never got, and holds no link that opens anything."""
    answer = file(place, DI)
    says = str(entry(answer)["description"])
    assert says.startswith("Until 5pm on Monday 21 September 2026.")
    assert "letter" not in says
    assert place.link(DI) not in answer.text


def test_a_moved_deadline_is_a_later_edition(place: Pages) -> None:
    """Of the same entry."""
    before, town = entry(file(place, ADA)), place.town
    until = before.DTEND + timedelta(days=2)
    rounds.extend_round(town.log, town.stamp("move"), town.assessment, until, "floods")
    after = entry(file(place, ADA))
    assert (after["uid"], after.DTEND) == (before["uid"], until)
    assert int(str(after["sequence"])) > int(str(before["sequence"]))


@pytest.mark.parametrize("over", ["finished", "released", "closed"])
def test_who_is_asked_nothing_more_is_led_to_their_page(place: Pages, over: str) -> None:
    """Which offers no such file either."""
    town, token = place.town, place.link(ADA)
    match over:
        case "finished":
            town.finishes(ADA)
        case "released":
            panel.release(town.log, town.stamp("go"), town.assessment, ADA, "moved away")
        case "closed":
            rounds.close_round(town.log, town.stamp("close"), town.assessment)
    url = f"{place.address}/i/{token}/deadline.ics"
    answer = plain_http.get(url, follow_redirects=True)
    assert answer.headers["content-type"].startswith("text/html")
    assert str(answer.url).startswith(f"{place.address}/i/{token}/")
    assert "deadline.ics" not in answer.text


def test_it_is_in_their_language(tmp_path: Path) -> None:
    """As the letter's is."""
    welsh = (replace(PANEL[0], language="cy"), *PANEL[1:])
    with pages(tmp_path / "data", people=welsh) as place:
        (letter,) = place.letters()
        assert letter.entry is not None
        assert entry(file(place, ADA))["summary"] == letter.entry.title
