"""What one stakeholder may do in an interview, and what a rule says no to."""

from __future__ import annotations

from uuid import UUID

import pytest
from support.area import ITEMS, words
from support.log.interview import NOTED, OLD, SEAT, SHUT, amended, answered
from support.spec import folded, given

from ehsg_events.events import (
    InterviewCompleted,
    InterviewPaused,
    InterviewWithdrawn,
    ScreenAsked,
)
from ehsg_events.interview.answers import (
    answer,
    ask_for_a_colleague,
    ask_to_hand_on,
    back,
    finish_field,
    pause,
    resume,
    revisit,
    show,
    start,
    withdraw,
)
from ehsg_events.interview.notes import amend_note, give_note, retract_note
from ehsg_events.states.interview import Answer, Sitting
from ehsg_events.values.exposure import Figures


# -- answers -----------------------------------------------------------------------------------
def test_an_answer_is_recorded_with_what_was_shown() -> None:
    """Guide, wording and language, and that no figures were on the screen."""
    fact = answered("5.1", "3")
    assert (fact.kind, fact.level, fact.score) == ("score", "3", 3)
    assert fact.exposure.guide == SEAT.guide_digest
    assert fact.exposure.wording == SEAT.guide.wording_digest("5.1")
    assert (fact.exposure.language, fact.exposure.figures_round) == ("en", None)


def test_an_informed_answer_says_which_figures_were_shown() -> None:
    """So that it is never counted among the blind ones."""
    figures = {"5.1": Figures(1, (0, 0, 1, 2, 2, 0), 3, "d1")}
    seat = Sitting(SEAT.guide, "g", ITEMS, "feedback", closed=False, deadline="", figures=figures)
    shown = answered("5.1", "3", seat).exposure
    assert (shown.figures_round, shown.figures) == (1, "d1")
    assert answered("5.2", "3", seat).exposure.figures is None


def test_a_question_answered_ahead_of_its_turn_is_answered_blind() -> None:
    """What is said of 5.2 before it was put has seen no figures of it."""
    figures = {item: Figures(1, (0, 0, 0, 5, 0, 0), 3, "d1") for item in ("5.1", "5.2")}
    seat = Sitting(SEAT.guide, "g", ITEMS, "feedback", closed=False, deadline="", figures=figures)
    given(answered("5.1", "dont-know", seat)).when(answer, seat, "5.2", "4").then_exposed("d1")
    given().when(answer, seat, "5.2", "4").then_exposed(None)


def test_a_score_of_0_is_a_score() -> None:
    """It is not the absence of one."""
    assert answered("5.1", "0").score == 0
    assert answered("5.1", "0").kind == "score"


@pytest.mark.parametrize("kind", ["dont-know", "not-my-area", "skip"])
def test_an_answer_that_is_no_score_has_none(kind: str) -> None:
    """Not 0, and never merged with another kind."""
    fact = answered("5.1", kind)
    assert (fact.kind, fact.level, fact.score) == (kind, None, None)


def test_who_never_reached_an_item_has_said_nothing_of_it() -> None:
    """The fourth of the four that are no score: there is no answer at all."""
    assert "5.2" not in folded(answered("5.1", "skip")).answers


def test_an_amendment_that_changes_nothing_leaves_no_trace() -> None:
    """The same value again is no change of mind."""
    given(answered("5.1", "3")).when(answer, SEAT, "5.1", "3").then_nothing()


def test_another_value_is_an_amendment_that_keeps_the_first() -> None:
    """Both stand on the log; the newer counts."""
    given(answered("5.1", "3")).when(answer, SEAT, "5.1", "2").then(amended("5.1", "2"))
    assert folded(answered("5.1", "3"), amended("5.1", "2")).answers["5.1"] == Answer(
        "score", "2", 2
    )


def test_a_dont_know_may_become_a_score_and_a_score_a_dont_know() -> None:
    """A change of mind goes either way."""
    given(answered("5.1", "dont-know")).when(answer, SEAT, "5.1", "4").then(amended("5.1", "4"))
    given(answered("5.1", "4")).when(answer, SEAT, "5.1", "skip").then(amended("5.1", "skip"))


@pytest.mark.parametrize("value", ["6", "-1", "3.5", "03"])
def test_a_value_off_the_scale_is_refused_with_what_it_takes(value: str) -> None:
    """And with what else may be said."""
    given().when(answer, SEAT, "5.1", value).then_refused(
        f"5.1 takes 0 to 5, not {value}. You can also say don't know, not my area or skip."
    )


