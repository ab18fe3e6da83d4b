"""By which rule somebody is spared a reminder, and what may be said of it while a round is open."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import get_args

import pytest
from support.area import CLOSES, ITEMS
from support.spec import folded

from ehsg_events.events import ReminderWithheld, RoundClosed, RoundOpened, StakeholderInvited
from ehsg_events.reminders.given import Given
from ehsg_events.reminders.reminders import SPARED, TOLD_LATER, as_told, rule_against
from ehsg_events.states.round import Round
from ehsg_events.states.situation import Over
from ehsg_events.values.policy import Policy

OPENED = RoundOpened(kind="first", items=ITEMS, deadline=CLOSES, policy=Policy())
EVENING = datetime(2026, 10, 6, 22, 30, tzinfo=UTC)  # 11.30pm in London, 6.30pm in New York
AN_HOUR_ON = datetime(2026, 10, 6, 23, 30, tzinfo=UTC)  # the next day in London only
RULES = sorted(get_args(ReminderWithheld.model_fields["rule"].annotation))


def asked(zone: str | None) -> Round:
    """A round in which somebody is asked who works there."""
    state: Round = folded(OPENED, StakeholderInvited(invited="ann-1", items=ITEMS, zone=zone))
    return state


@pytest.mark.parametrize(
    ("zone", "rule"), [(None, None), ("Europe/London", None), ("America/New_York", "overtaken")]
)
def test_a_day_ends_where_the_person_works(zone: str | None, rule: str | None) -> None:
    """Nobody is reminded twice on a day of their own, whatever day it is at the policy's place."""
    before = Given(at={"ann-1": (EVENING,)})
    assert rule_against(asked(zone), Over(), "ann-1", AN_HOUR_ON, before) == rule


@pytest.mark.parametrize("rule", RULES)
def test_only_what_tells_how_scores_agree_waits_for_the_close(rule: str) -> None:
    """Every rule has its sentence; one is put off until nobody can be swayed by it."""
    state = asked(None)
    over = folded(OPENED, RoundClosed(closed_by="deadline"))
    assert {rule, as_told(rule, state)} <= set(SPARED)
    assert as_told(rule, state) == (TOLD_LATER if rule == "cannot-matter" else rule)
    assert as_told(rule, over) == rule
