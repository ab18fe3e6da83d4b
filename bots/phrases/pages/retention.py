"""What is said of until when names and words are kept, and of what is destroyed then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehsg_events.dates import calendar
from ehsg_events.policy.policy_sentences import AFTERWARDS

if TYPE_CHECKING:
    from ehsg_events.events import RetentionAnnounced
    from ehsg_events.rights.retention import Kept


def kept(one: Kept, announced: RetentionAnnounced | None, *, held: bool) -> str:
    """How one assessment stands: until when, what is done then, how much there is, what is foreseen."""
    until = calendar.say_day(one.until) if one.until else "as the council's schedule says"
    when = f"kept until {until}" if one.until else f"kept {until}"
    over = "OVER: " if one.is_over and one.people else ""
    foreseen = "; ON HOLD" if held else ""
    if announced:
        day = calendar.say_day(announced.destroyed_from)
        foreseen = f"; destroyed by itself from {day} on: {', '.join(announced.people)}"
    return f"{over}{when}, {AFTERWARDS[one.then]}; names and words of {len(one.people)} people{foreseen}"
