"""Two editions side by side: honest about what has no counterpart, and no score is ever rewritten."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
import yaml
from support.area import OPENS, Area, person
from support.ehsg import ehsg

from ehsg_events.commands import assessments, outcomes, rounds
from ehsg_events.events import AnswerAmended, OutcomeAdopted, OutcomeModerated
from ehsg_events.kernel import Refused
from ehsg_events.log.log import Log
from ehsg_events.values.policy import Rule, Terms
from guides import library
from guides.crosswalk import Crosswalk
from guides.mistakes import check
from projections.years.side_by_side import Years, years

FILE = library.SHELF / "crosswalks" / "ehsg-2020@1--ehsg-2022@1@1.yaml"
OLD, NEW = library.guide("ehsg-2020@1").guide, library.guide("ehsg-2022@1").guide
OPENED = datetime(2027, 4, 5, 9, tzinfo=UTC)
CLOSES = datetime(2027, 4, 23, 16, tzinfo=UTC)


def walk() -> Crosswalk:
    """The crosswalk from 2020 to 2022."""
    found = library.newest(Crosswalk, "ehsg-2020@1--ehsg-2022@1")
    assert found is not None
    return found


def test_every_descriptor_of_2022_has_its_line() -> None:
    """In the guide's order, with what is lost even where nothing else differs."""
    assert [bearing.item for bearing in walk().bearings] == list(NEW.descriptors)
    assert all(bearing.lost for bearing in walk().bearings)


def test_every_question_of_2020_bears_on_something_or_is_listed_alone() -> None:
    """Nothing is passed over in silence, nor counted as both."""
    used = {item for bearing in walk().bearings for item in bearing.earlier}
    alone = {one.item for one in walk().alone}
    assert used | alone == set(OLD.items)
    assert not used & alone


def test_it_says_that_it_is_our_own_judgement() -> None:
    """No official mapping is known."""
    assert walk().by.startswith("Our own judgement")
    assert [b.item for b in walk().bearings if b.kind == "none"] == ["5.5", "8.2"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda w: w["bearings"].pop(), "9.7 of ehsg-2022@1 is left out"),
        (lambda w: w["alone"].pop(), "big-3 of ehsg-2020@1 is left out"),
        (lambda w: w["bearings"][0].update(item="5.9"), "has no descriptor 5.9"),
        (lambda w: w["bearings"][1].update(item="5.1"), "5.1 is there twice"),
        (lambda w: w["bearings"][0].update(earlier=["families-99"]), "asks no item families-99"),
        (lambda w: w["bearings"][0].update(kind="none"), "the kind none names no earlier item"),
        (lambda w: w["alone"][0].update(item="families-1"), "stands alone but also bears"),
        (lambda w: w.update(earlier="ehsg-2019@1"), "No guide is called ehsg-2019@1"),
    ],
)
def test_a_crosswalk_that_fits_its_guides_badly_is_refused(change: object, said: str) -> None:
    """Each mistake by its own words."""
    content = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    change(content)  # type: ignore[operator]
    _, found = check(yaml.safe_dump(content), lambda name: library.guide(name).guide)
    assert any(said in one.what for one in found)


ONCE = Terms(rule=Rule(rounds=1, quorum_invited=0.5))


def closed(area: Area, at: datetime = OPENS) -> None:
    """Close the round; what so few agreed on is settled by name, or it would tell on each of them."""
    rounds.close_round(area.log, area.stamp(at), area.id)
    for one in area.facts:
        if isinstance(one.fact, OutcomeAdopted) and one.stream.assessment == area.id:
            item = one.stream.item or ""
            outcomes.moderate(area.log, area.stamp(at), area.id, item, one.fact.level, "Agreed.")


@pytest.fixture
def told(log: Log) -> Years:
    """Sefton in 2026 under the guide of 2020, and in 2027 under that of 2022."""
    before, after = Area(log), Area(log, id=UUID(int=8))
    items = ("families-1", "families-6", "data-matching-1", "leaders-1")
    before.open(tuple(person(f"p-{n}", f"Agency {n}", items) for n in "abc"), "ehsg-2020@1", ONCE)
    before.open_round()
    values = {"families-1": "no", "data-matching-1": "yes", "leaders-1": "mostly-yes"}
    for item, value in values.items():
        before.answers(item, p_a=value, p_b=value, p_c=value)
    closed(before)
    people = tuple(person(f"p-{n}", f"Agency {n}", ("5.2", "5.5")) for n in "abc")
    later(after, people)
    return years(log, " sefton ")


