"""When somebody stays silent others are told, once and kindly; never what anybody said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from support.log.ladder import (
    BOSS,
    CLOSES,
    DEPUTY,
    FRIDAY,
    LADDER,
    LATE_ON_FRIDAY,
    LEADER,
    MONDAY,
    THURSDAY,
    WEDNESDAY,
    answers,
    ladder,
    reasons,
    said_at,
    tick,
)
from support.slack.edge import Place

from ehsg_events.commands import links, outcomes, panel, people, planning, rounds
from ehsg_events.commands.panel import Correction
from ehsg_events.rights import retention_hold
from ehsg_events.rights.retention_by_itself import advance

WHEN_DUE = CLOSES + timedelta(hours=47)  # the working day after it was due, at 4pm


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """An open round with a ladder."""
    with ladder(tmp_path) as place:
        yield place


# -- the ladder ------------------------------------------------------------------------------------
def test_the_manager_is_told_that_the_interview_is_unfinished(place: Place) -> None:
    """Whose, by when, what they can do and whom to tell; no button, since it would do nothing."""
    tick(place, THURSDAY)
    place.outbox.deliver()
    (told,) = place.workspace.inbox(BOSS)
    assert told.text == (
        "Ada Quill of Police is asked to take part in the self-assessment of early help in "
        "Sefton, and has not finished yet. The answers are due by 5pm on Monday 21 September "
        "2026.\n"
        "You are told because you are named as their line manager. Nobody tells you, or anybody "
        "else, what they have said.\n"
        "You can help: ask Ada Quill whether they can finish in time. If somebody else should "
        "answer instead, please tell Lea North. Nobody reads what is typed here."
    )
    assert not told.buttons


def test_a_stand_in_without_slack_is_promised_nothing(place: Place) -> None:
    """The coordinator sees it elsewhere."""
    tick(place, THURSDAY)
    place.outbox.deliver()
    assert not place.texts(DEPUTY)
    assert not any("stand-in-of-health-1" in (f.stream.message or "") for f in place.log.all())


def test_every_coordinator_is_told_of_all_who_are_silent_in_one_message(place: Place) -> None:
    """Those reached elsewhere too; who finished is not among them."""
    answers(place, "health-1")
    tick(place, FRIDAY)
    place.outbox.deliver()
    (told,) = place.workspace.inbox(LEADER)
    assert "2 interviews of the round in Sefton are unfinished" in told.text
    assert "Ada Quill (Police)\nDi Fern (School)\n" in told.text
    assert "Ben Moss" not in told.text
    assert not told.buttons


def test_nothing_that_was_said_is_told_to_anybody(place: Place) -> None:
    """Neither the score nor how far they are."""
    answers(place, "police-1", "4", "5.1")
    tick(place, THURSDAY)
    tick(place, FRIDAY)
    place.outbox.deliver()
    for text in place.texts(BOSS) + place.texts(LEADER):
        assert "5.1" not in text
        assert "1 of 2" not in text


def test_who_finished_before_the_message_goes_is_told_of_to_nobody(place: Place) -> None:
    """Decided at 4:59pm on Friday, looked at again on Monday."""
    tick(place, LATE_ON_FRIDAY)
    for person in ("police-1", "health-1", "school-1"):
        answers(place, person)
    said_at(place, MONDAY)
    assert not place.texts(LEADER)
    assert reasons(place, "silent/tell-coordinator-1") == ["finished"]


def test_a_deadline_that_moved_meanwhile_takes_the_message_back(place: Place) -> None:
    """The ladder is climbed again before the new one."""
    tick(place, LATE_ON_FRIDAY)
    later = CLOSES + timedelta(days=7)
    rounds.extend_round(place.log, place.stamp("extend"), place.assessment, later, "floods")
    said_at(place, MONDAY)
    assert reasons(place, "tell-coordinator-1") == ["the deadline was moved"]
    tick(place, FRIDAY + timedelta(days=7))
    place.outbox.deliver()
    assert len(place.texts(LEADER)) == 1


def test_who_coordinates_no_more_is_told_nothing(place: Place) -> None:
    """Whom a message is for is looked up when it goes."""
    tick(place, LATE_ON_FRIDAY)
    remove = place.stamp("remove")
    people.remove_coordinator(place.log, remove, place.assessment, "coordinator-1")
    said_at(place, MONDAY)
    assert not place.texts(LEADER)
    assert reasons(place, "coordinator-1/silent") == ["coordinates no more"]


def test_a_stand_in_who_writes_back_is_told_that_nobody_reads_it(place: Place) -> None:
    """A stranger to the app, though it has written to them first."""
    tick(place, THURSDAY)
    place.outbox.deliver()
    place.person(BOSS).type("I will ask her")
    assert place.waits_for(lambda: len(place.texts(BOSS)) > 1)
    assert "I have nothing to ask you" in place.texts(BOSS)[-1]


# -- who cannot be reached, and what waits ---------------------------------------------------------
def test_a_coordinator_is_told_who_needs_a_link(place: Place) -> None:
    """By the command that makes it; the one who was given a link meanwhile is left out."""
    place.workspace.left |= {"U0POLICE", "U0HEALTH"}
    tick(place, WEDNESDAY)
    place.outbox.deliver()
    tick(place, WEDNESDAY + timedelta(minutes=5))
    links.issue(place.log, place.stamp("link"), place.assessment, "health-1")
    place.outbox.deliver()
    (told,) = place.texts(LEADER)
    assert "Slack cannot reach 1 person of the panel in Sefton" in told
    assert "Ada Quill: ehsg link police-1" in told


def test_overdue_moderation_names_its_descriptors_and_sign_off_follows(place: Place) -> None:
    """What was settled meanwhile is not named."""
    answers(place, "police-1", "0", "5.1", "5.2")
    answers(place, "health-1", "5", "5.1", "5.2")
    tick(place, CLOSES)
    tick(place, WHEN_DUE)
    _moderate(place, "5.1")
    place.outbox.deliver()
    (told,) = place.texts(LEADER)
    assert "1 descriptor waits for moderation, which was due by" in told
    assert "5.2 " in told
    assert "5.1" not in told
    _moderate(place, "5.2")
    tick(place, WHEN_DUE + timedelta(days=1))
    place.outbox.deliver()
    assert "the sign-off was due by" in place.texts(LEADER)[-1]


def _moderate(place: Place, item: str) -> None:
    stamp = place.stamp(f"moderate {item}")
    outcomes.moderate(place.log, stamp, place.assessment, item, "3", "all could live with it")


# -- what will be destroyed ------------------------------------------------------------------------
def announced(place: Place) -> None:
    """An assessment that is over, and of which it is announced what will be destroyed."""
    policy = LADDER.policy.model_copy(
        update={"kept_until": CLOSES.date(), "destroyed": "by-itself"}
    )
    planning.choose_policy(place.log, place.stamp("policy"), place.assessment, policy)
    for person in ("police-1", "health-1"):
        answers(place, person)
    tick(place, CLOSES)
    outcomes.sign_off(place.log, place.stamp("sign"), place.assessment, "Chair", "Pat Pell")
    place.clock.now = WHEN_DUE
    assert advance(place.log, place.stamp("look", "clock"), place.assessment) is not None


def test_coordinators_are_told_what_will_be_destroyed_and_what_stops_it(place: Place) -> None:
    """How many people's, from which day on; not one name."""
    announced(place)
    place.outbox.deliver()
    told = place.texts(LEADER)[-1]
    assert "the names and words of 3 people are destroyed from Thursday 8 October 2026 on" in told
    assert "ehsg retention hold" in told
    assert "Quill" not in told


