"""How the service stands: what a coordinator can know of it without asking whoever runs the server."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from bots.operations import joined, outages
from bots.operations.writable import writable
from bots.phrases.pages import service as phrases
from bots.service.backed_up import BackedUp, backed_up
from bots.service.letters import letters
from bots.service.reached import reached
from bots.web.desk.hubs.hub import Section, Table
from ehsg_events import __version__
from ehsg_events.dates import calendar
from ehsg_events.kernel import Surface
from projections.facts.view import View

HEADINGS = (phrases.WHAT, phrases.STANDS, phrases.SAYS)
ANCHOR = "service"  # where it stands on the page of settings
FAILED = ("MessageFailed", "MessageBounced")
Row = tuple[str, str, str]


class _Message(NamedTuple):
    position: int
    what: str
    said_at: datetime
    reason: str | None
    status: str | None


def service(view: View, environment: Mapping[str, str], now: datetime) -> Section:
    """Each thing that the service rests on, whether it is in order, and how it stands."""
    *reaching, kept = rests_on(view, environment, now)
    version = (phrases.VERSION, phrases.IN_ORDER, phrases.version(__version__))
    table = Table(phrases.SERVICE, HEADINGS, (version, *reaching, _sent(view), kept))
    return Section(phrases.SERVICE, (phrases.WHOM_TO_ASK,), table, anchor=ANCHOR)


def rests_on(view: View, environment: Mapping[str, str], now: datetime) -> tuple[Row, ...]:
    """What is set up by whoever runs the server: how people are reached, and the backup."""
    return (
        _address(environment),
        _letters(view, environment),
        _slack(view, environment),
        _backup(view, backed_up(environment, now), now),
    )


def _address(environment: Mapping[str, str]) -> Row:
    found = reached(environment)
    match found.kind:
        case "safe":
            return phrases.ADDRESS, phrases.IN_ORDER, phrases.safe(found.url)
        case "here alone":
            return phrases.ADDRESS, phrases.NOT_SET_UP, phrases.here_alone(found.url)
        case "wrong":
            return phrases.ADDRESS, phrases.TO_MEND, found.refused


def _letters(view: View, environment: Mapping[str, str]) -> Row:
    found = letters(environment)
    match found.way:
        case "none":
            return phrases.LETTERS, phrases.NOT_SET_UP, phrases.NO_LETTERS
        case "wrong":
            return phrases.LETTERS, phrases.TO_MEND, found.refused
        case "notify":
            return _unless_stopped(view, "mail", phrases.LETTERS, phrases.NOTIFY)
        case "server":
            says = phrases.by_server(found.through, found.sender)
            return _unless_stopped(view, "mail", phrases.LETTERS, says)


def _slack(view: View, environment: Mapping[str, str]) -> Row:
    if "slack" not in writable(environment):
        return phrases.SLACK, phrases.NOT_SET_UP, phrases.NO_SLACK
    name = joined.workspace(view.log.folder)
    if name is None and outages.of(view.log.folder, "slack") is None:
        return phrases.SLACK, phrases.NOT_YET, phrases.NOT_JOINED
    says = phrases.workspace(name) if name else ""
    return _unless_stopped(view, "slack", phrases.SLACK, says)


def _unless_stopped(view: View, surface: Surface, what: str, says: str) -> Row:
    """That a surface is in order, or what it does not take just now."""
    trouble = outages.of(view.log.folder, surface)
    return (
        (what, phrases.TO_MEND, f"{says} {trouble}".strip())
        if trouble
        else (what, phrases.IN_ORDER, says)
    )


def _sent(view: View) -> Row:
    """The last message of this assessment that was delivered, and the last that failed; to nobody by name."""
    facts = view.facts(_Message, ("MessageDelivered", *FAILED))
    delivered = [fact for fact in facts if fact.what not in FAILED]
    failed = [fact for fact in facts if fact.what in FAILED]
    says = " ".join(_last(view, delivered[-1:], failed[-1:])) or phrases.NOTHING_SENT
    return phrases.SENT, phrases.IN_ORDER if delivered else phrases.NOT_YET, says


def _last(view: View, delivered: list[_Message], failed: list[_Message]) -> Iterator[str]:
    zone = view.state.policy.zone
    for fact in delivered:
        yield phrases.delivered(calendar.say(fact.said_at, zone))
    for fact in failed:
        yield phrases.failed(calendar.say(fact.said_at, zone), fact.reason or fact.status or "")
    if delivered and not failed:
        yield phrases.NONE_FAILED


def _backup(view: View, stands: BackedUp, now: datetime) -> Row:
    at, zone = stands.at, view.state.policy.zone
    made = phrases.made(calendar.say(at, zone), now - at) if at else ""
    match stands.state:
        case "not set up":
            return phrases.BACKUP, phrases.NOT_SET_UP, phrases.NO_BACKUP
        case "wrong":
            return phrases.BACKUP, phrases.TO_MEND, stands.refused
        case "none yet":
            return phrases.BACKUP, phrases.TO_MEND, phrases.NONE_YET
        case "faulty":
            return phrases.BACKUP, phrases.TO_MEND, f"{made}, {phrases.FAULTY}"
        case "old":
            return phrases.BACKUP, phrases.TO_MEND, f"{made}, {phrases.TOO_OLD}"
        case "made":
            says = f"{made}, {phrases.verified(stands.position)}"
            return phrases.BACKUP, phrases.IN_ORDER, says
