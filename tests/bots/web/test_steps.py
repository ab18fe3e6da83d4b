"""Each step of an interview has an address: looking changes nothing, Back shows what was saved there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from support.story.story import member
from support.web.web import Site, site

from ehsg_events.commands import people, rounds
from ehsg_events.commands.sitting import sit_down
from ehsg_events.interview import answers
from ehsg_events.log.transaction import Transaction
from ehsg_events.states.streams import interview_stream

EVERY = (
    "", "start", "5.1", "5.1/words", "5.2", "5.2/words", "priorities", "review", "help", "why",
    "who-sees", "nudges", "hand-on", "withdraw", "paused", "done", "handed-on", "nothing", "5.9",
)  # fmt: skip


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One served assessment; each test takes somebody of its own."""
    with site(tmp_path_factory.mktemp("steps")) as place:
        yield place


@pytest.fixture
def who(place: Site) -> str:
    """Somebody who has said nothing yet."""
    return place.somebody()


def test_no_address_changes_anything(place: Site, who: str) -> None:
    """Before the first answer, in the middle and at the end; each shows a page of the interview."""
    ana = place.visitor(who)
    for line in ("start", "3", "next", "next", "don't know"):
        before = len(place.recorded)
        for step in EVERY:
            ana.open(step)
            assert ana.answer.status_code == 200
        assert len(place.recorded) == before
        ana.open()
        ana.talk(line)
    assert place.interview(who).completed


def test_the_link_opens_where_the_talk_is(place: Site, who: str) -> None:
    """At the next question, whatever was only looked at since."""
    ana = place.visitor(who)
    assert ana.step == "start"
    ana.press("Start")
    ana.choose("3")
    for looked in ("Help", "Why me?", "My answers", "Who sees this, your rights", "Withdraw"):
        ana.press(looked)
        ana.open()
        assert ana.step == "5.1/words"
    ana.talk("help")
    assert ana.step == "help"
    ana.open()
    assert ana.step == "5.1/words"


def test_back_leads_through_every_step_and_shows_what_was_saved(place: Site, who: str) -> None:
    """Words included; each can be changed in place, and the talk goes on where it was."""
    ana = place.writing(who)
    ana.type("We ask every family.", "Save and continue")
    assert ana.step == "5.2"
    ana.press("Back")
    assert ana.step == "5.1/words"
    assert "We ask every family." in ana.page.text
    ana.press("Back")
    assert ana.page.form("answer").values["choice"] == "answer:5.1:3"
    ana.choose("4")
    assert "What made you change it?" in ana.page.text
    ana.type("The audit.", "Save and continue", field="reason")
    assert ana.step == "5.2"
    assert place.interview(who).answers["5.1"].score == 4
    assert place.words(who) == ["We ask every family.", "The audit."]
    assert ana.open("5.1").links["Back"] == "start"
    assert "Back" not in ana.open("start").links


def test_back_saves_what_was_typed(place: Site, who: str) -> None:
    """And so does every other way from a page with boxes."""
    ana = place.writing(who)
    for label, step in (("Back", "5.1"), ("Help", "help"), ("My answers", "review")):
        ana.open("5.1/words")
        form = ana.page.form("answer")
        ana.send(form, form.button(label), **{"words-working-well": f"Before {label}."})
        assert ana.step == step
    assert place.words(who) == ["Before Back.", "Before Help.", "Before My answers."]


def test_a_question_that_was_not_reached_has_no_address(place: Site, who: str) -> None:
    """It leads to the one that waits, for looking and for answering."""
    ana = place.begun(who)
    for step in ("5.2", "5.2/words", "5.1/words", "priorities"):
        ana.open(step)
        assert ana.step == "5.1"
    form = ana.page.form("answer")
    form.action = f"{ana.url}/5.2"
    ana.send(form, None, choice="answer:5.2:3", do="continue")
    assert place.interview(who).answers == {}