def later(after: Area, people: tuple[object, ...]) -> None:
    """The second assessment, a year after."""
    stamp = after.stamp(OPENED)
    assessments.open_assessment(after.log, stamp, after.id, "Sefton", "ehsg-2022@1", people, ONCE)  # type: ignore[arg-type]
    after.open_round(OPENED, CLOSES)
    for name in "abc":
        after.answer(f"p-{name}", "5.2", "4", at=OPENED)
        after.answer(f"p-{name}", "5.5", "0", at=OPENED)
    closed(after, OPENED)


def scores(told: Years, item: str) -> list[tuple[int, str, int | None, str | None]]:
    """What one descriptor's line holds."""
    (line,) = (one for one in told.lines if one.item == item)
    return [(one.year, one.item, one.score, one.words) for one in line.said]


def test_an_areas_years_stand_side_by_side_in_their_own_words(told: Years) -> None:
    """A true 0 stays a 0, and 4 of six levels is not made into anything of four words."""
    assert [(one.year, one.guide) for one in told.columns] == [
        (2026, "ehsg-2020@1"),
        (2027, "ehsg-2022@1"),
    ]
    assert scores(told, "5.2") == [
        (2026, "families-1", 0, "No"),
        (2027, "5.2", 4, "In place across the partnership"),
    ]
    assert scores(told, "5.5") == [(2027, "5.5", 0, "Not started")]


def test_what_was_not_answered_is_missing_and_never_0(told: Years) -> None:
    """Asked of nobody, or answered by nobody."""
    assert scores(told, "5.6") == [(2026, "families-6", None, None), (2027, "5.6", None, None)]


def test_a_yes_that_is_the_weaker_answer_keeps_its_word(told: Years) -> None:
    """Matching by hand: yes is 0, and it is still a yes."""
    assert (2026, "data-matching-1", 0, "Yes") in scores(told, "9.5")


def test_what_is_lost_between_the_guides_stands_beside_the_scores(told: Years) -> None:
    """And what is asked no more is not dropped."""
    (line,) = (one for one in told.lines if one.item == "5.5")
    assert line.kind == {"ehsg-2020@1": "none"}
    assert "2020 did not ask" in line.lost["ehsg-2020@1"]
    (left,) = (one for one in told.alone if one.item == "leaders-1")
    assert [(one.score, one.words) for one in left.said] == [(2, "Mostly yes")]
    assert told.crosswalks.keys() == {"ehsg-2020@1--ehsg-2022@1@1"}


@pytest.mark.usefixtures("told")
def test_looking_back_writes_nothing(log: Log) -> None:
    """No outcome is recorded but those of each assessment's own guide."""
    before = log.store.last_position()
    assert years(log, " sefton ").lines
    assert log.store.last_position() == before
    outcomes = [one for one in log.all() if isinstance(one.fact, OutcomeAdopted | OutcomeModerated)]
    guides = {UUID(int=7): OLD, UUID(int=8): NEW}
    assert outcomes
    for one in outcomes:
        assert one.stream.item in guides[one.stream.assessment].descriptors
    assert not [one for one in log.all() if isinstance(one.fact, AnswerAmended)]


def test_an_area_of_which_nothing_is_known_is_refused(log: Log) -> None:
    """With where to look."""
    with pytest.raises(Refused, match="Nothing of Nowhere is on the log"):
        years(log, "Nowhere")


def test_the_command_shows_words_beside_numbers(tmp_path: Path) -> None:
    """On a terminal as for a program."""
    folder = tmp_path / "data"
    with_log = Log(folder)
    area = Area(with_log)
    area.open(terms=ONCE)
    area.open_round()
    area.answers("5.1", police_1="0", health_1="0", school_1="0", school_2="0")
    closed(area)
    with_log.close()
    said = ehsg(folder, "years", "--area", "Sefton")
    assert "2026 ehsg-2022@1 5.1: 0 (Not started)" in said.out
    document = ehsg(folder, "years", "--area", "Sefton", "--json").document
    assert document["lines"][0]["said"][0]["score"] == 0
    assert document["lines"][1]["said"][0]["score"] is None
