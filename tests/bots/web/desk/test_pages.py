"""Who may open which page, and what stands on the pages of results and comparison."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import httpx
import pytest
from limits import RateLimitItemPerMinute
from support.story.story import member
from support.story.submission import bring
from support.web.desk import ROLES, browser, named, reading, signed_in
from support.web.web import Site, site

from bots.web.desk.operations.offered import PAGES_OF
from bots.web.desk.registry import PAGES
from bots.web.rate_limit import RateLimiter
from ehsg_events.commands import assessments, outcomes, rounds
from ehsg_events.commands.people import remove_coordinator, remove_reader
from ehsg_events.commands.sitting import sit_down
from ehsg_events.interview import answers
from ehsg_events.log.transaction import Transaction
from ehsg_events.states.streams import interview_stream
from ehsg_events.values.policy import Rule, Terms
from guides import library

WHO = (*ROLES, "nobody")
BOTH = ("coordinator", "auditor")
ALONE = ("coordinator",)
LINKED = {  # who may open a page that every page leads to
    "tasks": ALONE,
    "people": ALONE,
    "round": ALONE,
    "board": BOTH,
    "results": ROLES,
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
PANEL = tuple(
    member(f"{agency}-{n}", agency, ["5.1", "5.2"])
    for agency in ("police", "health", "school")
    for n in (1, 2)
)
OFTEN = RateLimitItemPerMinute(500)
FORM = json.dumps({"scores": {"5.1": 3, "5.2": 1}}).encode()


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An assessment whose round is closed, behind a real server: agreed on 5.1, too few on 5.2."""
    folder = tmp_path_factory.mktemp("reading")
    with site(folder, RateLimiter(stranger=OFTEN, link=OFTEN), people=PANEL) as one:
        for person, score in zip(PANEL, "333345", strict=True):
            answer(one, person.id, "5.1", score)
        for person in PANEL[:4]:
            answer(one, person.id, "5.2", "1")
        answer(one, "school-1", "5.2", "dont-know")
        one.clock.on(hours=1)
        rounds.close_round(one.log, one.stamp("close"), one.assessment)
        yield one


def answer(place: Site, person: str, item: str, value: str) -> None:
    """Somebody answers."""

    def decide(tx: Transaction) -> None:
        number, seat, state = sit_down(tx, place.assessment, person, tx.stamp.at)
        facts = answers.answer(state, seat, item, value)
        tx.decide(interview_stream(place.assessment, number, person), *facts)

    place.log.record(place.stamp("answer"), decide)


def page(place: Site, role: str, name: str) -> str:
    """A page as somebody in a role sees it."""
    return reading(place, role).get(f"/read/{name}").text


# -- who may open what -------------------------------------------------------------------------
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


# -- results -----------------------------------------------------------------------------------
def test_a_distribution_is_read_in_words(place: Site) -> None:
    """Every level has its sentence; what the bar beside it shows is in it."""
    told = page(place, "coordinator", "results")
    assert "4 people said 3 (Mostly in place)" in told
    assert "Nobody said 0 (Not started)" in told
    bars = told.count('class="bar"')
    assert bars == len(re.findall(r'<svg class="bar"[^>]* aria-hidden="true"', told))
    assert bars in range(6, 100, 6), "one for each level of each descriptor that has figures"
    assert "style=" not in told


def test_coordinators_and_auditors_are_led_to_why(place: Site) -> None:
    """From every descriptor; the board is not."""
    assert 'href="why?item=5.1"' in page(place, "auditor", "results")
    assert "why?" not in page(place, "board", "results")


def test_the_board_sees_no_figures_of_fewer_than_five(place: Site) -> None:
    """The coordinator does, and who objects is counted for both."""
    few = "Figures are not shown: fewer than five people gave a score"
    assert few in page(place, "board", "results")
    assert few not in page(place, "coordinator", "results")
    assert "1 person did not know." in page(place, "coordinator", "results")
    assert "did not know" not in page(place, "board", "results")


def test_why_something_is_not_shown_is_said_once_to_the_board_alone(place: Site) -> None:
    """With the descriptors it holds for; beside each stands only that there are no figures."""
    board, coordinator = (page(place, role, "results") for role in ("board", "coordinator"))
    assert board.count("fewer than five people gave a score") == 1
    assert board.count("What is not shown here") == board.count("No figures are shown.") == 1
    assert "(5.2)" in board
    assert "What is not shown here" not in coordinator


