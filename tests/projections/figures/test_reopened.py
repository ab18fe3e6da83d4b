"""A round that was reopened, and people who were released: what is shown, counted and told apart."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from support.story.figures import equal, recorded_alike
from support.story.story import NAMES, PANEL, Story, agree_and_split, report_in

from ehsg_events.events import AnswerAmended, AnswerGiven, RoundMeasured
from ehsg_events.values.policy import Rule, Terms
from projections.collecting.progress import progress
from projections.results.results import Result, results, trail, why
from projections.years.side_by_side import years

AGAIN = 21  # days from the start


@pytest.fixture
def closed(story: Story) -> Story:
    """Agreed on 5.1 at 2.5 and so without an outcome, 5.2 split, 5.1 then made a whole 3."""
    agree_and_split(story)
    return story.answered("police-1", "5.1", "3").round_closed()


@pytest.fixture
def reopened(closed: Story) -> Story:
    """The same round, open again."""
    return closed.reopened(AGAIN, "half term")


def row(story: Story, item: str, as_of: str | None = None) -> Result:
    """One line of the results."""
    return next(one for one in results(story.view(as_of)) if one.item == item)


def test_while_it_is_open_again_nothing_of_it_is_shown(reopened: Story) -> None:
    """Neither figures nor what was said, and no outcome that it had led to."""
    found = row(reopened, "5.1")
    assert (found.verdict, found.n, found.outcome, found.left) == ("not_measured", None, None, None)
    said = [one for one in trail(reopened.view()) if one.what in ("AnswerGiven", "AnswerAmended")]
    assert all(one.hidden for one in said)
    state = progress(reopened.view())
    assert (state.closed, state.paused, state.leaving) == (False, False, {})
    assert str(date(2026, 10, 26)) in str(state.deadline)


def test_the_walk_back_does_not_tell_what_it_had_come_to(reopened: Story) -> None:
    """Neither the measure nor what was adopted by it; once it is closed again both are told."""
    told = {"RoundMeasured", "OutcomeAdopted"}
    assert not told & {one.what for one in trail(reopened.view())}
    assert not told & {one.what for one in why(reopened.view(), "5.1").steps}
    assert told <= {one.what for one in why(reopened.round_closed().view(), "5.1").steps}


def test_before_it_was_reopened_it_stands_as_it_was_measured(reopened: Story) -> None:
    """As of then figures, outcome and report are those of then."""
    facts = list(reopened.log.all())
    then = str(next(one.position for one in facts if isinstance(one.fact, RoundMeasured)))
    assert (row(reopened, "5.1", then).outcome, row(reopened, "5.1", then).left) == (3, "agreed")
    assert progress(reopened.view(then)).closed


def test_once_it_is_closed_again_it_is_measured_anew(reopened: Story) -> None:
    """The newest measure counts, in SQL as in Python; what was adopted is adopted again."""
    for name in NAMES:
        reopened.answered(name, "5.1", "4")
    view = reopened.round_closed().view()
    equal(view, reopened, 1)
    assert [one.what for one in trail(view)].count("RoundMeasured") == 2
    found = row(reopened, "5.1")
    assert (found.median, found.outcome, found.left) == (4, 4, "agreed")


def test_answers_after_the_reopening_are_told_apart(reopened: Story) -> None:
    """In the standing answers, the results, the trail and the walk back; not to the board."""
    reopened.answered("police-1", "5.1", "2").round_closed()
    view = reopened.view()
    late = view.ask("SELECT stakeholder, item FROM standing WHERE late")
    assert late == [{"stakeholder": "police-1", "item": "5.1"}]
    found = row(reopened, "5.1")
    assert (found.late, row(reopened, "5.2").late) == (1, 0)
    said = "1 of these scores was given after the round was reopened."
    assert found.leaving is not None
    assert said in found.leaving
    assert said not in report_in(view, "html")
    steps = [step for step in why(view, "5.1").steps if step.late]
    assert [step.says.endswith("This was after the round was reopened.") for step in steps] == [
        True
    ]
    assert {"RoundReopened", "OutcomeSetAside"} <= {step.what for step in why(view, "5.1").steps}


def test_an_answer_after_the_reopening_is_stamped_with_what_we_showed(reopened: Story) -> None:
    """They may have heard how it ended, but no figures stood beside the question."""
    reopened.answered("police-1", "5.1", "2")
    last = list(reopened.log.all())[-1].fact
    assert isinstance(last, AnswerGiven | AnswerAmended)
    assert (last.exposure.figures_round, last.exposure.reasons) == (None, None)


def test_what_was_moderated_stands_through_a_reopening(closed: Story) -> None:
    """Only what the rule adopted is set aside."""
    closed.moderated("5.2", "2", "the files").reopened(AGAIN, "half term")
    assert (row(closed, "5.2").outcome, row(closed, "5.1").outcome) == (2, None)
    closed.round_closed()
    assert (row(closed, "5.2").outcome, row(closed, "5.1").outcome) == (2, 3)


def test_an_outcome_set_aside_is_handed_in_no_more(reopened: Story) -> None:
    """Beside other years it is missing until it is adopted again."""

    def scores() -> set[int | None]:
        lines = years(reopened.log, "Anytown").lines
        return {one.score for line in lines if line.item == "5.1" for one in line.said}

    assert scores() == {None}
    reopened.round_closed()
    assert scores() == {3}


def test_each_descriptor_says_how_it_left(closed: Story) -> None:
    """In the results, in the trail and in the round's status."""
    says = "Asked no more: the panel agrees."
    assert row(closed, "5.1").leaving == says
    assert row(closed, "5.2").leaving == "Asked again: the panel does not agree."
    assert progress(closed.view()).leaving["5.1"] == says
    assert any(step.says.endswith(says) for step in why(closed.view(), "5.1").steps)


