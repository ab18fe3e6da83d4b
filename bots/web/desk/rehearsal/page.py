"""The page of the rehearsal: its form, that it runs, and then its days."""

from __future__ import annotations

import os
from collections.abc import Iterator

from bots.operations.operation import Done
from bots.operations.writable import writable
from bots.phrases.pages import rehearsal as phrases
from bots.rehearsed import Forecast
from bots.web.desk.hubs.hub import Section, Table
from bots.web.desk.operations.boxes import Box
from bots.web.desk.page import Asked, Drawn, Took, Visitor
from bots.web.desk.rehearsal.running import REHEARSALS
from bots.web.forms import Filled
from ehsg_events.dates import calendar
from ehsg_events.kernel import Refused, Stamp
from ehsg_events.log.log import Log
from projections.facts.view import View

PAGE, SILENT, USUAL, WHOLE, MOST_DIGITS = "rehearsal", "silent", "20", 100, 3
DAYS = (phrases.DAY, phrases.SENT, phrases.YOU)
AGENCIES = (phrases.AGENCY, phrases.FINISHED)


def draw(view: View, visitor: Visitor, asked: Asked) -> Drawn:
    """That one runs, or what the last came to; and the form, unless one of this assessment runs."""
    ran = REHEARSALS.of(view.log.folder, visitor.assessment)
    since = calendar.say(ran.since, view.state.policy.zone) if ran else ""
    forecast = ran.forecast if ran else None
    values = {
        "runs": phrases.RUNS_SINCE.format(since) if ran and ran.runs else "",
        "came_to_nothing": ran.refused if ran else "",
        "at": phrases.rehearsed_at(since) if forecast else "",
        "nobody_writes": not writable(os.environ),
        "sections": tuple(_sections(forecast)) if forecast else (),
        "box": _box(visitor, asked),
    }
    return Drawn("rehearsal.html", values)


def _box(visitor: Visitor, asked: Asked) -> Box:
    mistakes = tuple(one.words for one in visitor.wrong if one.field == SILENT)
    value = asked.get(SILENT, USUAL)
    label, hint = phrases.SILENT, phrases.SILENT_HINT
    return Box(SILENT, label, hint, "line", needed=True, value=value, choices=(), mistakes=mistakes)


def take(log: Log, visitor: Visitor, stamp: Stamp, sent: Filled) -> Took:  # noqa: ARG001 - as every form
    """Start one; nothing of it is recorded.

    Raises:
        Refused: no such share can be silent, or another runs.
    """
    share = _share(sent.text(SILENT).strip())
    REHEARSALS.start(log.folder, visitor.assessment, share, visitor.at)
    return Took(PAGE, Done(phrases.STARTED, None))


def _share(typed: str) -> float:
    is_number = typed.isascii() and typed.isdigit() and len(typed) <= MOST_DIGITS
    if not is_number or int(typed) > WHOLE:
        raise Refused(phrases.NO_SHARE, field=SILENT)
    return int(typed) / WHOLE


def _sections(forecast: Forecast) -> Iterator[Section]:
    says = (phrases.headline(forecast), phrases.busiest(forecast), phrases.work(forecast))
    yield Section(phrases.CAME_TO, says)
    yield Section(phrases.STUCK, tuple(phrases.stuck(forecast)) or (phrases.NOWHERE,))
    days = tuple(
        (day.said, phrases.sent(day) or phrases.NOTHING, phrases.tasks(day) or phrases.NOTHING)
        for day in forecast.days
    )
    yield Section(phrases.DAYS, table=Table(phrases.DAYS, DAYS, days))
    agencies = tuple(
        (agency, phrases.of(finished, asked))
        for agency, (finished, asked) in forecast.by_agency.items()
    )
    yield Section(phrases.BY_AGENCY, table=Table(phrases.BY_AGENCY, AGENCIES, agencies))
    yield Section(phrases.POLICY, tuple(phrases.policy(forecast)))
