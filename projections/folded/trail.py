"""Every fact in order, with what of it is hidden, and from whom."""

from __future__ import annotations

import re
from typing import NamedTuple

from ehsg_events.kernel import TOPICS
from projections.facts.view import View
from projections.folded.notes import gone
from projections.folded.once import once
from projections.folded.rounds import closed

IN_REPLY = re.compile(r"round (\d+)/[^/]+/(?:vote \d+ as of )?version ", re.ASCII)
COMINGS = (
    "InterviewStarted", "InterviewPaused", "InterviewResumed", "InterviewCompleted",
    "InterviewWithdrawn",
)  # fmt: skip
SAID = frozenset(t.split(".")[1] for t in TOPICS if t.startswith("interview."))  # in interviews
REVEALING = ("RoundMeasured", "OutcomeAdopted")  # how others answered, of a reopened round


class _Fact(NamedTuple):
    position: int
    by: str
    what: str
    round: int | None
    stakeholder: str | None
    item: str | None
    message: str | None
    to: str | None
    dissenter: str | None
    after_round: int | None
    rule: str | None


class TrailRow(NamedTuple):
    """One fact, and what of it is told.

    `hidden`: it is of an interview in a round that is not closed, or was said in reply there, except
    that somebody came or went; or it reveals how others answered there. Of all facts of such
    interviews nothing tells the `cause`, since it may contain the last answer. `withdrawn`: somebody
    said it who has withdrawn, also later; `of_gone` marks when these came and went, too.
    """

    position: int
    by: str
    what: str
    round: int | None
    stakeholder: str | None
    item: str | None
    cause_told: bool
    hidden: bool
    withdrawn: bool
    of_gone: bool


@once
def trail_rows(view: View) -> list[TrailRow]:
    """Every fact in the order of the log."""
    return newest_rows(view, 0)


def newest_rows(view: View, after: int) -> list[TrailRow]:
    """The same of the facts beyond a position."""
    return [_told(view, fact) for fact in view.facts(_Fact, (), after, rule="rule.$")]


def _told(view: View, fact: _Fact) -> TrailRow:
    number, comes = _talked_in(fact), fact.what in COMINGS
    open_yet = number is not None and number not in closed(view)
    whose = fact.to if fact.stakeholder is None else fact.stakeholder
    of_gone = number is not None and whose in gone(view)
    dissents = fact.what == "DissentRecorded" and fact.dissenter in gone(view)
    return TrailRow(
        *fact[:6],
        cause_told=not (open_yet or of_gone),
        hidden=(open_yet and not comes) or _reveals(view, fact),
        withdrawn=(of_gone and not comes) or dissents,
        of_gone=of_gone and not open_yet,
    )


def _talked_in(fact: _Fact) -> int | None:
    """The round of the interview that a fact belongs to, or in which its message was a reply."""
    if fact.what in SAID:
        return fact.round
    reply = IN_REPLY.match(fact.message or "")
    return int(reply[1]) if reply else None


def _reveals(view: View, fact: _Fact) -> bool:
    """Whether a fact tells how others answered in a round that is not closed."""
    number = fact.after_round if fact.round is None else fact.round
    reveals = fact.what in REVEALING or fact.rule == "cannot-matter"
    return reveals and number not in closed(view)
