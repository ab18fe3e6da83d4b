"""What thirty senior people would like to get: few clicks, few words, nothing asked for twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.slack.edge import Place, empty
from support.slack.windows import name_coordinator

from bots import phrases
from bots.slack.loopback.workspace import Message
from ehsg_events.commands import assessments, rounds
from ehsg_events.events import InterviewStarted
from ehsg_events.panel.member import Member
from ehsg_events.values.policy import Terms
from guides import library

SIX = ("5.1", "5.2", "5.3", "6.1", "7.1", "9.5")
MOST_CLICKS = 14
READS, TYPES = 230, 40  # words a minute of somebody in a hurry
A_LEVEL, A_LINE = "It is consistent across partners", "4 In place across the partnership"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """A round of six descriptors, asked by a coordinator who is named."""
    with empty(tmp_path) as place:
        ada = Member("police-1", "Ada Quill", "Police", "constable", SIX, "T0LOOPBACK/U0POLICE")
        opened, terms = place.stamp("open"), Terms()
        assessments.open_assessment(
            place.log, opened, place.assessment, "Sefton", "ehsg-2022@1", (ada,), terms
        )
        name_coordinator(place)
        rounds.open_round(place.log, place.stamp("round"), place.assessment, None)
        yield place


def press(place: Place, button: str, on: Message | None = None) -> Message:
    """Press a button of the newest message or of another; what stands newest then."""
    assert place.person().click(on or place.newest(), button).status == 200
    return place.newest()


def begun(place: Place) -> Message:
    """The first question."""
    return press(place, "Start")


def through(place: Place) -> Iterator[tuple[Message, str]]:
    """Each message of an interview as it is put, and the button that is pressed under it."""
    message, button = place.newest(), "Start"
    while button:
        yield message, button
        message = press(place, button)
        button = next(filter(message_has(message).__contains__, way_through(message)), "")
    yield message, ""


def way_through(message: Message) -> tuple[str, ...]:
    """The buttons that a person in a hurry looks for, the best first."""
    done = (b["text"]["text"] for b in message.buttons if b["text"]["text"].startswith("Done with"))
    return ("3 – Mostly in place", *done, "Next")


def message_has(message: Message) -> list[str]:
    """The buttons of a message."""
    return [button["text"]["text"] for button in message.buttons]


def headings(message: Message) -> list[str]:
    """The headings of a message."""
    return [block["text"]["text"] for block in message.blocks if block["type"] == "header"]


# -- how much it is --------------------------------------------------------------------------------
def test_six_descriptors_take_few_clicks_from_the_notice_to_the_receipt(place: Place) -> None:
    """By buttons alone, and with every box seen."""
    *played, (receipt, _) = through(place)
    assert "That is all, thank you." in receipt.text
    assert len(played) <= MOST_CLICKS
    assert place.interview().completed
    assert set(place.interview().answers) == set(SIX)


def test_the_minutes_it_promises_are_those_it_takes_to_read_and_to_answer(place: Place) -> None:
    """Neither less than a quick reader needs who writes two lines, nor double what others need."""
    read = sum(len(message.text.split()) for message, _ in through(place))
    quick = read / READS + len(SIX) * (0.5 + 20 / TYPES)
    slow = read / 150 + len(SIX) * (1.5 + 40 / 30)
    promised = phrases.minutes(library.guide("ehsg-2022@1").guide, SIX)
    assert quick <= promised <= slow
    assert f"about {promised} minutes" in place.texts()[0]


# -- the notice ------------------------------------------------------------------------------------
def test_the_notice_greets_and_says_who_asks_what_how_long_and_by_when(place: Place) -> None:
    """Before anything else; what it must say in law is one press away, and it says so."""
    notice = place.newest()
    assert headings(notice) == ["Early help in Sefton"]
    assert "Hello Ada. Ed Lee asks" in notice.text
    assert "6 questions, about 15 minutes, by 5pm on Monday 21 September 2026" in notice.text
    assert "name no child" in notice.text
    assert "“Who sees this, your rights”" in notice.text
    assert message_has(notice) == [
        *("Start", "Why me?", "I am not the right person", "Who sees this, your rights"),
    ]
    assert "Information Commissioner" in press(place, "Who sees this, your rights").text


def test_who_has_a_title_is_greeted_with_it() -> None:
    """A first name alone would be too familiar; nobody is greeted by nothing."""
    said = {"Ann Archer": "Ann", "Dr Ann Archer": "Dr Ann Archer", "Cllr. B Khan": "Cllr. B Khan"}
    assert {name: phrases.greeted(name) for name in said} == {
        name: f"Hello {greeting}." for name, greeting in said.items()
    }
    assert phrases.greeted(None) == "Hello."


def test_the_digest_of_the_notice_gives_no_name_away(place: Place) -> None:
    """It is the same for everybody who was shown the same words, whatever they are called."""
    begun(place)  # of six descriptors, where the two others have two
    place.open_another()
    place.begin("U0POLICE")
    place.begin("U0HEALTH")
    started = [one.fact for one in place.facts("InterviewStarted")]
    six, ada, ben = (fact.notice for fact in started if isinstance(fact, InterviewStarted))
    assert ada == ben
    assert six != ada


def test_withdrawing_is_never_loud_nor_beside_the_start(place: Place) -> None:
    """Red is only the button that does it, after the question whether it is meant."""
    said = [message for message, _ in through(place)]
    loud = [b for m in said for b in m.buttons if b.get("style") == "danger"]
    assert not loud
    assert "Withdraw" not in message_has(said[0])
    assert "Withdraw" in message_has(press(place, "My answers"))
    sure = press(place, "Withdraw")
    assert [b["text"]["text"] for b in sure.buttons if b.get("style")] == ["Yes, withdraw"]


# -- questions -------------------------------------------------------------------------------------
def test_a_scale_is_put_in_full_once_and_in_a_line_afterwards(place: Place) -> None:
    """In what screen readers read as well; each question is headed by where it stands."""
    asked = [message for message, button in through(place) if button.startswith("3")]
    assert [headings(message)[0][:19] for message in asked[:2]] == [
        *("Sefton · 1 of 6 · 5", "Sefton · 2 of 6 · 5"),
    ]
    assert A_LEVEL in asked[0].text
    assert not any(A_LEVEL in message.text for message in asked[1:])
    assert all(A_LINE in message.text for message in asked[1:])
    offers = ["What do the levels mean?" in message_has(message) for message in asked]
    assert offers == [False, True, True, True, True, True]


def test_what_the_levels_mean_is_always_told(place: Place) -> None:
    """Also to whoever answers in the same moment."""
    begun(place)
    for button in ("3 – Mostly in place", "Done with 5.1"):
        second = press(place, button)
    place.person().click(second, "What do the levels mean?")
    place.person().click(second, "3 – Mostly in place")
    place.outbox.deliver()
    told = [text for text in place.texts() if "5.2 One Lead Practitioner\n0 –" in text]
    assert len(told) == 1
    assert A_LEVEL in told[0]


def test_the_meaning_of_levels_is_that_of_the_question_above_the_button(place: Place) -> None:
    """An old button tells of its own question."""
    begun(place)
    press(place, "3 – Mostly in place")
    second = press(place, "Done with 5.1")
    press(place, "I don't know")
    levels = press(place, "What do the levels mean?", second)
    assert headings(levels) == ["Sefton · 5.2 One Lead Practitioner", phrases.GOOD]
    assert message_has(levels) == ["Go on"]


# -- changing --------------------------------------------------------------------------------------
def old_button(place: Place) -> Message:
    """The question that comes when 5.1 is changed from 3 to 1 by a button of an older message."""
    first = begun(place)
    press(place, "3 – Mostly in place")
    press(place, "Done with 5.1")
    return press(place, "answer:5.1:1", first)


def test_a_change_by_an_old_button_says_what_it_changed_and_how_to_take_it_back(
    place: Place,
) -> None:
    """By name, with the old and the new; put back, nothing more is asked about it."""
    asked = old_button(place)
    assert "5.1: you changed 3 to 1 by pressing an older message." in asked.text
    assert message_has(asked)[:2] == ["Keep 1", "Put 3 back"]
    goes_on = press(place, "Put 3 back")
    assert headings(goes_on) == ["Sefton · 2 of 6 · 5.2 One Lead Practitioner"]
    assert place.interview().answers["5.1"].level == "3"


def test_a_change_that_is_kept_is_asked_about_no_more(place: Place) -> None:
    """And the talk goes on where it was."""
    old_button(place)
    assert headings(press(place, "Keep 1")) == ["Sefton · 2 of 6 · 5.2 One Lead Practitioner"]
    assert place.interview().answers["5.1"].level == "1"


def test_a_change_that_was_asked_for_is_not_called_a_mistake(place: Place) -> None:
    """She pressed Change, saw what she had answered, and chose another level."""
    begun(place)
    press(place, "3 – Mostly in place")
    answered = next(m for m in place.person().inbox if "you answered 3" in m.text)
    asked = press(place, "Change", answered)
    assert "Your answer now: 3 – Mostly in place." in asked.text
    why = press(place, "1 – First steps")
    assert "5.1: you changed 3 to 1. What made you change it?" in why.text


@pytest.mark.parametrize("typed", ["5", "4.", "0"])
def test_a_bare_number_is_never_kept_as_the_reason_for_a_change(place: Place, typed: str) -> None:
    """It may be meant for the question that she saw before: she is asked, and nothing changes."""
    old_button(place)
    place.person().type(typed)
    asked = place.newest()
    assert "5.1" in asked.text
    assert "Nothing was changed" in asked.text
    assert place.words() == []
    assert place.interview().answers["5.1"].level == "1"


def test_words_are_kept_as_the_reason_for_a_change(place: Place) -> None:
    """Also if they begin with a number."""
    old_button(place)
    place.person().type("2 of our teams do not do it")
    place.outbox.deliver()
    assert place.words() == ["2 of our teams do not do it"]


def test_a_box_for_words_is_changed_without_asking_its_score_again(place: Place) -> None:
    """Change under words opens that box alone; one left empty says so in a line."""
    begun(place)
    press(place, "3 – Mostly in place")
    press(place, "Next")
    press(place, "Next")
    left = next(
        m for m in place.person().inbox if m.text.startswith("Sefton · 5.1: nothing typed.")
    )
    again = press(place, "Add words", left)
    assert headings(again) == ["Sefton · 5.1: What is working well and what evidence do you have?"]
    place.person().type("Parents sit on the board.")
    after = press(place, "Next")
    assert headings(after) == ["Sefton · 2 of 6 · 5.2 One Lead Practitioner"]
    assert place.interview().answers["5.1"].level == "3"
    assert place.words() == ["Parents sit on the board."]


# -- long words, and the end -----------------------------------------------------------------------
def test_long_words_are_listed_by_their_beginning_and_kept_in_full(place: Place) -> None:
    """Until the close, when the receipt is the one place left to read them."""
    begun(place)
    press(place, "3 – Mostly in place")
    long = " ".join(f"family{number}" for number in range(700))
    place.person().type(long)
    place.person().type("my answers")
    review = place.newest()
    assert f"({len(long):,} characters, kept in full)" in review.text
    assert len(review.text) < 1000
    rounds.close_round(place.log, place.stamp("close"), place.assessment)
    place.outbox.deliver()
    told = place.texts()
    end = next(n for n, text in enumerate(told) if "is closed" in text)
    assert " ".join(told[end:]).count("family") == 700


def test_a_deadline_that_is_still_to_come_is_never_said_to_be_over(place: Place) -> None:
    """A round that is closed before its deadline says that; one that ran its time says when."""
    begun(place)
    press(place, "3 – Mostly in place")
    rounds.close_round(place.log, place.stamp("close"), place.assessment)
    assert "The round on Sefton is closed (before its deadline)." in place.newest().text
    place.clock.on(days=30)
    place.person().type("my answers")
    assert "(its deadline was 5pm on Monday 21 September 2026)" in place.newest().text
