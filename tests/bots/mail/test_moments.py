"""A letter says what is true of whoever reads it, at the moment when it is sent."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from support.post_office import ITEMS, PANEL, Town, town

from bots.interview import record
from bots.interview.record import hear
from bots.interview.said import Said
from bots.mail.letter import Letter
from ehsg_events.commands import panel, rounds
from ehsg_events.events import Escalated


@pytest.fixture
def place(tmp_path: Path) -> Town:
    """A round that is open, and the first person invited by letter."""
    opened = town(tmp_path / "data")
    opened.delivered()
    return opened


def begins(place: Town) -> None:
    """The first person answers the first of their two questions."""
    stamp = place.stamp("begins", "stakeholder")
    by = stamp.model_copy(update={"by": "police-1", "surface": "web"})
    hear(place.log, by, place.assessment, "police-1", Said("choice", "start"))
    again = by.model_copy(update={"key": "first answer"})
    record.answer(place.log, again, place.assessment, "police-1", ITEMS[0], "3", None)


def moved(place: Town) -> None:
    """The deadline moves by two days."""
    until = place.log.rounds(place.assessment)[0].deadline + timedelta(days=2)
    rounds.extend_round(place.log, place.stamp("move"), place.assessment, until, "floods")


def only(letters: list[Letter]) -> str:
    """What the one letter to the first person says."""
    (letter,) = [one for one in letters if one.to == PANEL[0].email]
    return " ".join(letter.paragraphs)


def test_who_has_not_begun_is_not_told_how_much_is_done(place: Town) -> None:
    """But what is asked, how long it takes, and that they can stop and come back."""
    place.advances(days=3, hours=3)
    said = only(place.delivered())
    assert "You have not begun yet. Lea North asks you 2 questions" in said
    assert "0 of" not in said
    assert place.office.taken[-1].link is not None
    assert place.office.taken[-1].link.label == "Read the notice and begin"


def test_who_has_begun_is_told_what_is_left(place: Town) -> None:
    """In a reminder and in what says a new date alike."""
    begins(place)
    moved(place)
    assert "You have done 1 of 2 questions; the rest takes" in only(place.delivered())


def test_a_new_date_to_somebody_who_has_not_begun_says_how_much_it_is(place: Town) -> None:
    """They have done none of it, which nobody needs to hear."""
    moved(place)
    said = only(place.delivered())
    assert "You have 2 questions to answer" in said
    assert "done" not in said


def test_who_had_finished_need_do_nothing_when_it_opens_again(place: Town) -> None:
    """Only the others have something left to answer."""
    place.finishes("police-1")
    rounds.close_round(place.log, place.stamp("close"), place.assessment)
    place.delivered()
    until = place.clock() + timedelta(days=9)
    rounds.reopen_round(place.log, place.stamp("again"), place.assessment, until, "too few")
    said = only(place.delivered())
    assert "You had finished, so you need do nothing" in said


def test_who_is_released_without_a_word_is_not_told_that_their_words_stand(place: Town) -> None:
    """There are none."""
    panel.release(place.log, place.stamp("go"), place.assessment, "police-1", "moved away")
    said = only(place.delivered())
    assert "You need do nothing" in said
    assert "stands" not in said


def test_who_had_answered_is_told_that_it_stands(place: Town) -> None:
    """When they are released later."""
    begins(place)
    panel.release(place.log, place.stamp("go"), place.assessment, "police-1", "moved away")
    assert "What you have said stands" in only(place.delivered())


def test_after_the_close_nobody_can_answer_in_somebodys_name(place: Town) -> None:
    """The link shows what was said, so the letter says that."""
    place.finishes("police-1")
    (thanks,) = place.delivered()
    rounds.close_round(place.log, place.stamp("close"), place.assessment)
    (closed,) = place.delivered()
    assert "answers in your name" in thanks.closing[0]
    assert "sees your answers" in closed.closing[0]


def test_a_coordinator_is_told_of_those_alone_who_are_silent_still(place: Town) -> None:
    """Who finished between the decision and the letter is not counted."""
    while not any(fact.to == "coordinator" for fact in escalations(place)):
        place.advances(days=1)
    assert len([fact for fact in escalations(place) if fact.to == "coordinator"]) == 3
    place.finishes("police-1")
    (told,) = [one for one in place.delivered() if one.to.startswith("lea.north")]
    assert "Not finished yet in Sefton: 2 people." in told.paragraphs[0]


def escalations(place: Town) -> list[Escalated]:
    """Who was told of somebody's silence, or is to be."""
    return [fact for fact in place.facts("Escalated") if isinstance(fact, Escalated)]
