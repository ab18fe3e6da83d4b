"""A round's end: moved, brought forward, or taken back. Pure."""

from __future__ import annotations

from datetime import datetime

from ehsg_events.dates import calendar
from ehsg_events.events import DeadlineMoved, RoundClosed, RoundReopened
from ehsg_events.kernel import Refused, Words
from ehsg_events.rounds.opening import refuse_unless_ahead
from ehsg_events.states.round import Round, RoundFact, refuse_if_closed


def move_deadline(
    state: Round, deadline: datetime, because: Words, now: datetime
) -> tuple[RoundFact, ...]:
    """Give people more time, or less, with the reason.

    Raises:
        Refused: the round is closed, or would be but for the tick that has not come yet.
    """
    refuse_if_closed(state)
    if state.deadline <= now and not state.paused:
        said = calendar.say(state.deadline, state.policy.zone)
        raise Refused(
            f"The deadline of round {state.number} has passed ({said}). `ehsg round reopen` takes "
            f"answers again, and tells those given before and after apart."
        )
    refuse_unless_ahead(deadline, now, state.policy)
    if deadline == state.deadline:
        return ()
    return (DeadlineMoved(deadline=deadline, because=because),)


def refuse_unless_over(newest: Round | None) -> None:
    """One round after the other: the next begins when the newest was measured."""
    if newest is not None and newest.measured is None:
        until = calendar.say(newest.deadline, newest.policy.zone)
        is_open = f"open until {until}. Close it"
        stands = "closed, but not measured yet. Measure it" if newest.closed else is_open
        raise Refused(f"Round {newest.number} is {stands} first with `ehsg round close`.")


def close_in_time() -> tuple[RoundFact, ...]:
    """Close a round whose deadline has come."""
    return (RoundClosed(closed_by="deadline"),)


def close(state: Round) -> tuple[RoundFact, ...]:
    """Close a round before its deadline, by the coordinator's hand."""
    refuse_if_closed(state)
    return (RoundClosed(closed_by="coordinator"),)


def reopen(
    state: Round, deadline: datetime, because: Words, now: datetime
) -> tuple[RoundFact, ...]:
    """Take answers again after the end, with the reason; what was measured is measured anew.

    Raises:
        Refused: the round is open or paused, or the new deadline is not ahead.
    """
    if not state.closed and (state.paused or state.deadline > now):
        said = calendar.say(state.deadline, state.policy.zone)
        stands = "paused" if state.paused else f"open until {said}"
        raise Refused(
            f"Round {state.number} is {stands}, so there is nothing to reopen. "
            f"`ehsg round extend` moves its deadline."
        )
    refuse_unless_ahead(deadline, now, state.policy)
    closed = () if state.closed else close_in_time()
    return (*closed, RoundReopened(deadline=deadline, because=because))
