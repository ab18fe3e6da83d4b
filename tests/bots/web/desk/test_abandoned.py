"""An assessment that was abandoned: every page says so, and none offers what would be refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import httpx
import pytest
from support.story.states import DeskSite, desk_site
from support.web.desk import ROLES, named, signed_in
from support.web.filling import boxes_of, send

from bots.web.desk.operations.offered import PAGES_OF, STILL_DONE
from bots.web.desk.registry import open_to
from ehsg_events.commands import links
from ehsg_events.commands.opening import abandonment
from ehsg_events.kernel import Refused
from ehsg_events.states.assessment import ABANDONED

WHY = "the wrong guide, sorry <b>everybody</b>"
SAYS = "This assessment was abandoned at"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskSite]:
    """An assessment with a panel, people who run it and people who read, given up before anybody was asked."""
    with desk_site(tmp_path_factory.mktemp("gone"), "prepared") as one:
        where = one.areas["prepared"].id
        whose = {role: named(one, role, where) for role in ROLES}
        stamp = one.stamp("gone").model_copy(update={"by": whose["coordinator"]})
        abandonment.abandon(one.log, stamp, where, WHY)
        yield one
        for visitor in one.visitors:
            visitor.close()


@pytest.fixture(scope="module")
def readers(place: DeskSite) -> dict[str, httpx.Client]:
    """A browser for each role; whoever was named before is let in still."""
    return {
        role: signed_in(place, f"{'coordinator' if role == 'coordinator' else 'reader'}-{n}", where)
        for where in [place.areas["prepared"].id]
        for role, n in (("coordinator", 1), ("auditor", 1), ("board", 2))
    }


@pytest.mark.parametrize("role", ROLES)
def test_every_page_says_on_top_that_it_was_abandoned(
    readers: dict[str, httpx.Client], role: str
) -> None:
    """When, and to coordinators and auditors also by whom and why; the board is told no reason."""
    for page in open_to(role):  # type: ignore[arg-type]
        found = readers[role].get(f"/read/{page}").text
        told = unescape(found)
        assert told.count(SAYS) == 1, page
        assert told.index(SAYS) < told.index("<h1")
        assert ("by Jane Quill, because" in told) == (role != "board"), page
        assert "<b>everybody</b>" not in found


def test_nothing_is_offered_that_would_be_refused(readers: dict[str, httpx.Client]) -> None:
    """No page leads to an operation that says no because it was abandoned."""
    mine = readers["coordinator"]
    for page in set(open_to("coordinator")) - PAGES_OF.keys():
        found = mine.get(f"/read/{page}").text
        led = {href.partition("?")[0] for href in re.findall(r'<a href="([^"#]+)"', found)}
        operations = {PAGES_OF[one] for one in led & PAGES_OF.keys()}
        assert operations <= STILL_DONE, page
        assert 'class="state">Not started' not in found
    assert 'href="assessment-open"' in mine.get("/read/tasks").text


def test_what_is_offered_still_is_not_refused(readers: dict[str, httpx.Client]) -> None:
    """What people may ask of what is kept, and who may look at it."""
    mine = readers["coordinator"]
    tried = (
        ("retention hold", {"because": "An inquiry."}),
        ("retention resume", {"because": "It is over."}),
        ("sign-in", {"person": "coordinator-1"}),
        ("reader remove", {"reader": "reader-1"}),
        ("forget", {"person": "police-1", "because": "She asked."}),
    )
    for operation, typed in tried:
        assert operation in STILL_DONE
        assert ABANDONED not in unescape(send(mine, operation, **typed).text), operation


def test_every_file_that_is_offered_can_be_taken_away(readers: dict[str, httpx.Client]) -> None:
    """What was recorded stays, and can be read."""
    mine = readers["coordinator"]
    files = re.findall(r'href="(download/[^"]+)"', mine.get("/read/downloads").text)
    assert files
    assert {mine.get(f"/read/{file}").status_code for file in files} == {200}


def test_whatever_else_is_sent_is_refused_with_the_way_on(
    readers: dict[str, httpx.Client],
) -> None:
    """A page that stood open from before."""
    came = send(readers["coordinator"], "coordinator add", name="Cora Quint")
    assert came.status_code == 422
    assert ABANDONED in unescape(came.text)
    assert 'href="assessment-open"' in came.text
    assert boxes_of(came.text)


def test_nobody_holds_a_link_of_what_was_abandoned(place: DeskSite) -> None:
    """None is given before a round opens, and once one has, nothing is abandoned any more."""
    area = place.areas["prepared"]
    with pytest.raises(Refused):
        links.issue(place.log, place.stamp("link"), area.id, "police-1")
    assert place.log.assessment(area.id).links == {}
