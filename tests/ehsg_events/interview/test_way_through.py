"""Which question waits, the way back, pauses and screens: how a talk goes on."""

from __future__ import annotations

from support.area import ITEMS, words
from support.log.interview import BOTH, SEAT, answered, finished
from support.spec import folded, given

from ehsg_events.events import (
    InputRefused,
    InterviewCompleted,
    InterviewPaused,
    InterviewResumed,
    InterviewStarted,
    ItemRevisited,
    ScreenAsked,
)
from ehsg_events.interview.answers import (
    answer,
    back,
    finish_field,
    pause,
    refuse,
    resume,
    revisit,
    show,
    start,
)
from ehsg_events.interview.questions import Ask, done, waiting


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
