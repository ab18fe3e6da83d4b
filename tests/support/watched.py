"""One round as a second reader knows it, and what it may not see: written apart from the product."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from ehsg_events.dates import calendar, worktime
from ehsg_events.values.hours import Before, Hours, name_before
from ehsg_events.values.policy import Policy

NEVER = datetime.max.replace(tzinfo=UTC)


class Nudge(NamedTuple):
    """Somebody is chased: at a time, for a milestone, as a fact or as a message they see."""

    person: str
    milestone: str
    at: datetime
    is_fact: bool = True

    @property
    def by_hand(self) -> bool:
        """Whether the coordinator chose the moment."""
        return self.milestone.startswith("nudge") and self.is_fact


@dataclass
class Watched:
    """One round as the second reader knows it."""

    policy: Policy
    deadline: datetime
    since: datetime
    withdrawn: set[str]
    invited: dict[str, tuple[datetime, Hours, str]] = field(default_factory=dict)
    released: set[str] = field(default_factory=set)
    finished: set[str] = field(default_factory=set)
    handed_on: set[str] = field(default_factory=set)
    paused: bool = False
    closed: bool = False
    reminded: Counter[str] = field(default_factory=Counter)
    days: Counter[tuple[str, object]] = field(default_factory=Counter)
    decided: set[tuple[str, datetime]] = field(default_factory=set)
    sent: dict[str | None, datetime] = field(default_factory=dict)
    handled: set[tuple[str, str]] = field(default_factory=set)
    rungs: dict[str, int] = field(default_factory=dict)

    def given(self, person: str, at: datetime, times: int = 1) -> None:
        """A reminder reached somebody, by a message or by the coordinator; or it did not after all."""
        self.reminded[person] += times
        self.days[person, self.local(person, at).date()] += times

    def local(self, person: str, at: datetime) -> datetime:
        """A moment as the person's clock shows it."""
        return at.astimezone(ZoneInfo(self.invited[person][2]))

    def works(self, person: str, at: datetime) -> bool:
        """Whether somebody works at a moment."""
        _, hours, zone = self.invited[person]
        return works(self.policy, hours, zone, at)

    @property
    def asked(self) -> set[str]:
        """Those of whom something is wanted still."""
        return set(self.invited) - self.released - self.finished - self.withdrawn

    def anew(self, deadline: datetime, at: datetime) -> None:
        """Another deadline: another schedule."""
        self.deadline, self.since = deadline, at
        self.handled.clear()
        self.rungs.clear()

    def planned(self, person: str) -> dict[str, datetime]:
        """The reminders that are meant for somebody, and when: from when they were asked on."""
        _, hours, zone = self.invited[person]
        spans = {f"remind-{name_before(one)}": one for one in self.policy.reminders}
        return self._meant(person, worktime.Worktime(hours, zone), spans)

    def ladder(self, person: str) -> dict[str, datetime]:
        """When of somebody's silence others are to be told."""
        theirs = worktime.Worktime(self.policy.hours, self.policy.zone)
        steps = self.policy.escalation
        spans = {f"tell-{one.to}-{name_before(one.before)}": one.before for one in steps}
        return self._meant(person, theirs, spans)

    def _meant(
        self, person: str, theirs: worktime.Worktime, spans: Mapping[str, Before]
    ) -> dict[str, datetime]:
        """What is due after the person was asked; counted in days, not on the deadline's first."""
        after, zone = max(self.since, self.invited[person][0]), ZoneInfo(theirs.zone)
        told = self.since.astimezone(zone).date()
        dues = {
            kind: due
            for kind, one in spans.items()
            if (due := worktime.due(self.policy, theirs, self.deadline, one))
            and not (isinstance(one, int) and due.astimezone(zone).date() == told)
        }
        return {kind: due for kind, due in dues.items() if after < due < self.deadline}

    def forgotten(self) -> Iterator[str]:
        """What was planned for somebody and of which nothing is recorded."""
        for person in set(self.invited) - self.released:
            for kind, due in {**self.planned(person), **self.ladder(person)}.items():
                if (person, kind) not in self.handled:
                    yield f"{kind} of {person}, due {due}"


def works(policy: Policy, hours: Hours, zone: str, at: datetime) -> bool:
    """Whether a moment is in somebody's hours, on no free, quiet or bank holiday."""
    local = at.astimezone(ZoneInfo(zone))
    minutes = local.hour * 60 + local.minute
    ends = (hours.end.hour * 60 + hours.end.minute) or 24 * 60
    in_hours = hours.start.hour * 60 + hours.start.minute <= minutes < ends
    day = local.date()
    quiet = any(days.first <= day <= days.last for days in policy.quiet)
    free = quiet or calendar.bank_holiday(day) is not None
    return in_hours and local.weekday() in hours.days and not free


BROKEN: Mapping[str, Callable[[Watched, Nudge], bool]] = {
    "nobody is chased outside their own hours, on a free, quiet or bank holiday": lambda one, n: (
        not n.by_hand and not one.works(n.person, n.at)
    ),
    "nobody is reminded before it is due, nor of what was due before they were asked": lambda one, n: (
        n.is_fact and not n.by_hand and one.planned(n.person).get(n.milestone, NEVER) > n.at
    ),
    "nobody is chased once they have finished": lambda one, n: n.person in one.finished,
    "nobody is chased once they have withdrawn": lambda one, n: n.person in one.withdrawn,
    "nobody is chased once they are released": lambda one, n: n.person in one.released,
    "nobody is chased for what they handed on": lambda one, n: n.person in one.handed_on,
    "nobody is chased once the round is closed": lambda one, _: one.closed,
    "nobody is chased while the round is paused": lambda one, _: one.paused,
    "nobody is reminded more often than the policy allows": lambda one, n: (
        n.is_fact and one.reminded[n.person] >= one.policy.reminder_cap
    ),
    "of several overdue reminders one is given": lambda one, n: (
        n.is_fact and (n.person, n.at) in one.decided
    ),
    "nobody is reminded twice in a day": lambda one, n: (
        n.is_fact and one.days[n.person, one.local(n.person, n.at).date()] > 0
    ),
    "a milestone is handled once for each person and schedule": lambda one, n: (
        n.is_fact and (n.person, n.milestone) in one.handled and not n.by_hand
    ),
}
TRUE: Mapping[str, Callable[[Watched, str], bool]] = {
    "finished": lambda one, person: person in one.finished,
    "withdrawn": lambda one, person: person in one.withdrawn,
    "released": lambda one, person: person in one.released,
    "handed-on": lambda one, person: person in one.handed_on,
    "capped": lambda one, person: one.reminded[person] >= one.policy.reminder_cap,
}
