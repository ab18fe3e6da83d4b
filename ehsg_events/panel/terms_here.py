"""What rule and policy mean for the panel as it is: how many, of how many, and by which day. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from math import ceil
from typing import NamedTuple

from ehsg_events.agreement.disclosure import LEAST_AGENCIES, LEAST_SCORES
from ehsg_events.agreement.measuring import feedback_due
from ehsg_events.dates.worktime import worktime
from ehsg_events.events import RoundKind, StakeholderAdded
from ehsg_events.kernel import Refused
from ehsg_events.panel.coverage import asked_about, never_agreed
from ehsg_events.rounds.lifecycle import default_deadline
from ehsg_events.rounds.milestones import escalations, reminders
from ehsg_events.states.round import Round
from ehsg_events.values.policy import Policy, Rule, Terms
from guides.model import Guide


class Thinnest(NamedTuple):
    """The descriptor that the fewest are asked about, though somebody is, and what it needs.

    Args:
        near: how many must stand near the middle score if everybody answers.
    """

    item: str
    people: int
    agencies: int
    scores_needed: int
    agencies_needed: int
    near: int


class Span(NamedTuple):
    """A round as it would be: from when until when, and on which days who hears of it.

    Args:
        told: when each step of the ladder is taken, by whom it tells.
    """

    opens: datetime
    closes: datetime
    reminders: tuple[datetime, ...]
    told: Mapping[str, datetime]


class Here(NamedTuple):
    """What the terms mean for a panel.

    Args:
        agencies: how many people each has, the largest first.
        unasked: how many descriptors nobody is asked about.
        never: the descriptors that cannot be agreed even if everybody answers.
        showable: of how many descriptors a later round can show figures at the most.
        backed: how many people have somebody who is told of their silence.
        first: the first round if it opened now; none once there was one.
        again: the round after it, or if there was one, a round that opened now.
        last: when the last of all rounds would end.
    """

    agencies: Mapping[str, int]
    descriptors: int
    unasked: int
    thinnest: Thinnest | None
    never: tuple[str, ...]
    showable: int
    backed: int
    first: Span | None
    again: Span | None
    last: datetime | None

    @property
    def people(self) -> int:
        """How many are asked."""
        return sum(self.agencies.values())


def here(
    guide: Guide, asked: Sequence[StakeholderAdded], terms: Terms, now: datetime, *, begun: bool
) -> Here:
    """What the terms mean for those who are asked.

    Args:
        asked: without peers and without those who were released.
        now: when the next round would open.
        begun: whether a round was opened before.
    """
    about = asked_about(guide, asked)
    thin, small = never_agreed(about, terms.rule)
    first, again, last = _rounds(terms, now, begun=begun)
    return Here(
        agencies=dict(Counter(member.agency for member in asked).most_common()),
        descriptors=len(about),
        unasked=sum(not agencies for agencies in about.values()),
        thinnest=_thinnest(about, terms.rule),
        never=tuple(item for item in about if item in thin or item in small),
        showable=sum(_is_showable(agencies) for agencies in about.values()),
        backed=sum(member.backup is not None for member in asked),
        first=first,
        again=again,
        last=last,
    )


def _is_showable(agencies: Sequence[str]) -> bool:
    return len(agencies) >= LEAST_SCORES and len(set(agencies)) >= LEAST_AGENCIES


def _thinnest(about: Mapping[str, Sequence[str]], rule: Rule) -> Thinnest | None:
    asked = [item for item, agencies in about.items() if agencies]
    if not asked:
        return None
    item = min(asked, key=lambda one: (len(about[one]), len(set(about[one]))))
    people, agencies = len(about[item]), len(set(about[item]))
    return Thinnest(
        item,
        people,
        agencies,
        max(rule.quorum_scores, ceil(rule.quorum_invited * people)),
        ceil(rule.quorum_agencies * agencies),
        next(near for near in range(1, people + 1) if near / people >= rule.agreed_share),
    )


def _rounds(
    terms: Terms, now: datetime, *, begun: bool
) -> tuple[Span | None, Span | None, datetime | None]:
    """The first round, the next, and when the last would end; none beyond the known bank holidays."""
    policy = terms.policy
    try:
        if begun:
            return None, _span(policy, "feedback", now), None
        first = _span(policy, "first", now)
        spans = [first]
        while len(spans) < terms.rule.rounds:
            opens = feedback_due(spans[-1].closes, policy)
            if opens is None:
                return first, _second(spans), None
            spans.append(_span(policy, "feedback", opens))
    except Refused:
        return None, None, None
    return first, _second(spans), spans[-1].closes


def _second(spans: Sequence[Span]) -> Span | None:
    return spans[1] if len(spans) > 1 else None


def _span(policy: Policy, kind: RoundKind, opens: datetime) -> Span:
    """A round that opens at a time, with the very days on which its milestones would fall due."""
    closes = default_deadline(policy, kind, opens)
    round = Round(1, kind, (), closes, policy, opens, opens)
    due = tuple(milestone.due for milestone in reminders(round, worktime(policy)))
    steps = {one.kind.split("-")[1]: one.due for one in escalations(round)}
    return Span(opens, closes, due, steps)
