"""Which moment a page shows, and the way to any other: by a time, a close, or a position."""

from __future__ import annotations

from collections.abc import Iterator

from bots.phrases import board as phrases
from ehsg_events.dates import calendar
from ehsg_events.events import RoundClosed
from ehsg_events.kernel import Frozen
from projections.access.audience import SINGLE_ANSWERS, Audience
from projections.access.reached import reached
from projections.facts.moments import unplaced_from
from projections.facts.view import View
from projections.folded.panel_facts import opened


class Close(Frozen):
    """The end of a round, to be looked back to."""

    called: str
    as_of: str


class Moments(Frozen):
    """The moment that is shown, in words, and those the reader may go to.

    The positions that may be asked for run from `first` to `last`; none for people who are not told
    positions, and where none may be asked for. `follows` says whether an open page is told of news.
    """

    says: str
    here: int | None
    first: int | None
    last: int | None
    closes: tuple[Close, ...]
    follows: bool


def moments(view: View, role: Audience, as_of: str, note: str | None = None) -> Moments:
    """Which moment is shown to somebody, and which they may go to.

    Args:
        note: what is to be said of the moment beside it.
    """
    by_position = role in SINGLE_ANSWERS
    first, last = _span(view) if by_position else (None, None)
    says, here = _then(view) if as_of and by_position else (phrases.THEN, None)
    return Moments(
        says=" ".join((says, note) if note else (says,)) if as_of else phrases.NOW,
        here=here or last,
        first=first,
        last=last,
        closes=tuple(_closes(view, by_position=by_position)),
        follows=by_position,
    )


def _then(view: View) -> tuple[str, int | None]:
    """An earlier moment in words, and its position if that is told."""
    at, position, _ = reached(view)
    return phrases.then(calendar.say(at, view.state.policy.zone), position), position


def _span(view: View) -> tuple[int, int] | tuple[None, None]:
    """The first and the last position that may be asked for, if there are any."""
    first: int = opened(view).position
    unplaced = unplaced_from(view.log)
    last = view.log.store.last_position() if unplaced is None else unplaced - 1
    return (first, last) if first < last else (None, None)


def _closes(view: View, *, by_position: bool) -> Iterator[Close]:
    """The closes of all rounds, also of those after the moment that is shown."""
    for recorded in view.log.about(view.assessment, (RoundClosed.TOPIC,)):
        number, at = recorded.stream.round, recorded.stamp.at
        when = calendar.say(at, view.state.policy.zone)
        place = view.placed(recorded.position) if by_position else None
        where = str(place) if place else at.isoformat()
        yield Close(called=phrases.close_of(number or 0, when), as_of=where)
