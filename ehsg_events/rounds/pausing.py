"""A round that rests and goes on, by the coordinator's hand. Pure."""

from __future__ import annotations

from datetime import datetime

from ehsg_events.events import RoundPaused, RoundResumed
from ehsg_events.kernel import Refused, Words
from ehsg_events.states.round import Round, RoundFact, refuse_if_closed, refuse_if_over


def pause(state: Round, because: Words, now: datetime) -> tuple[RoundFact, ...]:
    """Let a round rest, with the reason: nobody is chased and it does not close by itself."""
    refuse_if_over(state, now)
    if state.paused:
        raise Refused(f"Round {state.number} is paused already. `ehsg round resume` lets it go on.")
    return (RoundPaused(because=because),)


def resume(state: Round) -> tuple[RoundFact, ...]:
    """Let a round go on; what fell due meanwhile is done at the next tick."""
    refuse_if_closed(state)
    if not state.paused:
        raise Refused(f"Round {state.number} is not paused, so there is nothing to resume.")
    return (RoundResumed(),)
