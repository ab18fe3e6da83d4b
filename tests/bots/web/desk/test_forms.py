"""What a form begins with, what it leads to before it is filled in, and what it comes to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from support.story.states import DeskSite, desk_site
from support.web.desk import named, signed_in
from support.web.filling import send

from bots.operations.form import asked
from bots.operations.registry import OPERATIONS
from bots.phrases.labels import reached_by
from bots.phrases.pages import hubs as phrases
from bots.web.desk.operations.offered import INSISTING, OFFERED, page_of
from ehsg_events.kernel import Words
from ehsg_events.values.address import addresses

SEALED = Words(id=UUID(int=1), sha256="0" * 64)
WITH_WHOM = {
    "answer": "who",
    "hand-over": "person",
    "link": "stakeholder",
    "panel correct": "person",
}


@pytest.fixture
def place(tmp_path: Path) -> Iterator[DeskSite]:
    """An assessment whose first round is open."""
    with desk_site(tmp_path, "opened") as one:
        yield one


@pytest.fixture
def mine(place: DeskSite) -> httpx.Client:
    """A coordinator's browser."""
    where = place.areas["opened"].id
    return signed_in(place, named(place, "coordinator", where), where)


@pytest.mark.parametrize(("operation", "whom"), WITH_WHOM.items())
def test_a_form_begins_with_whom_it_is_about(mine: httpx.Client, operation: str, whom: str) -> None:
    """Before what is said of them."""
    page = mine.get(f"/read/{page_of(operation)}").text
    asked = re.findall(
        r'<(?:input class="text"|select|textarea|input type="radio").*? name="(\w+)"', page
    )
    assert asked[0] == whom


def test_after_one_answer_the_form_comes_again_for_the_next(mine: httpx.Client) -> None:
    """With what was recorded, and the same person chosen."""
    came = send(mine, "answer", who="police-2", item="5.1", value="2")
    assert (came.url.path, came.url.params["who"]) == ("/read/answer", "police-2")
    assert "Recorded on behalf of police-2" in unescape(came.text)
    assert re.search(r'value="police-2" (?:selected|checked)', came.text)


def test_before_it_is_filled_in_a_form_leads_to_what_helps(mine: httpx.Client) -> None:
    """A page that is there, and named as on the task list."""
    for name, offered in OFFERED.items():
        told = unescape(mine.get(f"/read/{page_of(name)}").text)
        for page, called in offered.helps:
            assert f'<a href="{page}">{called}</a>' in told, name
            assert mine.get(f"/read/{page}").status_code == 200, page


def test_of_whoever_handed_on_it_is_said_who_answers(mine: httpx.Client) -> None:
    """They were asked, and are asked no more."""
    done = send(mine, "hand-over", person="police-3", name="Rhys Lloyd", agency="Police")
    assert done.url.path == "/read/people"
    assert phrases.COLLEAGUE_ANSWERS in unescape(done.text)


def test_a_guide_is_shown_as_it_will_be_asked_in_this_area(
    place: DeskSite, mine: httpx.Client
) -> None:
    """Not folded away, and with the area's own name."""
    shown = unescape(mine.get("/read/guide").text)
    assert (
        f"Early help in {place.areas['opened'].log.assessment(place.areas['opened'].id).area}"
        in shown
    )
    assert "<details open>" in shown


def test_what_was_left_empty_is_said_once_beside_its_hint(mine: httpx.Client) -> None:
    """On every form that needs something typed; and nothing is offered to be insisted on."""
    for name in OFFERED:
        fields = OPERATIONS[name].form.model_fields.values()
        needs = [field for field in fields if field.is_required()]
        page = unescape(mine.get(f"/read/{page_of(name)}").text)
        if not needs or '<button class="primary">' not in page:
            continue
        came = send(mine, name)
        assert came.status_code == 422, name
        told = unescape(came.text)
        for field, how in asked(OPERATIONS[name].form).items():
            assert told.count(how.says) == page.count(how.says), (name, field)
            assert field not in INSISTING or f'name="{field}"' not in told, (name, field)
        assert "this is needed." in told, name
        listed = re.findall(r'<p><a href="#([\w-]+)">', told)
        places = [told.index(f' id="{field}"') for field in listed]
        assert places == sorted(set(places)), name  # each once, in the order of the page


def test_an_address_that_nothing_can_write_to_is_shown_as_that() -> None:
    """Whoever reads it does not wait for a message that will not go."""
    known = addresses(None, SEALED)
    assert reached_by(known) == "e-mail"
    assert reached_by(known, ()) == "e-mail (not set up here)"