def test_an_earlier_moment_is_shown_as_it_was(place: Site) -> None:
    """Before the close there were no figures; a moment that is none is said to be none."""
    mine = reading(place, "board")
    then = mine.get("/read/results", params={"as-of": "2026-09-07T10:00:30"})
    assert "said 3 (Mostly in place)" not in then.text
    assert "This is how it stood then." in then.text
    assert "last thing recorded" not in then.text, "the board is not told when somebody answered"
    wrong = mine.get("/read/results", params={"as-of": "last week"})
    assert (wrong.status_code, "neither a log position nor a time" in wrong.text) == (422, True)
    assert mine.get("/read/results", params={"as-of": "3"}).status_code == 422


def pages_after(folder: Path, answered: str) -> list[str]:
    """Results for board and coordinator: one person changes their mind in round 2, which closes."""
    found = []
    with site(folder, people=PANEL) as place:
        for person, score in zip(PANEL, "015501", strict=True):
            answer(place, person.id, "5.1", score)
        rounds.close_round(place.log, place.stamp("close"), place.assessment)
        rounds.open_round(place.log, place.stamp("open"), place.assessment, None)
        answer(place, "police-1", "5.1", answered)
        found += [page(place, role, "results") for role in ("board", "coordinator")]
        rounds.close_round(place.log, place.stamp("close"), place.assessment)
        return [*found, *(page(place, role, "results") for role in ("board", "coordinator"))]


def test_what_one_person_said_changes_no_byte_of_the_boards_page(tmp_path: Path) -> None:
    """Not while the round is open, nor after its close; the coordinator sees it from then on."""
    one, other = (pages_after(tmp_path / said, said) for said in ("2", "3"))
    assert one[:3] == other[:3]
    assert one[3] != other[3]
    assert "These are the figures of round 1." in one[2]


# -- comparison --------------------------------------------------------------------------------
def test_an_area_is_compared_once_it_has_handed_in(place: Site) -> None:
    """With those of its year and guide, by outcomes; nobody else can be named."""
    mine = reading(place, "board")
    assert "This assessment is not signed off yet" in mine.get("/read/compare").text
    bring(place.log, "a.json", FORM, "Testham", 2026)
    assert "No other area of this year" in mine.get("/read/compare").text
    bring(place.log, "b.json", FORM, "Southvale", 2026)
    bring(place.log, "c.json", FORM, "Oldham", 2022)
    assert '<option value="Southvale"' in mine.get("/read/compare").text
    both = mine.get("/read/compare", params={"other": "Southvale"})
    assert both.text.count("2.00 (of 2 scores from 1 to 3)") == 4
    other = mine.get("/read/compare", params={"other": "Oldham"})
    assert (other.status_code, "Oldham cannot stand beside Testham" in other.text) == (422, True)


def test_another_areas_assessment_is_compared_if_it_lets_its_scores_be_seen(place: Site) -> None:
    """It must be signed off, and have said yes to everybody the guide asks about."""
    log, other, people = place.log, uuid4(), [member("council-1", "council", ["5.1"])]
    terms = Terms(rule=Rule(quorum_scores=1, rounds=1))
    opened = place.stamp("open")
    assessments.open_assessment(log, opened, other, "Westvale", "ehsg-2022@1", people, terms)
    rounds.open_round(log, place.stamp("round"), other, None)
    rounds.close_round(log, place.stamp("close"), other)
    outcomes.moderate(log, place.stamp("moderate"), other, "5.1", "2", "the files")
    outcomes.sign_off(log, place.stamp("sign"), other, "Director", "Jo Quill")
    bring(log, "a.json", FORM, "Testham", 2026)
    mine = reading(place, "board")
    assert "Westvale" not in mine.get("/read/compare").text
    outcomes.withdraw_sign_off(log, place.stamp("withdraw"), other, "not shared yet")
    for one in library.guide("ehsg-2022@1").guide.permissions:
        outcomes.set_permission(log, place.stamp("permit"), other, one.id, granted=True)
    assert "Westvale" not in mine.get("/read/compare").text
    outcomes.sign_off(log, place.stamp("again"), other, "Director", "Jo Quill")
    assert '<option value="Westvale"' in mine.get("/read/compare").text
