"""What happened to the newest round and when: who was invited, reminded, and how its deadline moved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import Literal

from ehsg_events.dates import calendar
from ehsg_events.events import (
    DeadlineMoved,
    RoundClosed,
    RoundOpened,
    RoundPaused,
    RoundReopened,
    RoundResumed,
    StakeholderInvited,
)
from ehsg_events.kernel import Frozen, Recorded, Words
from projections.collecting.nudges import nudges
from projections.facts.view import View

Kind = Literal[
    "opened", "invited", "reminded", "moved", "paused", "resumed", "closed", "reopened", "deadline"
]
ORDER: tuple[Kind, ...] = (  # of what happened at one moment
    "opened", "invited", "moved", "paused", "resumed", "reminded", "closed", "reopened", "deadline",
)  # fmt: skip
FACTS = (
    RoundOpened,
    StakeholderInvited,
    DeadlineMoved,
    RoundPaused,
    RoundResumed,
    RoundClosed,
    RoundReopened,
)
REMINDERS = ("reminder", "by-hand")
GIVEN = ("sent", "by-hand")


class Moment(Frozen):
    """Something that happened to a round, or will: its deadline.

    `people` is how many were invited or reminded then, on one day together; `until` the deadline
    from then on, `because` why; `by` what closed it.
    """

    at: datetime
    kind: Kind
    people: int = 0
    until: datetime | None = None
    because: str | None = None
    by: Literal["deadline", "coordinator"] | None = None


def timeline(view: View) -> tuple[Moment, ...]:
    """The newest round from its opening to its close, or to its deadline while it is open."""
    facts = list(view.log.about(view.assessment, tuple(fact.TOPIC for fact in FACTS)))
    newest = max((one.stream.round or 0 for one in facts), default=None)
    own = [one for one in facts if one.stream.round == newest and one.position <= view.position]
    if newest is None or not own:
        return ()
    told = [moment for one in own for moment in _told(view, one)]
    moments = [*told, *_invited(view, own), *_reminded(view, newest)]
    moments.sort(key=lambda moment: (moment.at, ORDER.index(moment.kind)))
    return (*moments, *_ahead(told))


def _told(view: View, one: Recorded) -> Iterator[Moment]:
    at, fact = one.stamp.at, one.fact
    match fact:
        case RoundOpened():
            yield Moment(at=at, kind="opened", until=fact.deadline)
        case DeadlineMoved():
            because = _opened(view, fact.because, one)
            yield Moment(at=at, kind="moved", until=fact.deadline, because=because)
        case RoundReopened():
            because = _opened(view, fact.because, one)
            yield Moment(at=at, kind="reopened", until=fact.deadline, because=because)
        case RoundPaused():
            yield Moment(at=at, kind="paused", because=_opened(view, fact.because, one))
        case RoundResumed():
            yield Moment(at=at, kind="resumed")
        case RoundClosed():
            yield Moment(at=at, kind="closed", by=fact.closed_by)


def _opened(view: View, words: Words, one: Recorded) -> str | None:
    return view.opened(words, one.position).says


def _invited(view: View, own: list[Recorded]) -> Iterator[Moment]:
    """Those who were invited, day by day; somebody asked more of than before is no second person."""
    first: dict[str, datetime] = {}
    for one in own:
        if isinstance(one.fact, StakeholderInvited):
            first.setdefault(one.fact.invited, one.stamp.at)
    yield from _by_day(view, "invited", [*first.values()])


def _reminded(view: View, newest: int) -> Iterator[Moment]:
    """The reminders that reached somebody, or were given by hand."""
    times = [
        datetime.fromisoformat(nudge.settled_at)
        for nudge in nudges(view)
        if nudge.round == newest
        and nudge.kind in REMINDERS
        and nudge.fate in GIVEN
        and nudge.settled_at
    ]
    yield from _by_day(view, "reminded", times)


def _by_day(
    view: View, kind: Literal["invited", "reminded"], times: list[datetime]
) -> Iterator[Moment]:
    zone = view.state.policy.zone
    for _, at_once in groupby(sorted(times), key=lambda at: calendar.local_day(at, zone)):
        first, *more = at_once
        yield Moment(at=first, kind=kind, people=1 + len(more))


def _ahead(told: list[Moment]) -> Iterator[Moment]:
    """The deadline that stands, while the round is open."""
    if told[-1].kind != "closed":
        yield Moment(at=[moment.until for moment in told if moment.until][-1], kind="deadline")
