"""Every nudge that was decided, in a sentence: sent and when, or not sent and by which rule.

Pseudonyms and times only: that somebody finished is said, but never what they answered. The rule
that nothing somebody could say would matter reveals how others answered, so it is not named until
the round is closed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple, cast

from ehsg_events.dates import calendar, worktime
from ehsg_events.kernel import TOPICS, Frozen, Refused, Way
from ehsg_events.reminders.reminders import SPARED, as_told
from ehsg_events.reminders.told_by_hand import BY_MEANS
from ehsg_events.rounds.milestones import say_milestone
from ehsg_events.states.round import Round
from ehsg_events.states.streams import round_stream
from ehsg_events.values.unsaid import Unsaid
from projections.collecting.decided import Kind
from projections.collecting.fates import Fate, NudgeRow, nudge_rows
from projections.facts.view import View

STAND_INS = {"manager": "their manager", "substitute": "their substitute"}
OF_THE_MESSAGE: dict[Unsaid, str] = {
    "overtaken": "a newer message says it all",
    "reached again": "Slack reaches them again",
    "stopped": SPARED["refused"],
    "forgotten": "their name and how to reach them were forgotten",
}


class Nudge(Frozen):
    """One nudge: whom it is about, and what became of it.

    `person` and `agency` are null if it was to the coordinators about their own work.
    `what` is the nudge in words and `says` its fate in a sentence; `rule` is what withheld it.
    `position` is null until its round is closed.
    """

    position: int | None
    round: int
    person: str | None
    agency: str | None
    kind: Kind
    milestone: str
    what: str
    decided_at: str
    fate: Fate
    rule: str | None
    settled_at: str | None
    says: str


def nudges(view: View, person: str | None = None) -> list[Nudge]:
    """Every nudge in the order they were decided, or those about one person.

    Raises:
        Refused: nobody on the panel has this pseudonym.
    """
    if person is not None and person not in view.state.panel:
        raise Refused(
            f"Nobody on the panel is called {person}.", Way("panel", "see who is on the panel")
        )
    by_number = _rounds(view)
    return [
        _nudge(view, row, by_number[row.round])
        for row in nudge_rows(view)
        if person in (None, row.person)
    ]


def _rounds(view: View) -> dict[int, Round]:
    """The rounds as they stood in the view, by number."""
    versions = {fact.round: fact.version for fact in view.facts(_OfRound, ROUND_KINDS)}
    by_number: dict[int, Round] = {}
    for number, version in versions.items():
        stood = view.log.states.at_version(round_stream(view.assessment, number), version)
        assert stood is not None, "it was opened"
        by_number[number] = stood
    return by_number


class _OfRound(NamedTuple):
    position: int
    round: int
    version: int


ROUND_KINDS = tuple(topic.split(".")[1] for topic in TOPICS if topic.startswith("round."))


def _nudge(view: View, row: NudgeRow, round: Round) -> Nudge:
    person, row = row.person, row._replace(rule=row.rule and as_told(row.rule, round))
    return Nudge(
        position=view.placed(row.position),
        round=row.round,
        person=person,
        agency=view.state.panel[person].agency if person else None,
        kind=row.kind,
        milestone=row.milestone,
        what=_what(row),
        decided_at=row.decided_at.isoformat(),
        fate=row.fate,
        rule=row.rule or row.reason,
        settled_at=row.settled_at.isoformat() if row.settled_at else None,
        says=_says(row, round),
    )


# -- what it is --------------------------------------------------------------------------------
def _what(row: NudgeRow) -> str:
    match row.kind:
        case "by-hand":
            return "a reminder by hand"
        case "link":
            return "a personal link, since no message reaches them"
        case "due":
            return f"the coordinators told that {row.milestone} is due"
        case "escalation":
            when = say_milestone(row.milestone).partition(", ")[2]
            return f"{_whom(row)} told that they are silent, {when}"
    return say_milestone(row.milestone)


def _whom(row: NudgeRow) -> str:
    """Whom an escalation tells; for one that was withheld, only as far as its milestone says."""
    if "coordinator" in (row.told, row.milestone.split("-")[1]):
        return "the coordinators"
    return STAND_INS.get(row.told or "", "their manager or stand-in")


NEVER = {  # what was neither sent nor given once the round has closed
    "no-surface": "Not given, as far as the record says: no message reaches them.",
    "waiting": "Not sent: the round closed before any message could be handed over.",
}


# -- what became of it -------------------------------------------------------------------------
def _says(row: NudgeRow, round: Round) -> str:
    match row.fate:
        case "by-hand":
            assert row.means is not None, "whoever did it said how"
            means = BY_MEANS[row.means]
            return f"Done by the coordinator {means}, at {_say_time(row.settled_at, round)}."
        case "sent":
            verb = "Link made" if row.kind == "link" else "Sent"
            return f"{verb} at {_say_time(row.settled_at, round)}."
        case "failed":
            return f"Failed at {_say_time(row.settled_at, round)}: {row.reason}."
        case "uncertain":
            return "Nobody knows whether it was sent, so it is not sent again."
        case "not-sent":
            return f"Not sent: {_because(row, round)}."
    if round.closed and row.told == "person":
        return NEVER[row.fate]
    decided = f"Decided at {_say_time(row.decided_at, round)}"
    is_by_hand = row.fate == "no-surface"
    return f"{decided}. {_by_hand(row)}" if is_by_hand else f"{decided}, {_waits(row, round)}."


def _because(row: NudgeRow, round: Round) -> str:
    rule = row.rule or row.reason or ""
    match rule:
        case "finished" if row.finished_at:
            return f"finished at {_say_time(row.finished_at, round)}"
        case "withdrawn" if row.withdrawn_at:
            return f"withdrew at {_say_time(row.withdrawn_at, round)}"
        case "capped" if row.times:
            times = "once" if row.times == 1 else f"{row.times} times"
            return f"reminded {times} already, the most the policy allows"
        case "overtaken" if row.rule and _is_same_day(row, round):
            return f"reminded that day already, at {_say_time(row.last_at, round)}"
    if row.rule:
        return SPARED[rule]
    return OF_THE_MESSAGE.get(cast("Unsaid", rule), rule)


def _is_same_day(row: NudgeRow, round: Round) -> bool:
    zone = round.worktime(row.person or "").zone
    days = {calendar.local_day(at, zone) for at in (row.last_at, row.decided_at) if at}
    return row.last_at is not None and len(days) == 1


def _by_hand(row: NudgeRow) -> str:
    if row.told == "person":
        return "No message reaches them: the coordinator reminds them by hand."
    if row.told == "coordinator":
        return "No message reaches a coordinator: it stands here, and among what waits."
    return f"No message reaches {_whom(row)}: the coordinator tells them by hand."


def _waits(row: NudgeRow, round: Round) -> str:
    if row.kind == "link":
        return "no link was made for them yet"
    if row.told != "person":
        return "not sent yet"
    works = worktime.may_chase(round.policy, round.worktime(row.person or ""), row.decided_at)
    return "not sent yet" if works else "held until they work again"


def _say_time(at: datetime | None, round: Round) -> str:
    assert at is not None, "what has ended did so at a time"
    return calendar.say(at, round.policy.zone)


# -- all together ------------------------------------------------------------------------------
FATES: dict[Fate, str] = {
    "sent": "sent",
    "by-hand": "given by hand",
    "waiting": "not sent yet",
    "no-surface": "to be given by hand",
    "failed": "failed",
    "uncertain": "in doubt",
    "not-sent": "not sent by a rule",
}


def tallies(decided: Sequence[Nudge]) -> Iterator[str]:
    """For each round one sentence: how many nudges were sent and how many were not."""
    for number in dict.fromkeys(nudge.round for nudge in decided):
        fates = Counter(nudge.fate for nudge in decided if nudge.round == number)
        counts = [f"{fates[fate]} {words}" for fate, words in FATES.items() if fates[fate]]
        yield f"Round {number}: {', '.join(counts)}."
