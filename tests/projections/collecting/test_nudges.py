"""Each nudge has a sentence: sent and when, or not sent and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from support.slack.edge import PANEL, Place, empty, slack
from support.slack.windows import name_coordinator

from ehsg_events.commands import assessments, nudge, rounds
from ehsg_events.kernel import Refused
from ehsg_events.panel.member import StandsBy
from ehsg_events.values.policy import Policy, Step, Terms
from projections.collecting.nudges import Nudge, nudges, tallies
from projections.facts.view import view_at


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """A round whose notices were delivered, ten working days before its deadline."""
    with slack(tmp_path) as place:
        place.begin()
        yield place


def told(place: Place, person: str | None = None, as_of: str | None = None) -> list[Nudge]:
    """The nudges of the place."""
    return nudges(view_at(place.log, place.assessment, as_of), person)


def says(place: Place, person: str) -> list[str]:
    """What is said of the nudges of a person."""
    return [one.says for one in told(place, person)]


def tick(place: Place, day: int) -> None:
    """The clock does what is due at 10am on a day of September 2026."""
    place.clock.now = datetime(2026, 9, day, 9, tzinfo=UTC)
    rounds.advance(place.log, place.stamp(f"tick {day}"), place.assessment)


def test_a_reminder_that_went_says_when(place: Place) -> None:
    """As it stands then; before it was said it says so too."""
    tick(place, 10)
    assert says(place, "health-1") == [
        "Decided at 10am on Thursday 10 September 2026, not sent yet."
    ]
    then = place.clock.now.isoformat()
    place.clock.on(minutes=5)
    place.outbox.deliver()
    assert says(place, "health-1") == ["Sent at 10:05am on Thursday 10 September 2026."]
    (before,) = told(place, "health-1", as_of=then)
    assert (before.fate, before.what) == (
        "waiting",
        "a reminder, 7 working days before the deadline",
    )


def test_who_finished_is_told_with_the_time(place: Place) -> None:
    """Whether it was known when it was decided, or found when it was to be said."""
    tick(place, 10)
    place.clock.on(minutes=7)
    place.finish_elsewhere()
    place.outbox.deliver()
    tick(place, 16)
    sentence = "Not sent: finished at 10:07am on Thursday 10 September 2026."
    assert says(place, "police-1") == [sentence, sentence]
    assert [one.rule for one in told(place, "police-1")] == ["finished", "finished"]


def test_who_is_not_in_slack_is_the_coordinators_to_remind(place: Place) -> None:
    """Nobody writes to them."""
    tick(place, 10)
    place.outbox.deliver()
    (one,) = told(place, "school-1")
    assert one.fate == "no-surface"
    assert one.says.endswith("No message reaches them: the coordinator reminds them by hand.")


def test_a_nudge_outside_somebodys_hours_is_held(place: Place) -> None:
    """As long as nobody has said it."""
    place.clock.now = datetime(2026, 9, 8, 20, tzinfo=UTC)
    nudge.nudge(place.log, place.stamp("nudge"), place.assessment, ["health-1"])
    assert says(place, "health-1") == [
        "Decided at 9pm on Tuesday 8 September 2026, held until they work again."
    ]


def test_nobody_is_asked_for_who_is_not_on_the_panel(place: Place) -> None:
    """The refusal says where to look."""
    with pytest.raises(Refused, match="Nobody on the panel is called ghost-1"):
        told(place, "ghost-1")


def test_a_round_is_counted_in_one_sentence(place: Place) -> None:
    """Every nudge once."""
    tick(place, 10)
    place.outbox.deliver()
    nudge.nudge(place.log, place.stamp("nudge"), place.assessment, ["health-1"])
    found = told(place)
    assert [*tallies(found)] == ["Round 1: 3 sent, 1 to be given by hand, 1 not sent by a rule."]
    assert found[-1].says == (
        "Not sent: reminded that day already, at 10am on Thursday 10 September 2026."
    )


def test_the_ladder_is_told_with_whom_it_reached(tmp_path: Path) -> None:
    """A stand-in and the coordinators in Slack are told; where nobody can be, the coordinator does."""
    steps = (Step(to="backup", before=3), Step(to="coordinator", before=1))
    terms = Terms(policy=Policy(reminders=(), escalation=steps))
    with empty(tmp_path) as place:
        lead = StandsBy("manager", "Mo Birch", "T0LOOPBACK/U0BOSS")
        panel = (
            replace(PANEL[0], backup=lead),
            replace(PANEL[1], backup=replace(lead, slack=None)),
        )
        given = (place.assessment, "Sefton", "ehsg-2022@1", panel, terms)
        assessments.open_assessment(place.log, place.stamp("open"), *given)
        name_coordinator(place)
        rounds.open_round(place.log, place.stamp("round"), place.assessment, None)
        for day in (16, 18):
            tick(place, day)
            place.outbox.deliver()
        assert says(place, "police-1") == [
            "Sent at 10am on Wednesday 16 September 2026.",
            "Sent at 10am on Friday 18 September 2026.",
        ]
        first, second = told(place, "health-1")
        assert first.what == (
            "their manager told that they are silent, 3 working days before the deadline"
        )
        assert first.says.endswith(
            "No message reaches their manager: the coordinator tells them by hand."
        )
        assert second.fate == "sent"
