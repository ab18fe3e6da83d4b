"""A refusal as a coordinator reads it in Slack: with what can be said here, or done elsewhere."""

from __future__ import annotations

from bots.operations.typed import typed
from bots.phrases import coordinator as phrases
from ehsg_events.kernel import Refused, Way

HERE = {  # operations that can be typed in Slack
    "nudge": "/ehsg nudge",
    "round extend": "/ehsg extend 2026-12-11 because …",
    "round pause": "/ehsg pause because …",
    "round resume": "/ehsg resume",
    "round close": "/ehsg close",
    "local term": "/ehsg term Lead Practitioner means …",
}


def told(refusal: Refused) -> str:
    """The sentences of a refusal, and below them each way out."""
    return "\n".join([str(refusal), *map(way_out, refusal.ways)])


def way_out(way: Way) -> str:
    """One way out, as a line."""
    if way.to in HERE:
        return phrases.way_here(way.does, HERE[way.to])
    return phrases.way_elsewhere(way.does, typed(way))
