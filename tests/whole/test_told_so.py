"""Over random histories whatever is read of being told, reminded or invited is so.

Some people have Slack, some have none, some leave it; calls fail, and much is decided before
anything is sent. Every command, refusal and message is read. `python -m pytest tests/long/told.py`
lives through a hundred.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from support.slack.mixed_office import untrue_in

from ehsg_events.events import StakeholderInvited
from ehsg_events.states.round import RoundFact
from projections.figures.names import FactContext
from projections.history import sentences
from projections.history.round_sentences import say_round

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]


def test_whatever_is_read_of_being_told_has_its_delivery_or_its_hand(tmp_path: Path) -> None:
    """Held to the facts by a reader that knows nothing of the product."""
    read, untrue = untrue_in(tmp_path, 1)
    assert read > 50
    assert untrue == []


def test_a_decision_that_is_called_a_delivery_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The trail once said that everybody had been invited when the round opened."""

    def say(fact: RoundFact, at: FactContext) -> str:
        if isinstance(fact, StakeholderInvited):
            return f"{fact.invited} was invited."
        return say_round(fact, at)

    monkeypatch.setattr(sentences, "say_round", say)
    _, untrue = untrue_in(tmp_path, 0)
    assert untrue
