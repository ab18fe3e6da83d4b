"""Focus: the board, the walk back and the trail tell what is so, and nothing too early."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from support.browser import Page
from support.story.states import AFTER, PANEL, STATES, DeskSite, Told, desk_site
from support.web.desk import named, signed_in

from bots.operations import outages
from bots.web.desk.page import Visitor
from bots.web.desk.pages import board, disagreement, nudges, trail, why
from ehsg_events.events import OutcomeModerated
from ehsg_events.log.log import Log
from projections.facts.view import View, view_at
from projections.results.results import results
from projections.results.results import why as walk_back

HERE = UUID(int=1)
COORDINATOR = Visitor(HERE, "coordinator-1", "coordinator", AFTER)
AUDITOR = replace(COORDINATOR, person="reader-1", role="auditor")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskSite]:
    """A round that is open, and one that closed in disagreement."""
    with desk_site(tmp_path_factory.mktemp("house"), "opened", "closed") as place:
        yield place


@pytest.fixture
def closed(place: DeskSite) -> View:
    """The assessment whose round is closed."""
    return view_at(place.log, place.areas["closed"].id)


def inside(place: DeskSite, state: str, role: str) -> httpx.Client:
    """A browser in which somebody has signed in to the assessment in a state."""
    where = place.areas[state].id
    return signed_in(place, named(place, role, where), where)


def open_with(folder: Path, *scores: str) -> View:
    """A round that is open, in which two people gave these scores."""
    area = Told(Log(folder), HERE)
    STATES["prepared"](area)
    area.open_round()
    for who, score in zip(("police-1", "health-1"), scores, strict=True):
        area.answer(who, "5.2", score)
    return view_at(area.log, HERE)


def everything(view: View) -> list[object]:
    """All that the coordinator's pages show."""
    asked = {"item": "5.2"}
    plain = [page.draw(view, COORDINATOR, {}).values for page in (board, nudges, trail)]
    return [*plain, why.draw(view, COORDINATOR, asked).values, trail.draw(view, AUDITOR, asked)]


def test_while_a_round_is_open_no_page_tells_how_anybody_answered(tmp_path: Path) -> None:
    """Whatever was said, the same stands there."""
    extremes, middle = open_with(tmp_path / "1", "0", "5"), open_with(tmp_path / "2", "3", "3")
    assert everything(extremes) == everything(middle)
    for view in (extremes, middle):
        view.log.close()


def test_who_is_missing_is_named_to_the_coordinator_alone(place: DeskSite) -> None:
    """An auditor sees pseudonyms."""
    view = view_at(place.log, place.areas["opened"].id)
    seen = {
        who.role: " ".join(one.called for one in board.board(view, who, results(view)).absent)
        for who in (COORDINATOR, AUDITOR)
    }
    assert "Given Police-2 Surname (police-2)" in seen["coordinator"]
    assert "police-2" in seen["auditor"]
    assert "Surname" not in seen["auditor"]


def test_an_auditor_reads_whom_the_coordinator_is_to_tell(place: DeskSite) -> None:
    """And is told nothing to do."""
    told = inside(place, "opened", "auditor").get("/read/board").text
    assert "police-2 is to be invited by the coordinator" in told
    assert "by you" not in told


def test_disagreement_comes_first_and_what_is_agreed_is_not_among_it(closed: View) -> None:
    """5.1 was agreed; 5.2 fell into two camps."""
    found = board.board(closed, COORDINATOR, results(closed))
    assert [one.item for one in found.unsettled] == ["5.2"]
    assert found.unsettled[0].scores == (
        "0 (Not started): 3 people; 5 (Fully in place and kept up): 4 people"
    )


def test_a_comment_names_no_person_and_no_small_agency(closed: View) -> None:
    """One person of the charity answered, three of the police."""
    found = disagreement.split(closed, "5.2")
    assert found is not None
    assert {one.whose for one in found.comments} == {"Police", "another agency"}
    told = str([one.model_dump() for one in found.comments])
    assert not [member.id for member in PANEL if member.id in told]


