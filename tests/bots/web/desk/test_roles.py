"""Who may open which page of the desk, and send its form."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import NamedTuple
from uuid import uuid4

import httpx
import pytest
from limits import RateLimitItemPerMinute
from support.story.story import PANEL, member
from support.web.desk import ROLES, browser, named, reading, signed_in
from support.web.web import Site, site

from bots.web.desk.operations.offered import PAGES_OF
from bots.web.desk.registry import PAGES
from bots.web.rate_limit import RateLimiter
from ehsg_events.commands import assessments, rounds
from ehsg_events.commands.people import remove_coordinator, remove_reader
from ehsg_events.values.policy import Terms

WHO = (*ROLES, "nobody")
BOTH = ("coordinator", "auditor")
ALONE = ("coordinator",)
LINKED = {  # who may open a page that every page leads to
    "tasks": ALONE,
    "people": ALONE,
    "round": ALONE,
    "board": BOTH,
    "results": ROLES,
    "altered": BOTH,
    "compare": ROLES,
    "years": ROLES,
    "participation": ROLES,
    "evidence": BOTH,
    "settle": ALONE,
    "what-if": BOTH,
    "bounds": BOTH,
    "why": BOTH,
    "nudges": BOTH,
    "trail": BOTH,
    "finish": ALONE,
    "settings": ALONE,
    "downloads": ROLES,
}
LED_TO = (
    "letters",
    "guides",
    "guide",
    "guide-publish",
    "workshop",
    "coverage",
    "assessments",
    "copy",
    "rehearsal",
    "rules",
    "local",
    *PAGES_OF,
)  # by one of them
MAY = {**LINKED, **dict.fromkeys(LED_TO, ALONE), "change": BOTH}
OFTEN = RateLimitItemPerMinute(500)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An assessment whose round is closed, behind a real server."""
    limiter = RateLimiter(stranger=OFTEN, link=OFTEN)
    with site(tmp_path_factory.mktemp("roles"), limiter, people=PANEL) as one:
        rounds.close_round(one.log, one.stamp("close"), one.assessment)
        yield one


def test_every_page_says_who_may_open_it() -> None:
    """A page nobody has thought about here is found out."""
    assert {name: set(one.roles) for name, one in PAGES.items()} == {
        name: set(roles) for name, roles in MAY.items()
    }


class Heard(NamedTuple):
    """How somebody was answered who looked at a page, and who sent its form for elsewhere."""

    looked: httpx.Response
    sent: httpx.Response

    def __str__(self) -> str:
        return f"{self.looked.status_code}/{self.sent.status_code}"


@pytest.fixture(scope="module")
def heard(place: Site) -> dict[tuple[str, str], Heard]:
    """How each role, and nobody, is answered on each page; printed as a table (seen with -s)."""
    before, form = len(place.recorded), {"nonce": "n", "assessment": str(uuid4())}
    found = {}
    for who in WHO:
        mine = browser(place) if who == "nobody" else reading(place, who)
        before += who != "nobody" and 3  # they were named, were given a link, and used it
        for name in (*MAY, "nothing"):
            looked = mine.get(f"/read/{name}")
            found[who, name] = Heard(looked, mine.post(f"/read/{name}", data=form))
    assert len(place.recorded) == before, "nobody's form was for this assessment"
    sys.stdout.write(f"{'GET/POST':22}{''.join(f'{who:13}' for who in WHO)}\n")
    for name in MAY:
        cells = "".join(f"{found[who, name]!s:13}" for who in WHO)
        sys.stdout.write(f"{name:22}{cells}\n")
    return found


@pytest.mark.parametrize("who", WHO)
def test_a_role_opens_its_pages_and_sends_its_forms_alone(
    heard: dict[tuple[str, str], Heard], who: str
) -> None:
    """Who may not is told who may, and who has not signed in not even which pages there are."""
    for name, roles in MAY.items():
        looked, sent = heard[who, name]
        if who == "nobody":
            assert (looked.status_code, sent.status_code) == (401, 401), name
            continue
        takes = {str(role) for role in PAGES[name].takes}
        assert looked.status_code == (200 if who in roles else 403), name
        assert ("This page is for " in looked.text) == (who not in roles), name
        heard_out = 409 if who in takes else 403 if who not in roles or takes else 405
        assert sent.status_code == heard_out, name
    unknown = heard[who, "nothing"].looked.status_code
    assert unknown == (401 if who == "nobody" else 404)


@pytest.mark.parametrize("role", ROLES)
def test_the_links_lead_to_what_is_open_alone(
    heard: dict[tuple[str, str], Heard], role: str
) -> None:
    """From every page, to every page that has no other way there."""
    linked = heard[role, "results"].looked.text
    for name, roles in MAY.items():
        assert (f'<a href="{name}"' in linked) == (role in roles and name in LINKED), name


@pytest.mark.parametrize("name", ["home", "live"])
def test_who_has_not_signed_in_is_led_nowhere(place: Site, name: str) -> None:
    """Neither to a first page nor along with the log."""
    stranger = browser(place)
    assert stranger.get(f"/read/{name}").status_code == 401
    assert stranger.post(f"/read/{name}").status_code in (401, 405)


@pytest.mark.parametrize("role", ROLES)
def test_who_was_removed_sees_nothing_any_more(place: Site, role: str) -> None:
    """From the next page on."""
    who = named(place, role)
    mine = signed_in(place, who)
    assert mine.get("/read/results").status_code == 200
    remove = remove_coordinator if role == "coordinator" else remove_reader
    remove(place.log, place.stamp("remove"), place.assessment, who)
    assert {mine.get(f"/read/{name}").status_code for name in MAY} == {401}


def test_the_door_of_another_assessment_opens_that_one_alone(place: Site) -> None:
    """Whatever is asked for, nothing of this one stands on its pages."""
    other = uuid4()
    people = [member("council-1", "council", ["5.1"])]
    opened = place.stamp("open")
    assessments.open_assessment(
        place.log, opened, other, "Elsewhere", "ehsg-2022@1", people, Terms()
    )
    mine = signed_in(place, named(place, "coordinator", other), other)
    for name in MAY:
        found = mine.get(f"/read/{name}?assessment={place.assessment}")
        assert found.status_code == 200
        assert "Elsewhere: " in found.text
        assert not any(word in found.text for word in ("Testham", "police-1", "4 people said"))
