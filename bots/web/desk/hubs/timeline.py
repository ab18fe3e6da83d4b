"""The newest round on a line: what happened when, up to its close, or its deadline still to come."""

from __future__ import annotations

from bots.phrases.pages import timeline as phrases
from bots.web.desk.hubs.hub import Section, Step
from ehsg_events.dates import calendar
from projections.collecting.timeline import Kind, Moment, timeline
from projections.facts.view import View

WHOLE = 300  # the length of the line
SHAPES: dict[Kind, str] = {
    "opened": "end",
    "closed": "end",
    "deadline": "open-end",
    "reopened": "end",
    "moved": "square",
    "paused": "square",
    "resumed": "square",
    "invited": "tick",
    "reminded": "dot",
}


def section(view: View) -> Section:
    """The newest round from its opening on; nothing where none was opened."""
    moments = timeline(view)
    return Section(phrases.TIMELINE, steps=tuple(_step(view, one, moments) for one in moments))


def _step(view: View, moment: Moment, moments: tuple[Moment, ...]) -> Step:
    zone = view.state.policy.zone
    first, last = moments[0].at, max(one.at for one in moments)
    share = (moment.at - first) / (last - first) if last > first else 0
    until = calendar.say(moment.until, zone) if moment.until else None
    says = phrases.says(moment.kind, moment.people, until, moment.because, moment.by)
    when = calendar.say(moment.at, zone)
    return Step(when=when, says=says, x=round(WHOLE * share), shape=SHAPES[moment.kind])
