"""What is one of a few known things is chosen on a page, and never typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import get_args

import httpx
import pytest
from support.story.states import DeskSite, desk_site
from support.web.desk import named, signed_in
from support.web.filling import send

from bots.operations.form import By, Upload, asked
from bots.operations.registry import OPERATIONS
from bots.phrases.pages.forms import nothing
from bots.web.desk.operations.boxes import of_a_choice
from bots.web.desk.operations.choices import MAY_BE_TYPED, is_chosen
from bots.web.desk.operations.offered import OFFERED, page_of
from bots.web.desk.operations.together import is_second

ONLY_SHE_KNOWS = {  # names, words, days and numbers that stand on no list here
    *("name", "email", "slack", "works_as", "agency", "id", "peer_of", "area", "year", "role"),
    *("backup_name", "backup_email", "backup_slack", "zone", "works", "to", "asked"),
    *("because", "comment", "means", "words", "source", "dated", "owner", "due"),
    *("deadline", "opens", "agreed", "rounds", "days", "days_again", "reminders"),
}
NEVER_EMPTY = {"guide", "coordinator", "item", "items", "reads_as", "answer", "by", "value"}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskSite]:
    """An assessment in which nothing is done, one with a round, and one after it."""
    with desk_site(tmp_path_factory.mktemp("desk"), "prepared", "opened", "moderated") as one:
        yield one


def browser(place: DeskSite, state: str) -> httpx.Client:
    """A coordinator's browser at the assessment in that state."""
    where = place.areas[state].id
    return signed_in(place, named(place, "coordinator", where), where)


def test_a_box_is_typed_only_where_nobody_but_her_knows_what_stands_in_it() -> None:
    """Whoever adds a field says where its values are found, or that they stand nowhere."""
    for name in OFFERED:
        operation = OPERATIONS[name]
        for field, how in asked(operation.form).items():
            annotation = operation.form.model_fields[field].annotation
            if (
                how is get_args(By)[1]
                or annotation is bool
                or Upload in (annotation, *get_args(annotation))
            ):
                continue
            known = is_chosen(name, field) or of_a_choice(annotation) or is_second(name, field)
            assert known or field in ONLY_SHE_KNOWS or (name, field) in MAY_BE_TYPED, (name, field)


def test_where_nothing_can_be_chosen_the_page_says_why_and_has_no_form(place: DeskSite) -> None:
    """Rather than an empty list, or a box to type into."""
    mine = browser(place, "prepared")
    for name, field in nothing.OF_AN_OPERATION:
        if (name, field) == ("workshop open", "items"):
            continue  # everything is unsettled here
        page = unescape(mine.get(f"/read/{page_of(name)}").text)
        assert nothing.OF_AN_OPERATION[name, field] in page
        assert f'name="{field}"' not in page
        assert '<button class="primary">' not in page
    assert nothing.OF_A_FIELD["reader"] in mine.get("/read/reader-remove").text


def test_of_every_choice_that_can_be_empty_it_is_known_what_is_said_then() -> None:
    """Whoever adds one says why there may be nothing, or that there is always something."""
    for name in OFFERED:
        for field, how in OPERATIONS[name].form.model_fields.items():
            if is_chosen(name, field) and how.is_required() and field not in NEVER_EMPTY:
                assert nothing.why(name, field, needed=True), (name, field)


def test_once_everything_is_settled_nothing_is_left_for_a_workshop(place: DeskSite) -> None:
    """An outcome stands for all that anybody is asked about."""
    page = unescape(browser(place, "moderated").get("/read/workshop-open").text)
    assert nothing.NOTHING_TO_VOTE_ON in page
    assert '<button class="primary">' not in page


def test_an_action_is_chosen_by_its_words(place: DeskSite) -> None:
    """And changed and ended as the one it is."""
    mine = browser(place, "moderated")
    send(mine, "action agree", item="5.1", words="Train all leads")
    send(mine, "action agree", item="5.1", words="Print the map")
    for operation in ("action change", "action end"):
        page = unescape(mine.get(f"/read/{page_of(operation)}?item=5.1&number=2").text)
        assert "5.1: Train all leads" in page
        assert re.search(r'value="5.1/2" checked', page)
        assert 'name="number"' not in page
    came = send(mine, "action change", item="5.1/2", owner="Jo Quill")
    assert came.url.path == "/read/finish"
    assert "Changed: action 2 for 5.1" in came.text
    came = send(mine, "action end", item="5.1/1", how="done", because="All are trained")
    assert "Train all leads" not in mine.get("/read/action-end").text
    assert "Print the map" in mine.get("/read/action-end").text


def test_evidence_is_taken_back_by_what_it_is(place: DeskSite) -> None:
    """Its number is nothing to her."""
    mine = browser(place, "opened")
    send(mine, "local attach", words="Our strategy 2026 to 2029")
    page = mine.get("/read/local-detach").text
    assert "Our strategy 2026 to 2029" in page
    assert 'type="radio" name="number"' in page


def test_for_somebody_only_what_they_are_asked_can_be_answered(place: DeskSite) -> None:
    """Once it is known who it is; before, what anybody is asked."""
    mine = browser(place, "opened")
    before, then = (mine.get(f"/read/answer{ask}").text for ask in ("", "?who=police-1"))
    invited = place.areas["opened"].log.newest_round(place.areas["opened"].id).invited["police-1"]
    found = set(re.findall(r'value="(\d+\.\d+)"', then))
    assert found == set(invited)
    assert found <= set(re.findall(r'value="(\d+\.\d+)"', before))


def test_languages_are_called_by_name(place: DeskSite) -> None:
    """Nobody needs to know what `cy` stands for."""
    page = browser(place, "opened").get("/read/panel-correct?person=police-1").text
    assert re.search(r'type="radio" name="language"[^>]* value="en" checked', page)
    assert ">English</label>" in page