@pytest.mark.parametrize("value", ["", "three", "٣", "text", "score", "planted amy jones", "a 3"])
def test_a_refusal_never_repeats_words(value: str) -> None:
    """It is recorded; only what has the form of a level, a number, a date or an id is said back."""
    given().when(answer, SEAT, "5.1", value).then_refused(
        "5.1 takes 0 to 5, not that. You can also say don't know, not my area or skip."
    )


def test_a_scale_of_words_names_its_words() -> None:
    """The code knows neither 0 to 5 nor numbers."""
    given().when(answer, OLD, "data-matching-1", "3").then_refused(
        "data-matching-1 takes yes, mostly-yes, mostly-no, no, not 3."
    )


def test_yes_is_the_weaker_answer_where_the_guide_says_so() -> None:
    """Matching by hand: yes scores 0, no scores highest."""
    assert answered("data-matching-1", "yes", OLD).score == 0
    assert answered("data-matching-1", "no", OLD).score == 3


def test_only_what_was_asked_can_be_answered() -> None:
    """With what was asked."""
    given().when(answer, SEAT, "9.7", "3").then_refused(
        "You were not asked about 9.7 in this round. You were asked about 5.1, 5.2."
    )


def test_the_last_answer_completes_the_interview_once() -> None:
    """When nothing waits any more; an amendment after it completes nothing again."""
    first = (answered("5.1", "skip"),)
    given(*first).when(answer, SEAT, "5.2", "skip").then(
        answered("5.2", "skip"), InterviewCompleted()
    )
    whole = (*first, answered("5.2", "skip"), InterviewCompleted())
    given(*whole).when(answer, SEAT, "5.2", "dont-know").then(amended("5.2", "dont-know"))


# -- after the close, after a withdrawal -------------------------------------------------------
ASKED = [
    (start, "digest"),
    (answer, "5.1", "3"),
    (give_note, "5.1", "working-well", words("x"), None),
    (amend_note, UUID(int=1), words("x")),
    (retract_note, UUID(int=1)),
    (finish_field, "5.1", "working-well"),
    (revisit, "5.1"),
    (back,),
    (pause,),
    (resume,),
]


@pytest.mark.parametrize("asked", ASKED[:-1], ids=lambda asked: asked[0].__name__)
def test_nothing_is_changed_after_the_close(asked: tuple[object, ...]) -> None:
    """The refusal says what can still be done."""
    decide, *rest = asked
    given(answered("5.1", "3")).when(decide, SHUT, *rest).then_refused(  # type: ignore[arg-type]
        "This round is closed, so answers can no longer be given or changed. "
        "Your coordinator can record a dissent for you, or open another round."
    )


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked[0].__name__)
def test_who_has_withdrawn_is_out_of_the_round(asked: tuple[object, ...]) -> None:
    """Nothing they say counts, until the coordinator asks again."""
    decide, *rest = asked
    given(answered("5.1", "3"), InterviewWithdrawn()).when(
        decide,  # type: ignore[arg-type]
        SEAT,
        *rest,
    ).then_refused("You have withdrawn, so nothing you said counts.")


@pytest.mark.parametrize("paused", [(), (InterviewPaused(),)])
def test_who_goes_on_after_the_close_is_shown_what_was_recorded(
    paused: tuple[InterviewPaused, ...],
) -> None:
    """Nothing is changed by that, and nothing is refused."""
    given(*paused).when(resume, SHUT).then(ScreenAsked(screen="question"))


def test_what_nobody_is_left_to_answer_is_not_handed_on() -> None:
    """The coordinator would never see such a wish."""
    answered_all = (answered("5.1", "skip"), answered("5.2", "3"))
    for asks in ((ask_for_a_colleague,), (ask_to_hand_on, words("Bo"))):
        decide, *rest = asks
        given(*answered_all).when(decide, SEAT, *rest).then_refused("You have no question left")
        given().when(decide, SHUT, *rest).then_refused("This round is closed")


def test_after_a_withdrawal_no_answer_and_no_note_remains() -> None:
    """As if nothing had been said, but that they withdrew."""
    state = folded(answered("5.1", "3"), NOTED, InterviewWithdrawn())
    assert (state.answers, state.notes, state.withdrawn) == ({}, {}, True)


def test_a_person_may_withdraw_once_and_also_after_the_close() -> None:
    """It is their right, whatever the round does; the second time nothing happens."""
    given(answered("5.1", "3")).when(withdraw).then(InterviewWithdrawn())
    given(InterviewWithdrawn()).when(withdraw).then_nothing()
    given(InterviewWithdrawn()).when(show, "review").then_refused("You have withdrawn")
