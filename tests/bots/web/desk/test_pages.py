"""What stands on the pages of results and comparison, for each who may open them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from support.story.story import member
from support.story.submission import bring
from support.web.desk import reading
from support.web.web import Site, site

from ehsg_events.commands import assessments, outcomes, rounds
from ehsg_events.commands.sitting import sit_down
from ehsg_events.interview import answers
from ehsg_events.log.transaction import Transaction
from ehsg_events.states.streams import interview_stream
from ehsg_events.values.policy import Rule, Terms
from guides import library

PANEL = tuple(
    member(f"{agency}-{n}", agency, ["5.1", "5.2"])
    for agency in ("police", "health", "school")
    for n in (1, 2)
)

FORM = json.dumps({"scores": {"5.1": 3, "5.2": 1}}).encode()


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An assessment whose round is closed, behind a real server: agreed on 5.1, too few on 5.2."""
    folder = tmp_path_factory.mktemp("reading")
    with site(folder, people=PANEL) as one:
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
