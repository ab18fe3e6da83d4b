"""How rounds are timed, in sentences and for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from bots.operations.operation import Done
from bots.phrases.pages.forms.rules import meaning
from ehsg_events.log.log import Log
from ehsg_events.log.published_guides import guide_of
from ehsg_events.panel.terms_here import here
from ehsg_events.policy.policy_sentences import say_policy
from ehsg_events.values.policy import Terms


def meaning_here(log: Log, assessment: UUID, now: datetime) -> dict[str, str]:
    """What the terms that stand mean for the panel as it is, by the question that they answer."""
    state = log.assessment(assessment)
    return meaning_of(Terms(rule=state.rule, policy=state.policy), log, assessment, now)


def meaning_of(terms: Terms, log: Log, assessment: UUID, now: datetime) -> dict[str, str]:
    """What terms would mean for the panel as it is, by the question that they answer."""
    state, begun = log.assessment(assessment), bool(log.rounds(assessment))
    asked = [state.panel[person] for person in state.asked]
    return meaning(terms, here(guide_of(state, log.folder), asked, terms, now, begun=begun))


def policy_stands(log: Log, assessment: UUID, now: datetime) -> Done:
    """The policy of the rounds to come and what the terms mean, and a note when the open round has another."""
    state, rounds = log.assessment(assessment), log.rounds(assessment)
    sentences = list(say_policy(state.policy))
    means = meaning_here(log, assessment, now)
    document: dict[str, Any] = {
        "assessment": str(assessment),
        "policy": state.policy.model_dump(mode="json"),
        "sentences": sentences,
        "means": means,
    }
    newest = rounds[-1] if rounds else None
    keeps = newest is not None and not newest.closed and newest.policy != state.policy
    notes = (
        [f"Round {newest.number} is open, and keeps the policy it was opened with."]
        if newest and keeps
        else []
    )
    return Done("The policy is chosen.", document, notes, "\n".join([*sentences, *means.values()]))
