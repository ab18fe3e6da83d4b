"""Somebody is not the right person: the coordinator decides in Slack, and both people are told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.slack.edge import Place, slack
from support.slack.windows import drawn, fill_in, home, labels, name_coordinator, window_of, words

from bots.slack.loopback.person import Person


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """Somebody has answered one question and asked that a colleague takes the other."""
    with slack(tmp_path) as place:
        place.begin()
        for said in ("3", "next", "next", "not the right person", "Gil Ash, custody"):
            place.person().type(said)
            place.newest()
        yield place


@pytest.fixture
def ed(place: Place) -> Person:
    """The coordinator."""
    return name_coordinator(place)


def test_a_request_stands_on_the_coordinators_home_tab(place: Place, ed: Person) -> None:
    """Who asks, about what, and whom they would ask."""
    view = home(place, ed)
    said = "police-1 (constable, Police) is not the right person for 5.2 and would ask: “Gil Ash"
    assert said in words(view)
    assert labels(view)[-2:] == ["Agree…", "Decline…"]


def test_a_colleague_takes_over_and_both_are_told(place: Place, ed: Person) -> None:
    """Somebody new, in Slack; the button of the old question says who was not asked."""
    view = window_of(place, ed, "Agree…")
    assert "Gil Ash, custody" in words(view)
    given = {"name": "Gil Ash", "slack": "T0LOOPBACK/U0GIL"}
    after = drawn(place, ed, lambda: fill_in(ed, view, **given))
    assert "Handed on: 5.2. Gil Ash (police-2) is asked now." in words(after)
    assert "a colleague answers now what you had not answered" in place.newest().text
    assert "1 question, about 3 minutes" in place.newest("U0GIL").text


def test_a_colleague_on_the_panel_is_chosen_from_a_list(place: Place, ed: Person) -> None:
    """Who is asked about it already cannot take it over, and the window says so."""
    view = window_of(place, ed, "Agree…")
    options = next(b for b in view["blocks"] if b.get("block_id") == "to")["element"]["options"]
    assert [one["value"] for one in options] == ["health-1", "parents-1", "school-1"]
    refused = fill_in(ed, view, to="health-1").reply["errors"]
    assert "health-1 is asked about 5.2 already" in refused["name"]
    assert "Choose somebody on the panel" in fill_in(ed, view).reply["errors"]["name"]


def test_a_refusal_is_told_with_its_reason(place: Place, ed: Person) -> None:
    """And the question still waits."""
    view = window_of(place, ed, "Decline…")
    after = drawn(place, ed, lambda: fill_in(ed, view, because="We need your own view."))
    assert "Declined. Ada Quill (police-1) stays asked." in words(after)
    assert "The reason: “We need your own view.”" in place.newest().text
    place.person().click(place.newest(), "Go on")
    assert "5.2" in place.newest().text
