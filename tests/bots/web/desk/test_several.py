"""Several assessments: whoever coordinates one opens another there, and goes between them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from support.web.desk import browser, named, reading, signed_in
from support.web.filling import boxes_of
from support.web.web import Site, site

from ehsg_events.commands import people, sign_in
from ehsg_events.commands.opening import abandonment
from ehsg_events.commands.people import Contact
from ehsg_events.events import AssessmentOpened, CoordinatorNamed, SignedIn

JANE = "jane@council.example.org"
TYPED = {"guide": "ehsg-2022@2", "area": "Southvale"}
OPEN, GO = "/read/assessment-open", "/read/assessments"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Site]:
    """An assessment behind a real server."""
    with site(tmp_path) as one:
        yield one


def by_letter(place: Site, person: str, assessment: UUID | None = None) -> httpx.Client:
    """A browser in which somebody has used a link that a letter brought them."""
    where = assessment or place.assessment
    stamp = place.stamp("letter").model_copy(update={"role": "outbox", "surface": "mail"})
    link = sign_in.offer(place.log, stamp, where, person)
    mine = browser(place)
    assert mine.post(f"/sign-in/{link}").status_code == 200
    return mine


def open_another(mine: httpx.Client, **typed: str) -> tuple[dict[str, str], httpx.Response]:
    """Fill the form in and send it; what was sent, and the page that one comes to."""
    fields = boxes_of(mine.get(OPEN).text) | TYPED | typed
    return fields, mine.post(OPEN, data=fields)


def another(place: Site, email: str | None = None) -> tuple[UUID, str]:
    """Another assessment that somebody else has opened, and one who coordinates it."""
    mine = reading(place, "coordinator")
    open_another(mine, area="Eastvale")
    where = next(reversed(list(place.log.assessments())))[0]
    contact = Contact(email=email)
    return where, people.name_coordinator(place.log, place.stamp("n"), where, "Jane Quill", contact)


def offers(mine: httpx.Client) -> list[str]:
    """The areas that one can go to."""
    html = mine.get(GO).text
    return [unescape(part.partition("</h2>")[0]) for part in html.split('<h2 dir="auto">')[1:]]


def press(mine: httpx.Client, to: str = "") -> httpx.Response:
    """Press the first button of the page, or one that was forged."""
    fields = boxes_of(mine.get("/read/coordinator-add").text if to else mine.get(GO).text)
    return mine.post(GO, data=fields | ({"to": to} if to else {}))


def test_whoever_opens_another_coordinates_it_and_is_led_to_it(place: Site) -> None:
    """Their name and address go along; everything is one press, and stands on the new record."""
    mine = signed_in(place, named(place, "coordinator", email=JANE))
    before = len(place.recorded)
    _, came = open_another(mine)
    assert (came.status_code, came.url.path) == (200, "/read/tasks")
    assert "The assessment of Southvale is open." in came.text
    facts = [one.fact for one in place.recorded[before:]]
    assert [type(fact) for fact in facts] == [AssessmentOpened, CoordinatorNamed, SignedIn]
    assert isinstance(facts[1], CoordinatorNamed)
    assert place.log.text(facts[1].email) == JANE
    assert "Southvale" not in signed_in(place, "coordinator-1").get("/read/tasks").text


def test_the_same_form_sent_twice_opens_one_and_leads_there_both_times(place: Site) -> None:
    """Whichever answer reaches the browser last, it is signed in."""
    mine = signed_in(place, named(place, "coordinator"))
    kept = dict(mine.cookies)
    fields, _ = open_another(mine)
    mine.cookies.clear()
    mine.cookies.update(kept)
    again = mine.post(OPEN, data=fields)
    assert (again.status_code, again.url.path) == (200, "/read/tasks")
    assert "Southvale" in again.text
    assert sum(isinstance(one.fact, AssessmentOpened) for one in place.recorded) == 2


def test_what_is_wrong_in_the_form_opens_nothing(place: Site) -> None:
    """One of this area and guide that runs already is asked about first."""
    mine = signed_in(place, named(place, "coordinator"))
    open_another(mine)
    _, came = open_another(mine)
    assert came.status_code == 422
    assert "is open already" in unescape(came.text)
    assert 'name="again"' in came.text
    assert open_another(mine, again="yes")[1].status_code == 200


def test_one_goes_back_and_forth_and_no_session_grows_longer_by_it(place: Site) -> None:
    """By where one came from, without any address; a working day is over when it is over."""
    mine = signed_in(place, named(place, "coordinator"))
    open_another(mine)
    place.clock.on(hours=7)
    assert offers(mine) == ["Testham"]
    assert "Testham" in press(mine).text
    assert offers(mine) == ["Southvale"]
    place.clock.on(seconds=(sign_in.SESSION_LASTS - timedelta(hours=7)).total_seconds())
    assert mine.get(GO).status_code == 401


def test_an_address_that_a_letter_reached_leads_to_where_it_is_named_too(place: Site) -> None:
    """Whatever the size of its letters; there and back."""
    another(place, JANE.upper())
    mine = by_letter(place, named(place, "coordinator", email=JANE))
    assert offers(mine) == ["Eastvale"]
    before = len(place.recorded)
    assert "Eastvale" in press(mine).text
    assert [type(one.fact) for one in place.recorded[before:]] == [SignedIn]
    assert offers(mine) == ["Testham"]
    assert "Testham" in press(mine).text
    assert offers(mine) == ["Eastvale"]


def test_an_address_that_was_only_typed_opens_nothing_elsewhere(place: Site) -> None:
    """Whoever coordinates one area could name anybody there, and sign in as them by a link on a page."""
    where, person = another(place, JANE)
    mine = signed_in(place, named(place, "coordinator", email=JANE))
    before = len(place.recorded)
    assert offers(mine) == []
    forged = press(mine, f"{where} {person}")
    assert forged.status_code == 422
    assert press(mine, "nonsense").status_code == 422
    assert len(place.recorded) == before


def test_an_address_that_was_changed_since_opens_nothing_elsewhere(place: Site) -> None:
    """A letter reached the one before, which says nothing of this one."""
    another(place, JANE)
    person = named(place, "coordinator", email="somebody@council.example.org")
    mine = by_letter(place, person)
    stamp, to = place.stamp("c"), Contact(email=JANE)
    people.change_contact(place.log, stamp, place.assessment, person, to)
    assert offers(mine) == []


def test_who_coordinates_there_no_more_and_what_is_abandoned_is_not_gone_to(place: Site) -> None:
    """Not even by a button that stood there before."""
    where, person = another(place, JANE)
    mine = by_letter(place, named(place, "coordinator", email=JANE))
    fields = boxes_of(mine.get(GO).text)
    people.remove_coordinator(place.log, place.stamp("r"), where, person)
    assert mine.post(GO, data=fields).status_code == 422
    contact = Contact(email=JANE)
    people.name_coordinator(place.log, place.stamp("n"), where, "Jane Quill", contact)
    assert offers(mine) == ["Eastvale"]
    abandonment.abandon(place.log, place.stamp("a"), where, "A mistake.")
    assert offers(mine) == []


@pytest.mark.parametrize("role", ["auditor", "board"])
@pytest.mark.parametrize("page", [OPEN, GO])
def test_who_only_reads_neither_opens_nor_goes(place: Site, role: str, page: str) -> None:
    """By looking or by sending."""
    mine = reading(place, role)
    before = len(place.recorded)
    assert mine.get(page).status_code == mine.post(page, data=TYPED).status_code == 403
    assert len(place.recorded) == before


def test_looking_changes_nothing_and_a_form_from_elsewhere_does_nothing(place: Site) -> None:
    """Nor does one without its mark, or of another assessment."""
    another(place, JANE)
    mine = by_letter(place, named(place, "coordinator", email=JANE))
    fields = boxes_of(mine.get(GO).text)
    before = len(place.recorded)
    mine.get(OPEN)
    assert mine.post(GO, data=fields, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert mine.post(GO, data={"to": fields["to"]}).status_code == 400
    assert mine.post(GO, data=fields | {"assessment": str(UUID(int=1))}).status_code == 409
    assert len(place.recorded) == before
