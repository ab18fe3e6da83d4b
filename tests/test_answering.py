"""What one stakeholder may do in an interview, and what a rule says no to."""

from __future__ import annotations

from uuid import UUID

import pytest
from area import ITEMS, sitting, words
from spec import folded, given

from ehsg_events.answering import (
    amend_note,
    answer,
    back,
    finish_field,
    give_note,
    pause,
    refuse,
    resume,
    retract_note,
    revisit,
    show,
    start,
    withdraw,
)
from ehsg_events.events import (
    AnswerAmended,
    AnswerGiven,
    FieldFinished,
    InputRefused,
    InterviewCompleted,
    InterviewPaused,
    InterviewResumed,
    InterviewStarted,
    InterviewWithdrawn,
    ItemRevisited,
    NoteAmended,
    NoteGiven,
    NoteRetracted,
    ScreenAsked,
)
from ehsg_events.interview import Answer, Ask, Figures, Sitting, done, waiting

SEAT = sitting()
OLD = sitting("data-matching-1", "big-1", "big-2", guide="ehsg-2020@1")
SHUT = sitting(closed=True)


def answered(item: str, value: str, seat: Sitting = SEAT) -> AnswerGiven:
    """The fact that somebody answered."""
    (fact,) = (f for f in answer(folded(), seat, item, value) if isinstance(f, AnswerGiven))
    return fact


def amended(item: str, value: str, seat: Sitting = SEAT) -> AnswerAmended:
    """The fact that somebody changed an answer."""
    return AnswerAmended.model_validate(answered(item, value, seat).model_dump())


def finished(item: str, *fields: str) -> list[FieldFinished]:
    """The facts that nothing more is to be typed under these fields."""
    return [FieldFinished(item=item, field=field) for field in fields]


NOTED = NoteGiven(item="5.1", field="working-well", words=words("a"), source="ts-1")
BOTH = ("working-well", "prioritising-next")


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


@pytest.mark.parametrize("value", ["6", "-1", "3.5", "", "three", "03", "٣", "text", "score"])
def test_a_value_off_the_scale_is_refused_with_what_it_takes(value: str) -> None:
    """And with what else may be said."""
    given().when(answer, SEAT, "5.1", value).then_refused(
        f"5.1 takes 0 to 5, not {value}. You can also say don't know, not my area or skip."
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


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked[0].__name__)
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


def test_after_a_withdrawal_no_answer_and_no_note_remains() -> None:
    """As if nothing had been said, but that they withdrew."""
    state = folded(answered("5.1", "3"), NOTED, InterviewWithdrawn())
    assert (state.answers, state.notes, state.withdrawn) == ({}, {}, True)


def test_a_person_may_withdraw_once_and_also_after_the_close() -> None:
    """It is their right, whatever the round does; the second time nothing happens."""
    given(answered("5.1", "3")).when(withdraw).then(InterviewWithdrawn())
    given(InterviewWithdrawn()).when(withdraw).then_nothing()
    given(InterviewWithdrawn()).when(show, "review").then_refused("You have withdrawn")


# -- notes -------------------------------------------------------------------------------------
def test_words_go_under_a_field_of_the_item() -> None:
    """Evidence and next steps are kept apart."""
    given(answered("5.1", "3")).when(
        give_note, SEAT, "5.1", "working-well", words("a"), "ts-1"
    ).then(NOTED)


def test_a_field_the_item_does_not_have_is_refused() -> None:
    """With those it has."""
    given().when(give_note, SEAT, "5.1", "mood", words("a"), None).then_refused(
        "5.1 has no field called mood. It takes words under: working-well, prioritising-next."
    )


def test_a_feedback_round_asks_for_a_reason_instead() -> None:
    """Evidence was asked for in the round before."""
    seat = sitting(kind="feedback")
    assert [box.id for box in seat.fields("5.1")] == ["reason"]


def test_a_note_may_be_changed_and_taken_back() -> None:
    """A message that was edited or deleted."""
    state = given(answered("5.1", "3"), NOTED)
    change = NoteAmended(note=NOTED.words.id, words=words("b"))
    state.when(amend_note, SEAT, NOTED.words.id, words("b")).then(change)
    state.when(amend_note, SEAT, NOTED.words.id, words("a")).then_nothing()
    state.when(retract_note, SEAT, NOTED.words.id).then(NoteRetracted(note=NOTED.words.id))
    assert folded(NOTED, change).notes[NOTED.words.id].words == words("b")


def test_a_note_that_was_taken_back_cannot_be_changed() -> None:
    """An edit that arrives after the deletion."""
    given(NOTED, NoteRetracted(note=NOTED.words.id)).when(
        amend_note, SEAT, NOTED.words.id, words("b")
    ).then_refused("That note is not in this interview any more")


# -- questions answered in words ---------------------------------------------------------------
TOLD = AnswerGiven(
    item="big-1", kind="text", level=None, score=None, exposure=OLD.exposure("big-1")
)
STORY = NoteGiven(item="big-1", field="answer", words=words("story"))


def test_a_question_without_a_scale_is_answered_in_words() -> None:
    """The words are the answer; more words belong to it."""
    given().when(give_note, OLD, "big-1", "answer", words("story"), None).then(TOLD, STORY)
    more = STORY.model_copy(update={"words": words("more")})
    given(TOLD, STORY).when(give_note, OLD, "big-1", "answer", words("more"), None).then(more)


