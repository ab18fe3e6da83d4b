"""What a letter says: enough to take part, and nothing that anybody said."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import get_args

import pytest
from support.post_office import ITEMS, PANEL, WEB, Town, town

from bots.mail.letter import Letter
from bots.messages.addresses import IN_A_CHAT
from bots.messages.owed import Kind
from bots.phrases.letters.wording import LETTERS
from ehsg_events.commands import panel, people, rounds
from ehsg_events.commands.panel import NO_ADDRESS, Correction
from ehsg_events.commands.people import Contact
from ehsg_events.log.log import Log


@pytest.fixture
def place(tmp_path: Path) -> Town:
    """Three people, one of them with nothing but an e-mail address."""
    return town(tmp_path / "data")


def said(letter: Letter) -> str:
    """Everything a letter says."""
    link = letter.link.url if letter.link else ""
    return "\n".join((letter.subject, letter.greeting, *letter.paragraphs, link, *letter.closing))


def test_every_message_but_those_of_a_talk_has_its_letter() -> None:
    """Whoever has no Slack is told as much as the others; some letters are for a moment alone."""
    kinds = {*get_args(Kind)} - {*IN_A_CHAT}
    moments = {"again", "unbegun", "finished", "unanswered", "closed"}
    assert {name for name in LETTERS if name in kinds} == kinds
    for name in set(LETTERS) - kinds:
        kind, _, moment = name.rpartition("-")
        assert kind in kinds, name
        assert moment in moments, name


def test_an_invitation_holds_the_terms_the_link_and_the_deadline(place: Town) -> None:
    """It is the notice on which somebody consents."""
    (letter,) = place.delivered()
    assert letter.to == "ada@police.example.org"
    assert (
        letter.subject
        == "Early help in Sefton: 2 questions for you, by 5pm on Monday 21 September 2026"
    )
    assert letter.greeting == "Hello Ada."
    for sentence in ("Lea North asks you", "Taking part is voluntary", "Freedom of Information"):
        assert sentence in said(letter)
    assert letter.link is not None
    assert letter.link.url.startswith(WEB.link(""))
    assert letter.reply_to == "lea.north@council.example.org"
    assert letter.entry is not None
    assert letter.entry.ends == place.log.rounds(place.assessment)[0].deadline
    assert (letter.thread, letter.stop) == (None, None)


def test_every_letter_has_the_same_link_and_follows_the_first(place: Town) -> None:
    """Whoever kept the first letter can use it to the end."""
    (first,) = place.delivered()
    place.finishes("police-1")
    (thanks,) = place.delivered()
    rounds.close_round(place.log, place.stamp("close"), place.assessment)
    (closed,) = place.delivered()
    assert first.link is not None
    for letter in (thanks, closed):
        assert letter.link is not None
        assert letter.link.url == first.link.url
        assert letter.thread == first.id
    assert "thank you" in thanks.subject
    assert "the round is over" in closed.subject
    assert not any(word in said(thanks) + said(closed) for word in (*ITEMS, "level", "score"))


@pytest.mark.parametrize("coordinator", ["lea.north@council.example.org", None])
@pytest.mark.parametrize("office", ["office@council.example.org", None])
def test_a_letter_says_whether_anybody_reads_an_answer(
    tmp_path: Path, coordinator: str | None, office: str | None
) -> None:
    """The coordinator, or whoever is set up for it; to anybody else nobody is sent in vain."""
    place = Town(Log(tmp_path / "data"), answers_to=office)
    place.open_without_a_round()
    lea = Contact(email=coordinator or NO_ADDRESS)
    people.change_contact(place.log, place.stamp("lea at"), place.assessment, "coordinator-1", lea)
    rounds.open_round(place.log, place.stamp("round"), place.assessment, None)
    for _ in range(11):
        place.advances(days=1)
        place.delivered()
    letters = [one for one in place.office.taken if one.to != coordinator]
    assert {one.to.partition("@")[0] for one in letters} == {"ada", "max"}
    for letter in letters:
        assert letter.reply_to == (coordinator or office)
        assert ("Nobody reads answers" in said(letter)) is (letter.reply_to is None)
        assert ("that goes to the coordinator" in said(letter)) is (letter.reply_to is not None)


def test_a_reminder_can_be_stopped_by_a_token_that_opens_nothing(place: Town) -> None:
    """Mail servers fetch and log that address; the link itself does not stand in it."""
    (first,) = place.delivered()
    place.advances(days=3, hours=3)
    (reminder,) = place.delivered()
    assert "Reminder: Early help in Sefton" in reminder.subject
    assert first.link is not None
    assert reminder.stop is not None
    assert reminder.stop.startswith(WEB.stop(""))
    token = first.link.url.rpartition("/")[2]
    assert token not in reminder.stop


def test_a_new_date_is_a_new_edition_of_the_same_entry(place: Town) -> None:
    """A calendar moves it instead of adding a second one."""
    (first,) = place.delivered()
    assert first.entry is not None
    until = first.entry.ends + timedelta(days=2)
    rounds.extend_round(place.log, place.stamp("move"), place.assessment, until, "floods")
    (moved,) = place.delivered()
    assert moved.entry is not None
    assert moved.entry.id == first.entry.id
    assert moved.entry.edition > first.entry.edition
    assert (moved.entry.ends, moved.entry.cancelled) == (until, False)
    assert "floods" not in said(moved)


def test_whoever_is_released_has_the_entry_taken_out(place: Town) -> None:
    """With an edition above the last."""
    (first,) = place.delivered()
    panel.release(place.log, place.stamp("go"), place.assessment, "police-1", "moved away")
    (gone,) = place.delivered()
    assert first.entry is not None
    assert gone.entry is not None
    assert (gone.entry.id, gone.entry.cancelled) == (first.entry.id, True)
    assert gone.entry.edition > first.entry.edition
    assert "moved away" not in said(gone)


def test_whoever_has_a_new_address_is_written_to_there(place: Town) -> None:
    """What stands open is sent anew, once, with the same link."""
    (first,) = place.delivered()
    correction = Correction(email="ada.quill@police.example.org")
    panel.correct(place.log, place.stamp("new"), place.assessment, "police-1", correction)
    (again,) = place.delivered()
    assert again.to == "ada.quill@police.example.org"
    assert again.link == first.link
    assert place.delivered() == []


def test_a_stand_in_is_named_whom_they_stand_in_for_and_given_no_link(place: Town) -> None:
    """They cannot answer, and learn nothing that was said."""
    place.delivered()
    for _ in range(14):
        place.advances(days=1)
        letters = place.delivered()
        told = [one for one in letters if one.to.startswith("max@police")]
        if told:
            break
    (letter,) = told
    assert "Ada Quill of Police" in said(letter)
    assert (letter.link, letter.entry, letter.stop) == (None, None, None)


def test_a_coordinator_is_told_numbers_and_no_names(place: Town) -> None:
    """Names stand on the board, behind a sign-in."""
    place.delivered()
    letters: list[Letter] = []
    for _ in range(14):
        place.advances(days=1)
        letters += [one for one in place.delivered() if one.to.startswith("lea.north")]
    assert letters
    for letter in letters:
        assert letter.link is not None
        assert letter.link.url == WEB.board
        assert not any(one.name.split()[0] in said(letter) for one in PANEL)


def test_somebody_asked_in_welsh_gets_letters_in_welsh(tmp_path: Path) -> None:
    """As the notice and the pages are."""
    place = Town(Log(tmp_path / "data"))
    place.open((replace(PANEL[0], language="cy"), *PANEL[1:]))
    (letter,) = place.delivered()
    assert letter.language == "cy"
    assert not letter.greeting.startswith("Hello")
