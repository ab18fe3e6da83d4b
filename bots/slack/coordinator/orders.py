"""What a coordinator decides in Slack: read from typed words, carried out as the command line does."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple
from uuid import UUID

from bots.phrases import coordinator as phrases
from ehsg_events.commands import colleague, hand_over, nudge, rounds
from ehsg_events.dates import calendar
from ehsg_events.kernel import Refused, Stamp
from ehsg_events.log.log import Log
from ehsg_events.reminders import unreached

Kind = Literal[
    "progress", "nudge", "extend", "pause", "resume", "close", "sure?", "agree", "decline", "help"
]
FORMS: dict[Kind, re.Pattern[str]] = {
    "progress": re.compile(r"(?:progress|status)?", re.I),
    "nudge": re.compile(r"(?:nudge|remind)(?:\s+(?P<agency>.+))?", re.I),
    "extend": re.compile(
        r"extend\s+(?P<day>\S+(?:\s\d?\d:\d\d)?)(?:\s+because\b:?)?(?P<because>.*)", re.I | re.S
    ),
    "pause": re.compile(r"pause\b(?:\s+because\b:?)?(?P<because>.*)", re.I | re.S),
    "resume": re.compile(r"resume|go on", re.I),
    "close": re.compile(r"close\s+yes", re.I),
    "sure?": re.compile(r"close", re.I),
    "help": re.compile(r"help|\?", re.I),
}


class Order(NamedTuple):
    """One thing a coordinator wants done, with what it takes."""

    kind: Kind
    agency: str = ""
    day: str = ""
    because: str = ""
    stakeholder: str = ""
    to: str = ""
    name: str = ""
    slack: str = ""
    work: str = ""


def read_order(text: str) -> Order | None:
    """What was typed after `/ehsg`, none when it is no command."""
    for kind, form in FORMS.items():
        found = form.fullmatch(text.strip())
        if found is not None:
            given = {name: (value or "").strip() for name, value in found.groupdict().items()}
            return Order(kind, **given)
    return None


def carry_out(log: Log, stamp: Stamp, assessment: UUID, order: Order) -> str:
    """Do it, and say what was done.

    Raises:
        Refused: a rule said no.
    """
    match order.kind:
        case "nudge":
            agency = _agency(log, assessment, order.agency)
            found = nudge.nudge(log, stamp, assessment, agency=agency)
            now = log.situation(assessment)
            by_you = unreached.of_a_reminder(now, found.reminded)
            return "\n".join([*found.sentences(), *by_you])
        case "extend":
            return _extend(log, stamp, assessment, order)
        case "pause":
            meaning = rounds.pause_round(log, stamp, assessment, order.because)
            return phrases.paused_now(" ".join(meaning))
        case "resume":
            warned = rounds.resume_round(log, stamp, assessment)
            number = log.newest_round(assessment).number
            return " ".join([phrases.resumed(number), *warned])
        case "close":
            return _close(log, stamp, assessment)
        case "agree":
            return _agree(log, stamp, assessment, order)
        case "decline":
            hand_over.decline(log, stamp, assessment, order.stakeholder, order.because)
            return phrases.declined(order.stakeholder)
    raise AssertionError(order.kind)


def _extend(log: Log, stamp: Stamp, assessment: UUID, order: Order) -> str:
    policy = log.assessment(assessment).policy
    until = calendar.read_deadline(order.day, policy.zone, policy.deadline_at)
    warned = rounds.extend_round(log, stamp, assessment, until, order.because)
    return " ".join([phrases.extended(calendar.say(until, policy.zone)), *warned])


def _close(log: Log, stamp: Stamp, assessment: UUID) -> str:
    rounds.close_round(log, stamp, assessment)
    newest = log.newest_round(assessment)
    measured = newest.measured
    agreed, open_still = (measured.settled, measured.unsettled) if measured else ((), ())
    return phrases.closed_now(newest.number, len(agreed), len(open_still))


def _agree(log: Log, stamp: Stamp, assessment: UUID, order: Order) -> str:
    if not (order.to or order.name):
        raise Refused(phrases.NOBODY_NAMED)
    new = colleague.colleague(
        log, assessment, order.stakeholder, order.name, order.slack or None, order.work
    )
    items = hand_over.agree(log, stamp, assessment, order.stakeholder, order.to or new)
    return phrases.handed(items)


def _agency(log: Log, assessment: UUID, typed: str) -> str | None:
    """An agency as the panel writes it, however it was typed."""
    panel = log.assessment(assessment).panel.values()
    known = {member.agency.casefold(): member.agency for member in panel}
    return known.get(typed.casefold(), typed) or None