def test_a_question_without_a_scale_takes_no_score() -> None:
    """But it may be skipped like any other."""
    given().when(answer, OLD, "big-1", "yes").then_refused(
        "big-1 is answered in your own words, not with yes."
    )
    given().when(finish_field, OLD, "big-1", "answer").then(answered("big-1", "skip", OLD))


def test_who_skipped_a_question_in_words_may_still_answer_it() -> None:
    """The skip becomes an answer, with an amendment that says so."""
    told = AnswerAmended.model_validate(TOLD.model_dump())
    skipped = answered("big-1", "skip", OLD)
    given(skipped).when(give_note, OLD, "big-1", "answer", words("story"), None).then(told, STORY)
    back_to_it = folded(skipped, ItemRevisited(item="big-1"))
    assert waiting(back_to_it, OLD) == Ask("big-1", "answer")
    given(skipped, ItemRevisited(item="big-1")).when(answer, OLD, "big-1", "skip").then(
        FieldFinished(item="big-1", field="score")
    )


def test_from_a_question_in_words_the_way_back_leads_to_the_one_before() -> None:
    """Not to itself, however often one goes back."""
    seen = (answered("data-matching-1", "no", OLD), TOLD, STORY)
    given(*seen).when(back, OLD).then(ItemRevisited(item="data-matching-1"))


# -- the way through ---------------------------------------------------------------------------
def test_questions_wait_in_the_order_of_the_sitting() -> None:
    """The score first, then each field, then the next item."""
    facts: list[object] = []
    seen = []
    while (ask := waiting(folded(*facts), SEAT)) is not None:  # type: ignore[arg-type]
        seen.append(tuple(ask))
        score = ask.field == "score"
        facts.append(answered(ask.item, "3") if score else finished(*ask)[0])
    assert seen == [(item, field) for item in ITEMS for field in ("score", *BOTH)]
    assert done(folded(*facts), SEAT) == 2  # type: ignore[arg-type]


def test_nothing_is_asked_under_an_answer_that_is_no_score() -> None:
    """Who does not know has no evidence to give."""
    assert waiting(folded(answered("5.1", "dont-know")), SEAT) == Ask("5.2", "score")


def test_back_then_the_same_answer_changes_no_answer() -> None:
    """The talk only moves on from the score to the fields."""
    been = (answered("5.1", "3"), *finished("5.1", *BOTH), ItemRevisited(item="5.1"))
    assert waiting(folded(*been), SEAT) == Ask("5.1", "score")
    given(*been).when(answer, SEAT, "5.1", "3").then(*finished("5.1", "score"))


def test_back_goes_to_the_item_itself_while_its_fields_are_asked() -> None:
    """Then to the one before, and at the first there is nothing before."""
    one = (answered("5.1", "3"), *finished("5.1", *BOTH))
    given(*one, answered("5.2", "3")).when(back, SEAT).then(ItemRevisited(item="5.2"))
    given(*one).when(back, SEAT).then(ItemRevisited(item="5.1"))
    given().when(back, SEAT).then_refused("This is the first question")
    revisited = (*one, ItemRevisited(item="5.1"))
    given(*revisited).when(back, SEAT).then_refused("This is the first question")


def test_back_after_the_end_goes_to_the_last_item() -> None:
    """Somebody looks again at what they said."""
    ends = (answered("5.1", "skip"), answered("5.2", "skip"), InterviewCompleted())
    given(*ends).when(back, SEAT).then(ItemRevisited(item="5.2"))


def test_only_what_was_answered_is_revisited() -> None:
    """The rest comes of itself."""
    given(answered("5.1", "3")).when(revisit, SEAT, "5.1").then(ItemRevisited(item="5.1"))
    given().when(revisit, SEAT, "5.1").then_nothing()


def test_a_field_is_finished_once_and_never_before_the_score() -> None:
    """Nothing more to type is no answer."""
    given(answered("5.1", "3")).when(finish_field, SEAT, "5.1", "working-well").then(
        *finished("5.1", "working-well")
    )
    given(*finished("5.1", "working-well")).when(
        finish_field, SEAT, "5.1", "working-well"
    ).then_nothing()
    given().when(finish_field, SEAT, "5.1", "score").then_refused("5.1 has no answer yet.")


def test_a_talk_begins_pauses_and_goes_on() -> None:
    """Each once; going on when nothing was paused only shows the question."""
    begun = InterviewStarted(notice="digest")
    given().when(start, SEAT, "digest").then(begun)
    given(begun).when(start, SEAT, "digest").then_nothing()
    given(begun).when(pause, SEAT).then(InterviewPaused())
    given(begun, InterviewPaused()).when(pause, SEAT).then_nothing()
    given(begun, InterviewPaused()).when(resume, SEAT).then(InterviewResumed())
    given(begun).when(resume, SEAT).then(ScreenAsked(screen="question"))
    assert not folded(begun, InterviewPaused(), InterviewResumed()).paused


def test_a_screen_lasts_until_the_next_thing_said() -> None:
    """Then the talk is back at its question."""
    given().when(show, "review").then(ScreenAsked(screen="review"))
    assert folded(ScreenAsked(screen="review")).screen == "review"
    assert folded(ScreenAsked(screen="review"), answered("5.1", "3")).screen == "question"


def test_what_the_talk_could_not_take_is_kept_until_the_next_thing_said() -> None:
    """A refusal is a fact too; it is shown and then gone."""
    given().when(lambda _: refuse(words("no"))).then(InputRefused(words=words("no")))
    assert folded(InputRefused(words=words("no"))).refusal == words("no")
    assert folded(InputRefused(words=words("no")), answered("5.1", "3")).refusal is None
