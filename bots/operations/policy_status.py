"""How rounds are timed, in sentences and for programs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from bots.operations.operation import Done
from ehsg_events.log.log import Log
from ehsg_events.policy.policy_sentences import say_policy


def policy_stands(log: Log, assessment: UUID) -> Done:
    """The policy of the rounds to come, and a note when the open round has another."""
    state, rounds = log.assessment(assessment), log.rounds(assessment)
    sentences = list(say_policy(state.policy))
    document: dict[str, Any] = {
        "assessment": str(assessment),
        "policy": state.policy.model_dump(mode="json"),
        "sentences": sentences,
    }
    newest = rounds[-1] if rounds else None
    keeps = newest is not None and not newest.closed and newest.policy != state.policy
    notes = (
        [f"Round {newest.number} is open, and keeps the policy it was opened with."]
        if newest and keeps
        else []
    )
    return Done("The policy is chosen.", document, notes, "\n".join(sentences))
