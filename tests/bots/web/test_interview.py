"""The interview over real HTTP: what a person sees, fills in and is told, when all goes well."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from support.web.web import Site, site

from ehsg_events.values.evidence import Evidence

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


def test_an_interview_is_answered_page_by_page(place: Site, who: str) -> None:
    """Notice, level, all words on it, next question, receipt; each title begins with what is asked."""
    ana = place.visitor(who)
    assert ana.page.title.startswith("Before you start")
    assert ana.press("Start").title.startswith("5.1 Family engagement – 1 of 2")
    assert ana.choose("3").title.startswith("Your words on 5.1 Family engagement")
    assert "We ask every family." in ana.type("We ask every family.").text
    ana.type("A parents' board.", "Save and continue", field="prioritising-next")
    assert ana.page.title.startswith("5.2 One Lead Practitioner – 2 of 2")
    assert ana.choose("I don't know").title.startswith("That is all, thank you")
    assert place.interview(who).completed
    assert place.words(who) == ["We ask every family.", "A parents' board."]


def test_everything_is_recorded_as_said_on_the_web(place: Site, who: str) -> None:
    """By the person, with the surface's name."""
    place.writing(who)
    stamps = {one.stamp.surface for one in place.recorded if one.stamp.by == who}
    assert stamps == {"web"}


def test_looking_records_nothing(place: Site, who: str) -> None:
    """Whoever scans links in messages says nothing by it."""
    ana = place.visitor(who)
    before = len(place.recorded)
    ana.open()
    assert len(place.recorded) == before


def test_words_come_with_their_source_day_and_file(place: Site, who: str) -> None:
    """All of it sealed but the day."""
    ana = place.writing(who)
    ana.attach("We ask.", "minutes.pdf", b"%PDF-1.7 ...", origin="Board", dated="31/3/2026")
    note = next(iter(place.interview(who).notes.values()))
    assert isinstance(note.evidence, Evidence)
    assert note.evidence.kind == "file"
    assert str(note.evidence.dated) == "2026-03-31"
    assert place.log.text(note.evidence.origin) == "Board"
    assert note.evidence.file is not None
    assert place.log.text(note.evidence.file.name) == "minutes.pdf"
    assert place.log.content(note.evidence.file.content) == b"%PDF-1.7 ..."
    assert "minutes.pdf" in ana.page.text


def test_words_are_changed_and_taken_back_where_they_were_typed(place: Site, who: str) -> None:
    """The old words stay on the log; the page shows what stands."""
    ana = place.writing(who)
    ana.type("We ask most families.")
    ana.correct("We ask every family.", "Save the change")
    assert place.words(who) == ["We ask every family."]
    ana.correct("", "Remove these words")
    assert place.words(who) == []
    assert place.facts(who)[-2:] == ["NoteAmended", "NoteRetracted"]


def test_words_typed_before_pressing_something_else_are_kept(place: Site, who: str) -> None:
    """Nobody loses half a thought to Pause."""
    ana = place.writing(who)
    form = ana.page.form("answer")
    ana.send(form, form.button("Pause"), **{WORKING: "Half a thought"})
    assert ana.page.title.startswith("Paused")
    assert place.words(who) == ["Half a thought"]


def test_a_changed_answer_shows_the_one_that_stands(place: Site, who: str) -> None:
    """Its radio is chosen already."""
    ana = place.writing(who)
    ana.talk("change 5.1")
    assert ana.page.form("answer").values["choice"] == "answer:5.1:3"


def test_what_comes_first_is_asked_on_one_page(place: Site) -> None:
    """All places at once, each of the items once; an empty place is closed up."""
    ben = place.begun("school-1")
    for _ in range(4):
        ben.choose("3")
        ben.press("Save and continue")
    assert ben.page.form("answer").selects["place-1"] == ["", "5.1", "5.2", "5.3", "5.4"]
    ben.rank("5.4", "5.4")
    assert "Choose each once" in ben.page.text
    ben.rank("5.4", "", "5.2")
    assert place.interview("school-1").named == ("5.4", "5.2")
    assert place.interview("school-1").completed
    values = ben.open("priorities").form("answer").values
    assert [values[f"place-{n}"] for n in (1, 2, 3)] == ["5.4", "5.2", ""]


def test_everything_a_chat_understands_can_be_said_in_words(place: Site, who: str) -> None:
    """A short box on every page."""
    ana = place.begun(who)
    ana.talk("don't know")
    ana.talk("change 5.1 to 2")
    assert place.interview(who).answers["5.1"].score == 2


@pytest.mark.parametrize(
    ("button", "title"),
    [
        ("My answers", "My answers"),
        ("Pause", "Paused"),
        ("Help", "What you can do"),
        ("Why me?", "Why am I asked?"),
        ("Who sees this, your rights", "Who sees what I say?"),
        ("I am not the right person", "Who would be the right person?"),
        ("Withdraw", "Do you want to withdraw?"),
    ],
)
def test_what_can_be_done_at_any_time_is_a_button(
    place: Site, person: str, button: str, title: str
) -> None:
    """And each leads back to the question."""
    ana = place.visitor(person)
    assert ana.press(button).title.startswith(title)
    ana.talk("go on")
    assert ana.page.title.startswith("5.1 Family engagement")


@pytest.fixture(scope="module")
def person(place: Site) -> str:
    """One person for all the buttons, at the first question."""
    found = place.somebody()
    place.begun(found)
    return found


def test_who_is_not_the_right_person_names_a_colleague(place: Site, who: str) -> None:
    """In one line, for the coordinator to decide."""
    ana = place.begun(who)
    ana.press("I am not the right person")
    form = ana.page.form("answer")
    for _ in range(2):
        ana.send(form, form.button("Send to the coordinator"), words="Bea Lund, data lead")
        assert ana.page.title.startswith("About your colleague")
    assert place.log.text(place.interview(who).hand_on) == "Bea Lund, data lead"


def test_who_withdrew_sees_that_and_is_asked_nothing(place: Site, who: str) -> None:
    """No form is left on the page."""
    ana = place.begun(who)
    ana.press("Withdraw")
    ana.press("Yes, withdraw")
    assert ana.page.title.startswith("You have withdrawn")
    assert ana.page.forms == []


def test_the_same_page_sent_twice_is_one_thing_said(place: Site, who: str) -> None:
    """A double click, or a page loaded again."""
    ana = place.writing(who)
    form = ana.page.form("answer")
    for _ in range(2):
        ana.send(form, form.button("Save and continue"), **{WORKING: "Once."})
        assert ana.answer.status_code == 200
    assert place.words(who) == ["Once."]
    assert place.facts(who)[-3:] == ["NoteGiven", "FieldFinished", "FieldFinished"]


def test_who_asks_to_be_reminded_reads_when_and_can_go_on(place: Site, who: str) -> None:
    """Also when they open their link again; what cannot be is refused where they typed it."""
    ana = place.begun(who)
    assert "I did not understand when to remind you" in ana.talk("remind me later").text
    ana.talk("remind me tomorrow")
    for _ in range(2):
        assert ana.page.title.startswith("Your reminder")
        assert "to remind you at 9am on Tuesday 8 September 2026" in ana.page.text
        ana.open()
    assert ana.press("Go on").title.startswith("5.1 Family engagement")
