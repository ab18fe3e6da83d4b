"""An assessment that was abandoned: that it was, when, by whom and why, on top of each of its pages."""

from __future__ import annotations

from bots.phrases.pages import abandoned as phrases
from bots.web.desk.page import Visitor
from ehsg_events.dates import calendar
from ehsg_events.events import AssessmentAbandoned
from ehsg_events.log.log import Log
from ehsg_events.states.assessment import Assessment


def given_up(log: Log, state: Assessment, visitor: Visitor) -> str:
    """That it was abandoned; nothing where it was not. The board is not told by whom and why."""
    if state.abandoned is None:
        return ""
    *_, recorded = log.about(visitor.assessment, (AssessmentAbandoned.TOPIC,))
    when = calendar.say(recorded.stamp.at, state.policy.zone)
    if visitor.role == "board":
        return phrases.given_up(when)
    named = state.coordinators.get(recorded.stamp.by)
    who = (log.text(named.name) if named else None) or recorded.stamp.by
    return phrases.given_up(when, who, log.shown(state.abandoned.because))
