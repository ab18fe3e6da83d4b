"""What the web does with what cannot be taken: it says so, and keeps what was typed in its box."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from support.visitor import Visitor
from support.web.web import Site, site

from bots.interview.said import MOST_WORDS
from ehsg_events.values.evidence import MEGABYTE

WORKING = "words-working-well"  # the first box for words under a descriptor


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One served assessment; each test takes somebody of its own."""
    with site(tmp_path_factory.mktemp("web")) as place:
        yield place


@pytest.fixture
def who(place: Site) -> str:
    """Somebody who has said nothing yet."""
    return place.somebody()


def is_told(visitor: Visitor, words: str, field: str) -> None:
    """The page is the same, begins with the error, and leads to the field it is about."""
    assert visitor.answer.status_code == 422
    assert visitor.page.title.startswith("Error: ")
    summary = next(tag for tag in visitor.page.all("div") if tag.get("role") == "alert")
    assert "autofocus" in summary
    assert visitor.page.text.count(words) == 2, "in the summary and at the field"
    assert f"#{field}" in [link.get("href") for link in visitor.page.all("a")]
    assert [tag for _, tag in visitor.page.tags if tag.get("id") == field]


def test_nothing_chosen_is_told_and_records_nothing(place: Site, who: str) -> None:
    """The question stands again."""
    ana = place.begun(who)
    form, before = ana.page.form("answer"), place.facts(who)
    ana.send(form, form.button("Continue"))
    is_told(ana, "Choose an answer.", "choice")
    assert place.facts(who) == before


def test_nothing_typed_is_told_and_records_nothing(place: Site, who: str) -> None:
    """But Save and continue goes on."""
    ana = place.writing(who)
    before = place.facts(who)
    ana.press("Save and stay here")
    is_told(ana, "Type your words", WORKING)
    assert place.facts(who) == before


def test_a_page_with_a_box_says_where_a_worry_goes(place: Site, who: str) -> None:
    """In one quiet line, on every such page."""
    ana = place.writing(who)
    assert "Worried about somebody's safety? Do not type it here." in ana.page.text
    ana.open("hand-on")
    assert "Worried about somebody's safety? Do not type it here." in ana.page.text


def test_words_that_are_not_kept_stay_in_the_box(place: Site, who: str) -> None:
    """Without the number they are taken at once."""
    ana = place.writing(who)
    ana.type("Call 943 476 5919 first.", origin="The rota")
    is_told(ana, "looks like an NHS number", WORKING)
    box = ana.page.form("answer").values
    assert (box[WORKING], box["origin-working-well"]) == ("Call 943 476 5919 first.", "The rota")
    assert place.words(who) == []
    ana.type("Call first.")
    assert place.words(who) == ["Call first."]


def test_a_worry_about_a_child_is_answered_with_the_areas_route(place: Site, who: str) -> None:
    """At once, on the same page."""
    ana = place.writing(who)
    ana.type("This child is being hurt at home right now.")
    assert "safeguarding procedure now" in ana.page.text
    assert place.facts(who)[-1] == "WordsStopped"


def test_a_refusal_in_words_stays_in_its_box(place: Site, who: str) -> None:
    """The sentence is the rule's."""
    ana = place.begun(who)
    ana.talk("change 5.1 to 9")
    is_told(ana, "5.1 takes 0 to 5, not 9", "say")
    assert ana.page.forms[1].values["say"] == "change 5.1 to 9"


def test_a_colleagues_name_that_is_stopped_is_still_asked_for(place: Site, who: str) -> None:
    """It never becomes evidence on the next try."""
    ana = place.writing(who)
    ana.press("I am not the right person")
    ana.type("Bea, 943 476 5919", "Send to the coordinator")
    is_told(ana, "looks like an NHS number", "words")
    ana.type("Bea Lund", "Send to the coordinator")
    assert place.log.text(place.interview(who).hand_on) == "Bea Lund"
    assert place.words(who) == []


FILES = [
    ("run.exe", b"MZ", "not one that can be kept"),
    ("report.pdf", b"<script>", "not one that can be kept"),
    ("report.pdf", b"%PDF-" + b"0" * 5 * MEGABYTE, "It may be at most 5 MB"),
    ("empty.txt", b"", "did not reach us"),
]


