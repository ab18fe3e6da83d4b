"""What every page of the desk prints around its own: whose it is, where it is, what else there is."""

from __future__ import annotations

import os

from bots.operations.writable import writable
from bots.phrases import desk as phrases
from bots.web.desk.abandoned import given_up
from bots.web.desk.page import Visitor
from bots.web.desk.registry import links_of, open_to
from ehsg_events.dates import calendar
from ehsg_events.kernel import Refused
from ehsg_events.log.log import Log
from ehsg_events.log.published_guides import guide_of
from ehsg_events.states.assessment import Assessment


def frame(log: Log, visitor: Visitor, name: str, as_of: str) -> dict[str, object]:
    """The values that every page prints around its own."""
    state = log.assessment(visitor.assessment)
    named = state.named(visitor.person)
    at_hand, further = links_of(visitor.role)
    return {
        "visitor": visitor,
        "signed_in": (log.text(named.name) if named else None) or visitor.person,
        "addresses": named.addresses if named else (),
        "writable": writable(os.environ),
        "here": name,
        "pages": open_to(visitor.role),
        "at_hand": at_hand,
        "further": further,
        "headed": phrases.of_area(_subject(log, state), state.area),
        "taken": phrases.taken(calendar.say(visitor.at, state.policy.zone)),
        "abandoned": given_up(log, state, visitor),
        "as_of": as_of,
        "moments": None,
    }


def _subject(log: Log, state: Assessment) -> str:
    """What an assessment is about; nothing where its guide is refused, which its pages say."""
    try:
        return guide_of(state, log.folder).topic.subject
    except Refused:
        return ""
