"""A step of the walk back as a page shows it: its time, its sentence, the words, what was seen."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

from bots.phrases import board as phrases
from ehsg_events.dates import calendar
from ehsg_events.kernel import Frozen
from ehsg_events.log.vault import instead
from projections.history.steps import Step


class Turn(Frozen):
    """One fact in words; `at` is its time as people say it, `moment` the same for programs.

    `as_of` asks for how things stood then: by position, or by time where that is not told.
    """

    position: int | None
    moment: str
    at: str
    by: str
    says: str
    words: str | None = None
    instead: str | None = None
    evidence: str | None = None
    exposure: str | None = None
    as_of: str = ""

    @property
    def anchor(self) -> str:
        """Where the step stands on its page."""
        return anchor(self.position, self.as_of, self.says)


def anchor(position: int | None, at: str, says: str) -> str:
    """Where a step stands on its page: by its position, or by what it says where that is hidden."""
    return f"p{position}" if position else f"t{sha256(f'{at} {says}'.encode()).hexdigest()[:16]}"


def _for(step: Step) -> str:
    """For whom somebody acted."""
    return phrases.on_behalf_of(step.on_behalf_of) if step.on_behalf_of else ""


def turn(step: Step, zone: str) -> Turn:
    """A step as it is shown, its time in a zone."""
    local = datetime.fromisoformat(step.at).astimezone(ZoneInfo(zone))
    return Turn(
        position=step.position,
        moment=local.isoformat(timespec="seconds"),
        at=f"{calendar.say_wall(local)} ({local:%Z})",
        by=", ".join(part for part in (step.who, step.surface, _for(step)) if part),
        says=step.says,
        words=step.words,
        instead=instead(step.lost, step.who) or None,
        evidence=phrases.evidence_words(step.evidence) if step.evidence else None,
        as_of=str(step.position or step.at),
        exposure=phrases.exposure_words(step.exposure) if step.exposure else None,
    )
