"""Words typed under an item, and questions that are answered in words."""

from __future__ import annotations

from support.area import sitting, words
from support.log.interview import NOTED, OLD, SEAT, answered
from support.spec import folded, given

from ehsg_events.events import (
    AnswerAmended,
    AnswerGiven,
    FieldFinished,
    ItemRevisited,
    NoteAmended,
    NoteGiven,
    NoteRetracted,
)
from ehsg_events.interview.answers import answer, back, finish_field
from ehsg_events.interview.notes import MOST_HANDED, MOST_NOTES, amend_note, give_note, retract_note
from ehsg_events.interview.questions import Ask, waiting
from ehsg_events.values.evidence import MOST_FILE, Evidence, FileKept


# -- notes -------------------------------------------------------------------------------------
def test_words_go_under_a_field_of_the_item() -> None:
    """Evidence and next steps are kept apart."""
    given(answered("5.1", "3")).when(
        give_note, SEAT, "5.1", "working-well", words("a"), "ts-1"
    ).then(NOTED)


def test_a_field_the_item_does_not_have_is_refused() -> None:
    """With those it has."""
    given().when(give_note, SEAT, "5.1", "mood", words("a"), None).then_refused(
        "5.1 has no field called that. It takes words under: working-well, prioritising-next."
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
    state.when(retract_note, SEAT, NOTED.words.id).then(NoteRetracted(note=NOTED.words.id))
    assert folded(NOTED, change).notes[NOTED.words.id].words == words("b")


def test_a_note_that_was_taken_back_cannot_be_changed() -> None:
    """An edit that arrives after the deletion."""
    given(NOTED, NoteRetracted(note=NOTED.words.id)).when(
        amend_note, SEAT, NOTED.words.id, words("b")
    ).then_refused("That note is not in this interview any more")


def test_under_one_question_stand_a_hundred_notes_at_most() -> None:
    """Whoever reads them, on a page or in the report, must be able to."""
    notes = [NOTED.model_copy(update={"words": words(f"{n}")}) for n in range(MOST_NOTES)]
    full = given(answered("5.1", "3"), *notes)
    full.when(give_note, SEAT, "5.1", "working-well", words("a"), None).then_refused("100 notes")
    other = NOTED.model_copy(update={"field": "prioritising-next", "source": None})
    full.when(give_note, SEAT, "5.1", "prioritising-next", words("a"), None).then(other)


def test_files_that_were_taken_back_count_among_those_handed_over() -> None:
    """What was sealed once stays until its owner is forgotten."""
    kept = FileKept(content=words("c"), name=words("n"), ending="pdf", size=MOST_FILE, sha256="0")
    filed = NOTED.model_copy(update={"evidence": Evidence(kind="file", file=kept)})
    told = [filed, NoteRetracted(note=NOTED.words.id)] * (MOST_HANDED // MOST_FILE)
    asked = ("5.1", "working-well", words("a"), "ts-1")
    given(*told[2:]).when(give_note, SEAT, *asked, filed.evidence).then(filed)
    given(*told).when(give_note, SEAT, *asked, filed.evidence).then_refused("more than 100 MB")
    given(*told).when(give_note, SEAT, *asked).then(NOTED)


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
        "big-1 is answered in your own words, not with that."
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
