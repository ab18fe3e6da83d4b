"""What is to be destroyed, is on hold or was destroyed, in sentences."""

from __future__ import annotations

from typing import assert_never

from ehsg_events.dates import calendar
from ehsg_events.events import (
    OfRetention,
    RetentionAnnounced,
    RetentionApplied,
    RetentionHeld,
    RetentionResumed,
)
from projections.figures.agreement import people


def say_retention(fact: OfRetention) -> str:
    """What happened to what is kept, in a sentence."""
    match fact:
        case RetentionAnnounced():
            whose, day = people(len(fact.people)), calendar.say_day(fact.destroyed_from)
            by = calendar.say_day(fact.chosen)
            return f"The names and words of {whose} are destroyed from {day} on, by the policy of {by}."
        case RetentionHeld():
            return "Names and words are kept until further notice, with a reason."
        case RetentionResumed():
            return "Names and words are kept no longer than the policy says again."
        case RetentionApplied():
            day = calendar.say_day(fact.kept_until)
            by = f" by itself, by that of {calendar.say_day(fact.chosen)}" if fact.chosen else ""
            return (
                f"Names and words were to be kept until {day}; what the policy says was done{by}."
            )
    assert_never(fact)
