"""Whose words somebody opens on the pages is a fact: once a session, and none on other pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.story.story import member
from support.web.desk import named, signed_in
from support.web.web import Site, site

from bots.interview import record
from ehsg_events.commands import rounds
from ehsg_events.events import WordsRead

PANEL = tuple(member(f"{agency}-1", agency, ["5.1"]) for agency in ("police", "health"))


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Site]:
    """A closed round in which one of two people wrote something."""
    with site(tmp_path, people=PANEL) as one:
        for person, words in (("police-1", "My own words"), ("health-1", None)):
            stamp = one.stamp("answer")
            record.answer(one.log, stamp, one.assessment, person, "5.1", "3", words)
        one.clock.on(hours=1)
        rounds.close_round(one.log, one.stamp("close"), one.assessment)
        yield one


def read(place: Site) -> list[tuple[str, str, str, tuple[str, ...]]]:
    """Who opened whose words, in which role, and where."""
    return [
        (one.stamp.by, one.stamp.role, one.fact.showing, one.fact.whose)
        for one in place.log.all(topics=(WordsRead.TOPIC,))
        if isinstance(one.fact, WordsRead)
    ]


@pytest.mark.parametrize(("role", "as_role"), [("auditor", "reader"), ("coordinator",) * 2])
def test_the_first_page_with_words_is_recorded_and_no_second(
    place: Site, role: str, as_role: str
) -> None:
    """Of whoever wrote something; a new sign-in is a new session."""
    person = named(place, role)
    for times in (1, 2):
        browser = signed_in(place, person)
        assert browser.get("/read/board").status_code == 200
        assert browser.get("/read/why").status_code == 200
        assert len(read(place)) == times - 1
        for page in ("why?item=5.1", "trail", "why?item=5.1"):
            assert "My own words" in browser.get(f"/read/{page}").text
        assert read(place) == [(person, as_role, "why", ("police-1",))] * times
