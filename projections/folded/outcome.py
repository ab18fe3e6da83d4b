"""The score that stands for each descriptor, and who dissents from it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from ehsg_events.agreement.alternatives import covered_by
from projections.facts.view import View
from projections.folded.members import members
from projections.folded.notes import gone
from projections.folded.once import once

SETTLING = ("OutcomeAdopted", "OutcomeModerated", "OutcomeSetAside")


class Settled(NamedTuple):
    """One time that a descriptor was settled, or its outcome set aside."""

    position: int
    what: str
    item: str
    level: str
    score: int
    because: dict[str, Any] | None
    dissenter: str
    said_at: datetime


class Outcome(NamedTuple):
    """A descriptor and the score that stands: adopted by the rule, or moderated and why.

    `dissent` is who dissents, each with their newest reason; `covered_by` an alternative whose yes
    makes up for its no.
    """

    item: str
    level: str
    score: int
    moderated: bool
    because: dict[str, Any] | None
    dissent: list[dict[str, Any]]
    covered_by: str | None


@once
def _facts(view: View) -> list[Settled]:
    return view.facts(Settled, (*SETTLING, "DissentRecorded"))


@once
def settled_or_set_aside(view: View) -> list[Settled]:
    """Every time that an outcome was adopted, moderated or set aside, in the order of the log."""
    return [fact for fact in _facts(view) if fact.what in SETTLING]


@once
def settlings(view: View) -> list[Settled]:
    """Every time that an outcome was adopted or moderated, in the order of the log."""
    return [fact for fact in _facts(view) if fact.what in SETTLING[:2]]


@once
def outcomes(view: View) -> dict[str, Outcome]:
    """By descriptor, without outcomes set aside and dissents of people who have withdrawn."""
    newest = {fact.item: fact for fact in settled_or_set_aside(view)}
    settled = {item: fact for item, fact in newest.items() if fact.what != "OutcomeSetAside"}
    covered = covered_by(view.guide, {item: fact.score for item, fact in settled.items()})
    dissents = _dissents(view)
    return {
        item: Outcome(
            item,
            fact.level,
            fact.score,
            fact.what == "OutcomeModerated",
            fact.because,
            dissents.get(item, []),
            covered.get(item),
        )
        for item, fact in settled.items()
    }


def _dissents(view: View) -> dict[str, list[dict[str, Any]]]:
    """Who dissents from each outcome, in the order in which they first did."""
    words: dict[str, dict[str, dict[str, Any] | None]] = {}
    for fact in _facts(view):
        if fact.what == "DissentRecorded" and fact.dissenter not in gone(view):
            words.setdefault(fact.item, {})[fact.dissenter] = fact.because
    return {
        item: [
            {"stakeholder": person, "agency": members(view)[person].agency, "words": said}
            for person, said in people.items()
            if person in members(view)
        ]
        for item, people in words.items()
    }