@pytest.fixture(scope="module")
def sender(place: Site) -> Visitor:
    """One person for all the files."""
    return place.writing(place.somebody())


@pytest.mark.parametrize(("name", "content", "told"), FILES, ids=[told for _, _, told in FILES])
def test_a_file_that_is_not_taken_leaves_the_words_in_their_box(
    sender: Visitor, name: str, content: bytes, told: str
) -> None:
    """And asks for the file once more, since a browser does not keep it."""
    sender.attach("We ask.", name, content)
    assert sender.answer.status_code == 422
    assert told in sender.page.text
    assert "choose it again" in sender.page.text
    assert sender.page.form("answer").values[WORKING] == "We ask."


def test_a_day_that_is_none_is_told(place: Site, who: str) -> None:
    """The words wait in their box."""
    ana = place.writing(who)
    ana.type("We ask.", dated="31/2/2026")
    is_told(ana, "Type the day like", "dated-working-well")
    assert ana.page.form("answer").values[WORKING] == "We ask."


def test_words_and_an_answer_without_words_are_not_both_taken(place: Site, who: str) -> None:
    """Somebody pressed the wrong button, and loses nothing."""
    ana = place.writing(who)
    form = ana.page.form("answer")
    ana.send(form, None, **{WORKING: "We ask.", "choice": "answer:5.1:dont-know"})
    is_told(ana, "You typed words and chose an answer", WORKING)


def test_words_of_an_old_page_stand_under_the_question_they_were_typed_under(
    place: Site, who: str
) -> None:
    """Not under the one that waits now."""
    ana = place.writing(who)
    old = ana.page.form("answer")
    ana.press("Save and continue")
    ana.send(old, old.button("Save and stay here"), **{WORKING: "About the first box."})
    assert [note.field for note in place.interview(who).notes.values()] == ["working-well"]
    assert ana.step == "5.1/words"


def test_what_was_refused_before_is_not_told_again(place: Site, who: str) -> None:
    """A press that changes nothing is no mistake."""
    ana = place.begun(who)
    ana.talk("change 5.1 to 9")
    ana.talk("change 5.2")
    assert ana.answer.status_code == 200
    assert not ana.page.title.startswith("Error")


def test_what_was_said_on_an_old_page_is_shown_and_not_taken_for_another_answer(
    place: Site, who: str
) -> None:
    """It stands there to be copied."""
    ana = place.begun(who)
    old = next(form for form in ana.page.forms if form.has("say"))
    ana.choose("I don't know")
    before = place.facts(who)
    ana.send(old, old.buttons[0], say="3")
    assert ana.answer.status_code == 422
    assert "You have moved on" in ana.page.text
    assert place.facts(who) == before


def test_an_amendment_that_is_stopped_waits_in_its_own_box(place: Site, who: str) -> None:
    """Not in the one for new words."""
    ana = place.writing(who)
    ana.type("Call first.")
    ana.correct("Call 943 476 5919.", "Save the change")
    note = next(name for name in ana.page.form("answer").values if name.startswith("note-"))
    is_told(ana, "looks like an NHS number", note)
    assert ana.page.form("answer").values[note] == "Call 943 476 5919."
    assert ana.page.form("answer").values[WORKING] == ""
    assert place.words(who) == ["Call first."]


def test_words_longer_than_any_answer_are_told_and_kept(place: Site, who: str) -> None:
    """They stand in their box, to be said in parts."""
    ana = place.writing(who)
    ana.type("é" * (MOST_WORDS + 1))
    is_told(ana, "characters long", WORKING)
    ana.type("é" * MOST_WORDS)
    assert place.words(who) == ["é" * MOST_WORDS]


def test_a_round_that_closed_while_somebody_typed_shows_receipt_and_words(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """What was too late can still be copied."""
    with site(tmp_path_factory.mktemp("late")) as place:
        ana = place.writing("health-1")
        form = ana.page.form("answer")
        place.clock.on(days=15)
        ana.send(form, form.button("Save and continue"), **{WORKING: "Too late."})
        assert "This round is closed, so answers can no longer be given" in ana.page.text
        assert "Too late." in ana.page.text
        assert "You answered 3" in ana.page.text
        assert ana.page.forms == []