def test_what_was_put_on_hold_meanwhile_is_announced_to_nobody(place: Place) -> None:
    """It is looked at again when the message goes."""
    announced(place)
    stamp = place.stamp("hold")
    retention_hold.hold(place.log, stamp, place.assessment, "an inquiry")
    place.outbox.deliver()
    assert not any("destroyed" in text for text in place.texts(LEADER))
    assert reasons(place, "retention") == ["nothing waits"]


# -- at another address ----------------------------------------------------------------------------
def test_what_stands_open_is_sent_anew_where_somebody_is_reached_now(place: Place) -> None:
    """The invitation to who has not begun, the question to who has; once, and nothing else."""
    place.outbox.deliver()
    for number, person in enumerate(("police-1", "health-1")):
        if person == "health-1":
            place.person("U0HEALTH").type("start")
        slack = f"T0LOOPBACK/U0MOVED{number}"
        stamp = place.stamp(f"corrected {person}")
        panel.correct(place.log, stamp, place.assessment, person, Correction(slack=slack))
    place.outbox.deliver()
    (notice,) = place.texts("U0MOVED0")
    (question,) = place.texts("U0MOVED1")
    buttons = place.workspace.inbox("U0MOVED0")[0].buttons
    assert "Start" in [button["text"]["text"] for button in buttons]
    assert "1 of" in question
    assert notice != question
