"""Why was I reminded, and why wasn't I: each reminder in a sentence, with the rule."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from support.log.ladder import (
    CLOSES,
    FRIDAY,
    LADDER,
    LATE_ON_FRIDAY,
    MONDAY,
    SUNDAY,
    THURSDAY,
    WEDNESDAY,
    answers,
    ladder,
    said_at,
    tick,
)
from support.slack.edge import Place

from bots.interview.record import talk_of
from bots.interview.screens import terms
from bots.interview.talk import Talk
from bots.interview.typed_words import understand
from bots.messages.reminded import reminded
from bots.phrases.nudges import reminded as sentences
from bots.slack.loopback.http import Trouble
from ehsg_events.commands import panel, rounds
from ehsg_events.commands.panel import Correction
from ehsg_events.interview.questions import Ask
from ehsg_events.values.hours import read_hours
from ehsg_events.values.policy import Policy, Step, Terms

DAILY = Terms(rule=LADDER.rule, policy=Policy(reminders=(3, 2, 1), reminder_cap=1))
COORDINATOR_ONLY = Step(to="coordinator", before=1)
RULES = (
    "Reminders go 3 working days before the deadline, only to those who have not finished, in the "
    "hours they work (yours: Monday to Friday, 9am to 5pm London time), to each person at most 3 "
    "times."
)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """An open round with a ladder."""
    with ladder(tmp_path) as place:
        yield place


def told(place: Place, person: str = "police-1", number: int = 1) -> list[str]:
    """What a person reads of their reminders."""
    return sentences(reminded(place.log, place.assessment, number, person)).splitlines()


def test_a_person_asks_in_slack_and_reads_each_with_its_rule(place: Place) -> None:
    """Who else was told too, since it is about them."""
    for day in (WEDNESDAY, THURSDAY, FRIDAY):
        tick(place, day)
        place.outbox.deliver()
    place.person().type("Why was I reminded?")
    place.outbox.deliver()
    assert place.texts()[-1] == (
        "Sefton · You were reminded on Wednesday 16 September 2026 at 10am: you had not finished, 3 working "
        "days before the deadline.\n"
        "Your manager was told on Thursday 17 September 2026 that you had not finished, never what "
        "you said.\n"
        "Your coordinator was told on Friday 18 September 2026 that you had not finished, never "
        f"what you said.\n{RULES}"
    )


def test_who_finished_before_reads_when_that_was(place: Place) -> None:
    """Whether the clock spared them or the outbox did, over a weekend."""
    place.clock.now = WEDNESDAY - timedelta(hours=17, minutes=2)
    answers(place)
    tick(place, WEDNESDAY)
    place.outbox.deliver()
    assert told(place)[0] == (
        "You were not reminded on Wednesday 16 September 2026: you had finished at 4:58pm on "
        "Tuesday 15 September 2026."
    )


def test_what_waits_for_the_hours_says_so_and_then_what_came_of_it(tmp_path: Path) -> None:
    """Decided on Friday, finished on Sunday, looked at again on Monday."""
    late = Terms(rule=LADDER.rule, policy=Policy(reminders=(1,)))
    with ladder(tmp_path, late) as place:
        tick(place, LATE_ON_FRIDAY)
        said_at(place, SUNDAY)
        assert told(place)[0] == (
            "A reminder was due on Friday 18 September 2026, and is not sent yet: it waits for the "
            "hours you work."
        )
        answers(place)
        said_at(place, MONDAY)
        assert told(place)[0] == (
            "You were not reminded on Monday 21 September 2026: you had finished at 10am on Sunday "
            "20 September 2026."
        )


def test_a_cap_is_named_with_its_number(tmp_path: Path) -> None:
    """What is withheld because of it is not silence."""
    with ladder(tmp_path, DAILY) as place:
        tick(place, WEDNESDAY)
        place.outbox.deliver()
        tick(place, THURSDAY)
        assert told(place)[1] == (
            "You were not reminded on Thursday 17 September 2026: nobody is reminded more than once."
        )


def test_who_is_reached_elsewhere_reads_whose_it_was_to_remind_them(place: Place) -> None:
    """No message goes to a link."""
    tick(place, WEDNESDAY)
    place.outbox.deliver()
    assert told(place, "school-1")[0] == (
        "A reminder was due on Wednesday 16 September 2026: no message reaches you here, so it was "
        "for your coordinator."
    )


def test_a_coordinator_was_told_once_a_message_told_them(tmp_path: Path) -> None:
    """Decided is not told: until then, and where none is in Slack, it stands on their list."""
    with ladder(tmp_path) as place:
        tick(place, FRIDAY)
        on_the_list = "Since Friday 18 September 2026 your coordinator's list says that you have not finished."
        assert on_the_list in told(place)
        place.outbox.deliver()
        assert on_the_list not in told(place)
        assert any(line.startswith("Your coordinator was told on Friday") for line in told(place))
        later = CLOSES + timedelta(days=7)
        rounds.extend_round(place.log, place.stamp("extend"), place.assessment, later, "floods")
        tick(place, FRIDAY + timedelta(days=7))
        assert on_the_list.replace("18", "25") in told(place)
        place.outbox.deliver()
        assert sum(line.startswith("Your coordinator was told on") for line in told(place)) == 2


def test_a_message_that_slack_refused_is_said_to_have_failed(place: Place) -> None:
    """And is not called sent."""
    tick(place, WEDNESDAY)
    place.workspace.always["chat.postMessage"] = Trouble("error", error="restricted_action")
    place.outbox.deliver()
    assert told(place)[0] == (
        "You were not reminded on Wednesday 16 September 2026: the message could not be delivered."
    )
    place.workspace.always.clear()


def test_the_rules_name_the_hours_that_are_the_persons_own(place: Place) -> None:
    """Not those of the policy."""
    own = Correction(hours=read_hours("Tue,Thu 09:30-12:00"))
    panel.correct(place.log, place.stamp("own"), place.assessment, "police-1", own)
    assert "(yours: Tuesday and Thursday, 9:30am to midday London time)" in told(place)[-1]


def test_the_same_reminder_of_a_later_deadline_is_told_apart(place: Place) -> None:
    """Each by its own message."""
    tick(place, WEDNESDAY)
    place.outbox.deliver()
    later = CLOSES + timedelta(days=7)
    rounds.extend_round(place.log, place.stamp("extend"), place.assessment, later, "floods")
    place.outbox.deliver()
    tick(place, WEDNESDAY + timedelta(days=7))
    assert "not sent yet" in told(place)[1]
    place.outbox.deliver()
    assert told(place)[1].startswith("You were reminded on Wednesday 23 September 2026")


def test_nobody_reads_of_the_reminders_of_others(place: Place) -> None:
    """Nor how many there were."""
    answers(place, "health-1")
    tick(place, WEDNESDAY)
    assert len(told(place, "health-1")) == 2
    assert "finished" in told(place, "health-1")[0]


# -- the words for it, and what is said before ---------------------------------------------------
@pytest.mark.parametrize(
    "asked",
    [
        "why was I reminded?",
        "Why wasn\N{RIGHT SINGLE QUOTATION MARK}t I reminded?",
        "why was I not reminded",
        "Why did you remind me?",
        "my reminders",
    ],
)
def test_it_is_asked_in_many_words(asked: str, place: Place) -> None:
    """On every surface, since each hears them the same way."""
    sitting = _talk(place).sitting
    assert understand(asked, Ask("5.1", "working-well"), sitting) == "nudges"


def test_a_sentence_about_reminders_is_evidence(place: Place) -> None:
    """Only a whole message is a command."""
    said = "Families ask why they were reminded, and my reminders are ignored"
    assert understand(said, Ask("5.1", "working-well"), _talk(place).sitting) is None


def test_one_press_from_the_notice_it_says_who_is_told_of_silence(place: Place) -> None:
    """The manager or who stands in, as the panel names them; and that words may be shown."""
    ours = terms(_talk(place))
    assert "your line manager, whom the panel names for you, is told that, never what" in ours
    theirs = terms(_talk(place, "health-1"))
    assert "who stands in for you on the panel is told that, never what you said" in theirs
    assert "is told that" not in terms(_talk(place, "school-1"))


def test_one_press_from_the_notice_it_says_that_words_may_be_shown_to_the_others(
    tmp_path: Path,
) -> None:
    """Under a policy that shows them, and no other; who is told depends on the ladder."""
    shows = Policy(reminders=(3,), shown="figures-and-reasons", escalation=(COORDINATOR_ONLY,))
    with ladder(tmp_path, Terms(policy=shows)) as place:
        text = terms(_talk(place))
        assert "may be shown your words on what is asked again, without your name" in text
        assert "line manager" not in text


def _talk(place: Place, person: str = "police-1") -> Talk:
    return talk_of(place.log, place.assessment, person, place.stamp("look").at)[1]