# -- who is released -------------------------------------------------------------------------------
def test_who_is_released_in_a_round_is_counted_only_if_they_answered(story: Story) -> None:
    """In SQL as in Python, and as it was recorded."""
    agree_and_split(story).withdrawn("health-1")
    story.released("police-1").released("health-1").round_closed()
    view = story.view()
    equal(view, story, 1)
    recorded_alike(view, 1)
    assert row(story, "5.1").invited == 5  # police-1 has answered, health-1 has nothing left
    asked = {one.agency: one.asked for one in progress(view).by_agency}
    assert asked["health"] == 2


def test_who_is_released_between_rounds_is_counted_from_then_on_no_more(story: Story) -> None:
    """What was measured before stays as it was; the next round no longer counts them as asked."""
    story.round_opened()
    story.all_answered("5.1", dict(zip(NAMES[:5], "00555", strict=True))).round_closed()
    story.released(NAMES[5]).round_opened().round_closed()
    view = story.view()
    equal(view, story, 2)
    recorded_alike(view, 2)
    invited = view.ask("SELECT round, invited FROM consensus WHERE item = '5.1' ORDER BY round")
    assert [one["invited"] for one in invited] == [6, 5]


def test_a_split_that_nobody_leaves_is_said_to_be_one(tmp_path: Path) -> None:
    """A stop rule in a sentence, while the other descriptor is asked on."""
    with Story(tmp_path) as told:
        told.opened(PANEL, Terms(rule=Rule(rounds=3, stop="settled-stable-or-limit")))
        told.round_opened().all_answered("5.1", dict(zip(NAMES, "000555", strict=True)))
        told.all_answered("5.2", dict(zip(NAMES, "000555", strict=True))).round_closed()
        told.round_opened().answered("police-1", "5.2", "5").round_closed()
        says = "Asked no more: nobody changed their mind, and the panel is split."
        assert (row(told, "5.1").left, row(told, "5.1").leaving) == ("stable-disagreement", says)
        measured = next(one for one in reversed(trail(told.view())) if one.what == "RoundMeasured")
        assert "1 of these is asked again, the others are moderated" in measured.says
