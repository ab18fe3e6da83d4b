"""Where nobody can look whether a message stands there: once, twice at the most, and never unsaid."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from support.post_office import LEASE, PANEL, Town, member, town

from bots.delivery.sender import Down, Impossible, Later, Unsure
from bots.mail.letter import Letter
from ehsg_events.commands import panel, people
from ehsg_events.commands.panel import Correction
from ehsg_events.commands.people import Contact
from ehsg_events.kernel import Surface
from ehsg_events.log.log import Log

LETTERS: tuple[Surface, ...] = ("mail",)


class Killed(BaseException):
    """The process is ended in the middle of a call."""


@pytest.fixture
def place(tmp_path: Path) -> Town:
    """One person with an e-mail address alone, one in Slack as well, one with nothing."""
    return town(tmp_path / "data")


def reminded(place: Town) -> Town:
    """The notice has been taken, and a reminder is about to go."""
    place.delivered()
    place.advances(days=3, hours=3)
    return place


def kinds(place: Town) -> list[str]:
    """What became of the letters, in order; Di has no address and gets none."""
    facts = (one.fact for one in place.log.all() if one.stream.kind == "message")
    named = [
        (type(fact).__name__.removeprefix("Message"), fact.model_dump()["to"]) for fact in facts
    ]
    return [kind for kind, to in named if to != "school-1"]


def test_a_surface_leaves_to_another_what_is_sent_there(place: Town) -> None:
    """Ben is in Slack, so no letter goes to him; Di has no address, and nobody waits for one."""
    assert [letter.to for letter in place.delivered()] == ["ada@police.example.org"]
    assert place.withheld() == ["reached by another surface"]
    assert kinds(place) == ["Claimed", "Claimed", "Delivered"]  # claimed, and about to leave


@pytest.mark.parametrize("doubt", [Unsure(), Killed()])
def test_an_invitation_in_doubt_is_sent_once_more_and_is_the_same(
    place: Town, doubt: BaseException
) -> None:
    """Who never hears of it is worse off than who reads it twice."""
    place.office.after = [doubt]
    try:
        place.outbox.deliver()
    except Killed:
        place.restart()
    assert len(place.office.taken) == 1
    for _ in range(4):
        place.clock.now += LEASE
        place.outbox.deliver()
    first, second = place.office.taken
    assert first == second
    assert "Uncertain" not in kinds(place)
    assert kinds(place).count("Delivered") == 1


@pytest.mark.parametrize("doubt", [Unsure, Killed])
def test_taken_and_never_answered_it_is_sent_twice_and_then_nobody_knows(
    place: Town, doubt: type[BaseException]
) -> None:
    """It is said that nobody knows; whoever may have been reached is not called unreachable."""
    place.office.after = [doubt() for _ in range(9)]
    for _ in range(9):
        try:
            place.outbox.deliver()
        except Killed:
            place.restart()
        place.clock.now += LEASE
    assert len(place.office.taken) == 2
    assert kinds(place)[-1] == "Uncertain"
    assert "Failed" not in kinds(place)


@pytest.mark.parametrize("doubt", [Unsure, Killed])
def test_a_reminder_in_doubt_is_never_sent_again(place: Town, doubt: type[BaseException]) -> None:
    """The next one comes anyway."""
    reminded(place).office.after = [doubt()]
    before = len(place.office.taken)
    for _ in range(4):
        try:
            place.outbox.deliver()
        except Killed:
            place.restart()
        place.clock.now += LEASE
    assert len(place.office.taken) == before + 1
    assert kinds(place)[-1] == "Uncertain"


@pytest.mark.parametrize("prepare", [lambda place: place, reminded])
def test_whatever_dies_before_a_letter_leaves_is_no_doubt(
    place: Town, prepare: Callable[[Town], Town]
) -> None:
    """An invitation and a reminder alike are sent, once, however many processes died on the way."""
    prepare(place)
    before = len(place.office.taken)
    place.office.before = [Killed() for _ in range(5)]
    for _ in range(9):
        try:
            place.outbox.deliver()
        except Killed:
            place.restart()
        place.clock.now += LEASE
    assert len(place.office.taken) == before + 1
    assert kinds(place)[-1] == "Delivered"


@pytest.mark.parametrize("trouble", [Later("451 4.7.1"), Down("535 5.7.8")])
def test_what_was_certainly_not_sent_is_no_doubt(place: Town, trouble: Later | Down) -> None:
    """However often it was refused, and though processes died meanwhile, it is sent once."""
    reminded(place).office.before = [trouble, trouble, trouble]
    before = len(place.office.taken)
    for _ in range(12):
        place.outbox.deliver()
        place.clock.now += timedelta(minutes=20)
        place.restart()
    assert len(place.office.taken) == before + 1
    assert kinds(place)[-1] == "Delivered"
    assert place.office.before == []


def test_whom_an_address_does_not_reach_is_said_to_have_failed(place: Town) -> None:
    """The reason is a code, and names nobody."""
    place.office.before = [Impossible("550 5.1.1")]
    place.outbox.deliver()
    assert kinds(place)[-1] == "Failed"
    assert place.delivered() == []


def test_while_the_channel_is_down_nobody_is_tried(tmp_path: Path) -> None:
    """Nothing is claimed that could be in doubt later, and nobody is called unreachable."""
    many = tuple(member(f"N{n} M", f"A{n}", email=f"n{n}@a.example.org") for n in range(6))
    place = Town(Log(tmp_path / "data"))
    place.open(many)
    place.office.before = [Down("no answer")]
    place.outbox.deliver()
    assert kinds(place) == ["Claimed", "Delayed"]
    place.clock.on(minutes=10)
    taken = place.delivered()
    assert sorted(letter.to for letter in taken) == sorted(str(one.email) for one in many)


def test_somebody_whose_slack_is_not_set_up_gets_letters(tmp_path: Path) -> None:
    """Both addresses given, the one that works is used."""
    place = Town(Log(tmp_path / "data"), writable=LETTERS)
    place.open()
    letters: list[Letter] = place.delivered()
    assert {letter.to for letter in letters} == {str(one.email) for one in PANEL if one.email}


def test_the_first_start_after_an_update_sends_nothing(tmp_path: Path) -> None:
    """People of an old log have no address, and what was to be said then is not said now."""
    place = Town(Log(tmp_path / "data"))
    place.open(tuple(replace(one, email=None, backup=None) for one in PANEL if not one.slack))
    people.change_contact(
        place.log, place.stamp("no"), place.assessment, "coordinator-1", Contact(email="none")
    )
    for _ in range(20):
        place.advances(hours=9)
    assert place.facts("StakeholderReminded") != []
    assert place.delivered() == []
    new = Correction(email="ada@police.example.org")
    panel.correct(place.log, place.stamp("new"), place.assessment, "police-1", new)
    assert [letter.to for letter in place.delivered()] == ["ada@police.example.org"]
