"""A step of the walk back as a page shows it: its time, its sentence, the words, what was seen."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bots.phrases import board as phrases
from ehsg_events.dates import calendar
from ehsg_events.kernel import Frozen
from ehsg_events.log.vault import instead
from projections.history.steps import Step


class Turn(Frozen):
    """One fact in words; `at` is its time as people say it, `moment` the same for programs."""

    position: int
    moment: str
    at: str
    by: str
    says: str
    words: str | None = None
    instead: str | None = None
    evidence: str | None = None
    exposure: str | None = None

    @property
    def anchor(self) -> str:
        """Where the step stands on its page."""
        return anchor(self.position)


def anchor(position: int) -> str:
    """Where a step stands on its page, by its position."""
    return f"p{position}"


def turn(step: Step, zone: str) -> Turn:
    """A step as it is shown, its time in a zone."""
    local = datetime.fromisoformat(step.at).astimezone(ZoneInfo(zone))
    return Turn(
        position=step.position,
        moment=local.isoformat(timespec="seconds"),
        at=f"{calendar.say(local, zone)} ({local:%Z})",
        by=", ".join(part for part in (step.who, step.surface) if part),
        says=step.says,
        words=step.words,
        instead=instead(step.lost, step.who) or None,
        evidence=phrases.evidence_words(step.evidence) if step.evidence else None,
        exposure=phrases.exposure_words(step.exposure) if step.exposure else None,
    )