def test_of_many_comments_the_board_shows_the_first_and_leads_to_the_rest(
    closed: View, place: DeskSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who settles a descriptor reads them all; no more words are unsealed than are shown, and one."""
    monkeypatch.setattr(disagreement, "FEW", 1)
    (found,) = [one for one in disagreement.splits(closed, results(closed)) if one.item == "5.2"]
    assert (len(found.comments), found.more) == (1, True)
    whole = disagreement.split(closed, "5.2")
    assert whole is not None
    assert (len(whole.comments), whole.more) == (2, False)
    who = inside(place, "closed", "auditor")
    page = who.get("/read/board").text
    assert "What they wrote: the first 1 comment" in page
    assert '<a href="why?item=5.2">All that was written about 5.2</a>' in page
    who.close()


def test_each_answer_that_counts_leads_to_the_step_it_was_given_in(closed: View) -> None:
    """And the figures to the step that measured them."""
    walk = why.walk(closed, walk_back(closed, "5.2"))
    steps = {one.anchor: one.says for one in walk.steps}
    for answer in walk.answers:
        assert answer.says.split(",")[0] in steps[str(answer.anchor)]
        assert "answered 5.2" in steps[str(answer.anchor)]
    assert "was measured" in steps[str(walk.figures[1].anchor)]


def test_a_step_says_what_had_been_seen(closed: View) -> None:
    """Of the others, in which language, by which guide."""
    given = next(one for one in why.walk(closed, walk_back(closed, "5.2")).steps if one.exposure)
    assert str(given.exposure).startswith("Blind: they had learned nothing of the others. Asked in")
    assert closed.state.guide_digest[:8] in str(given.exposure)


def test_the_trail_of_one_person_tells_nothing_that_is_hidden(place: DeskSite) -> None:
    """Or the choice itself would tell whose the hidden facts are."""
    view = view_at(place.log, place.areas["opened"].id)
    turns: Any = trail.draw(view, AUDITOR, {"person": "police-1"}).values["turns"]
    assert turns
    assert "Hidden until the round closes." not in [one.says for one in turns]


def test_a_form_sent_twice_settles_once_and_says_so(place: DeskSite) -> None:
    """By the coordinator, on the web."""
    who = inside(place, "closed", "coordinator")
    where = str(place.areas["closed"].id)
    form = {"item": "5.2", "score": "2", "because": "Halfway.", "nonce": "once"}
    form["assessment"] = where
    pages = [who.post("/read/settle", data=form) for _ in range(2)]
    facts = [r for r in place.areas["closed"].facts if isinstance(r.fact, OutcomeModerated)]
    assert [one.status_code for one in pages] == [200, 200]
    assert "5.2 stands at 2 (Partly in place)." in Page(pages[1].text).text
    assert [(one.stamp.role, one.stamp.surface) for one in facts] == [("coordinator", "web")]
    who.close()


def test_a_form_of_another_assessment_settles_nothing(place: DeskSite) -> None:
    """It was opened before one signed in to this one, in the same browser."""
    who = inside(place, "closed", "coordinator")
    before = len(place.areas["closed"].facts)
    where = str(place.areas["opened"].id)
    form = {"item": "5.2", "score": "2", "because": "Halfway.", "nonce": "other"}
    form["assessment"] = where
    assert who.post("/read/settle", data=form).status_code == 409
    assert len(place.areas["closed"].facts) == before
    who.close()


def test_what_is_signed_off_says_so_and_offers_no_settling(tmp_path: Path) -> None:
    """By whom and when; the walk back is there as ever."""
    with desk_site(tmp_path, "signed_off") as place:
        who = inside(place, "signed_off", "coordinator")
        pages = [who.get(f"/read/{one}").text for one in ("board", "settle?item=5.2")]
        assert all("Signed off by the Director at " in one for one in pages)
        assert not any("Settle again" in one or 'name="because"' in one for one in pages)
        assert "why?item=5.2" in pages[0]
        who.close()


def test_a_page_of_now_alone_is_linked_as_of_now(place: DeskSite) -> None:
    """And offers no other moment."""
    who = inside(place, "closed", "auditor")
    then = who.get("/read/results?as-of=2026-12-31").text
    assert 'href="compare"' in then
    assert 'name="as-of"' not in who.get("/read/compare").text
    who.close()


@pytest.mark.parametrize("role", ["auditor", "board"])
def test_nobody_else_settles(place: DeskSite, role: str) -> None:
    """Nor is offered the form."""
    who = inside(place, "closed", role)
    before = len(place.areas["closed"].facts)
    form = {"item": "5.1", "score": "2", "because": "Halfway.", "nonce": "once"}
    assert who.post("/read/settle", data=form).status_code == 403
    assert who.get("/read/settle?item=5.2").status_code == 403
    assert len(place.areas["closed"].facts) == before
    who.close()


def test_the_board_of_the_coordinator_is_not_open_to_the_board(place: DeskSite) -> None:
    """They go to the results."""
    who = inside(place, "closed", "board")
    seen = [who.get(f"/read/{page}").status_code for page in ("board", "why", "trail", "nudges")]
    assert seen == [403, 403, 403, 403]
    assert who.get("/read/home").url.path == "/read/results"
    who.close()


def test_the_board_says_that_slack_refuses_our_token_while_it_does(place: DeskSite) -> None:
    """Nobody would know otherwise why nobody answers; a moment of the past is shown as it stood."""
    who = inside(place, "opened", "coordinator")
    outages.note(place.log.folder, "slack", "token_revoked")
    sentence = outages.sentence(place.log.folder)
    assert sentence is not None
    assert sentence in who.get("/read/board").text
    assert sentence not in who.get("/read/board?as-of=2026-12-31").text
    outages.forget(place.log.folder, "slack")
    assert sentence not in who.get("/read/board").text