def test_whoever_saw_the_groups_figures_is_never_recorded_as_blind(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """In a feedback round no address shows them ahead of the question."""
    agencies = ("health", "police", "school", "health", "police", "school", "council")
    panel = [member(f"{agency}-{n}", agency, ["5.1", "5.2"]) for n, agency in enumerate(agencies)]
    with site(tmp_path_factory.mktemp("second"), people=panel) as place:
        for person, score in zip(panel, "0005555", strict=True):
            for item in ("5.1", "5.2"):
                answered(place, person.id, item, score)
        rounds.close_round(place.log, place.stamp("close"), place.assessment)
        rounds.open_round(place.log, place.stamp("again"), place.assessment, None)
        ana = place.visitor("health-0")
        ana.press("Start")
        assert "people said 5" in ana.page.text
        ana.open("5.2")
        assert ana.step == "5.1"
        ana.choose("4")
        given = place.log.read(interview_stream(place.assessment, 2, "health-0")).answers
        assert list(given) == ["5.1"]


def test_a_page_kept_from_an_earlier_round_answers_nothing_in_this_one(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """One link opens every round, so each form says which it was drawn in."""
    panel = [member(f"{agency}-1", agency, ["5.1"]) for agency in ("health", "police", "school")]
    with site(tmp_path_factory.mktemp("rounds"), people=panel) as place:
        ana = place.begun("health-1")
        kept = ana.page.form("answer")
        for person, score in zip(panel, "055", strict=True):
            answered(place, person.id, "5.1", score)
        rounds.close_round(place.log, place.stamp("close"), place.assessment)
        rounds.open_round(place.log, place.stamp("again"), place.assessment, None)
        ana.open("")
        ana.press("Start")
        ana.send(kept, kept.button("Continue"), choice="answer:5.1:3")
        assert "of an earlier round" in ana.page.text
        second = place.log.read(interview_stream(place.assessment, 2, "health-1"))
        assert second.answers == {}


def answered(place: Site, person: str, item: str, value: str) -> None:
    """Somebody answers by another way."""

    def decide(tx: Transaction) -> None:
        number, seat, state = sit_down(tx, place.assessment, person, tx.stamp.at)
        facts = answers.answer(state, seat, item, value)
        tx.decide(interview_stream(place.assessment, number, person), *facts)

    place.log.record(place.stamp("answer"), decide)


def test_an_answer_from_a_page_that_is_out_of_date_asks_once_more(place: Site, who: str) -> None:
    """Its question was answered elsewhere meanwhile: one click more, and it counts."""
    ana = place.begun(who)
    form = ana.page.form("answer")
    answered(place, who, "5.1", "1")
    place.clock.on(minutes=2)
    ana.send(form, form.button("Continue"), choice="answer:5.1:4")
    assert place.interview(who).answers["5.1"].score == 1
    assert "5.1 was changed 2 minutes ago" in ana.page.text
    assert "“1 – First steps” now" in ana.page.text
    assert ana.page.form("answer").values["choice"] == "answer:5.1:4"
    ana.press("Continue")
    assert place.interview(who).answers["5.1"].score == 4


def test_the_same_answer_from_a_page_that_is_out_of_date_asks_nothing(
    place: Site, who: str
) -> None:
    """A double click, or two tabs that agree."""
    ana = place.begun(who)
    form = ana.page.form("answer")
    for _ in range(2):
        ana.send(form, form.button("Continue"), choice="answer:5.1:3")
        assert ana.step == "5.1/words"
    assert place.facts(who).count("AnswerGiven") == 1


def test_a_yes_on_another_page_than_the_question_withdraws_nobody(place: Site, who: str) -> None:
    """It means what it means there, also after withdrawing was asked about."""
    ana = place.writing(who)
    ana.talk("withdraw")
    assert ana.step == "withdraw"
    ana.open("5.1/words")
    ana.talk("yes")
    assert not place.interview(who).withdrawn
    ana.press("Withdraw")
    ana.talk("yes")
    assert ana.page.title.startswith("You have withdrawn")


def test_a_name_that_was_typed_and_not_sent_is_kept(place: Site, who: str) -> None:
    """Leaving the page by a button says so; it goes to nobody by mistake."""
    ana = place.begun(who)
    ana.press("I am not the right person")
    form = ana.page.form("answer")
    ana.send(form, form.button("Help"), words="Bea Lund")
    assert "did not send it" in ana.page.text
    assert ana.page.form("answer").values["words"] == "Bea Lund"
    assert place.interview(who).hand_on is None


def test_every_page_names_the_area_and_whom_to_ask(place: Site, who: str) -> None:
    """The coordinator by name, once there is one."""
    ana = place.begun(who)
    assert "Ask the coordinator who sent you the link." in ana.page.text
    people.name_coordinator(place.log, place.stamp("name"), place.assessment, "Jane Quill")
    for step in ("start", "5.1", "help", "review"):
        assert "Ask your coordinator, Jane Quill." in ana.open(step).text
        assert "Early help in Testham" in ana.page.title


def test_the_terms_and_the_receipt_have_headings(place: Site, who: str) -> None:
    """So that they can be looked over, by eye or by a screen reader; the terms are a press away."""
    ana = place.visitor(who)
    ana.press("Who sees this, your rights")
    assert len(ana.page.all("h2")) >= 4
    ana.press("Start")
    for _ in range(2):
        ana.choose("I don't know")
    assert len(ana.page.all("h2")) == 2
    assert ana.page.links["Change 5.1 Family engagement"] == "5.1"


def test_two_boxes_have_labels_of_their_own(place: Site, who: str) -> None:
    """The guide's, each tied to its box."""
    ana = place.writing(who)
    labels = {tag["for"] for tag in ana.page.all("label")}
    assert {"words-working-well", "words-prioritising-next"} <= labels
    assert "What is working well and what evidence do you have?" in ana.page.text
    assert "What are you prioritising next?" in ana.page.text
