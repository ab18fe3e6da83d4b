"""Which moment a page shows, and the way to any other: by a time, a close, or a position."""

from __future__ import annotations

from collections.abc import Iterator

from bots.phrases import board as phrases
from ehsg_events.dates import calendar
from ehsg_events.events import RoundClosed
from ehsg_events.kernel import Frozen
from projections.access.audience import SINGLE_ANSWERS, Audience
from projections.facts.view import View


class Close(Frozen):
    """The end of a round, to be looked back to."""

    called: str
    as_of: str


class Moments(Frozen):
    """The moment that is shown, in words, and those the reader may go to.

    The positions run from `first` to `last`; none for people who are not told positions.
    """

    says: str
    here: int
    first: int | None
    last: int | None
    closes: tuple[Close, ...]


def moments(view: View, role: Audience, as_of: str, note: str | None = None) -> Moments:
    """Which moment is shown to somebody, and which they may go to.

    Args:
        note: what is to be said of the moment beside it.
    """
    by_position = role in SINGLE_ANSWERS
    span = view.ask("SELECT min(position) AS first, max(said_at) AS last FROM fact")[0]
    when = calendar.say(span["last"], view.state.policy.zone)
    then = phrases.then(when, view.position) if by_position else phrases.THEN
    return Moments(
        says=" ".join((then, note) if note else (then,)) if as_of else phrases.NOW,
        here=view.position,
        first=span["first"] if by_position else None,
        last=view.log.store.last_position() if by_position else None,
        closes=tuple(_closes(view, by_position=by_position)),
    )


def _closes(view: View, *, by_position: bool) -> Iterator[Close]:
    """The closes of all rounds, also of those after the moment that is shown."""
    for recorded in view.log.about(view.assessment, (RoundClosed.TOPIC,)):
        number, at = recorded.stream.round, recorded.stamp.at
        when = calendar.say(at, view.state.policy.zone)
        where = str(recorded.position) if by_position else at.isoformat()
        yield Close(called=phrases.close_of(number or 0, when), as_of=where)
