"""What is to be done about a descriptor: agreed with an owner and a due day, changed, ended.

An action changes no score, so it may be agreed after the sign-off: that is when plans are made.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from ehsg_events.dates import calendar
from ehsg_events.events import ActionAgreed, ActionAmended, ActionEnded
from ehsg_events.kernel import Refused, Way, Words
from ehsg_events.states.outcome import Outcome, OutcomeFact

How = Literal["done", "dropped"]


def agree(
    state: Outcome, words: Words, owner: Words | None, due: date | None, today: date
) -> tuple[OutcomeFact, ...]:
    """Agree an action; one without an owner or a due day is taken, and counted as such."""
    _refuse_past(due, today)
    return (ActionAgreed(action=next_number(state), words=words, owner=owner, due=due),)


def next_number(state: Outcome) -> int:
    """The number of the action that is agreed next, within its descriptor."""
    return len(state.actions) + 1


def amend(
    state: Outcome,
    number: int,
    words: Words,
    owner: Words | None,
    due: date | None,
    today: date,
) -> tuple[OutcomeFact, ...]:
    """Change an action; a due day that has passed meanwhile may stay as it is."""
    before = standing(state, number)
    if due != before.due:
        _refuse_past(due, today)
    if (words, owner, due) == (before.words, before.owner, before.due):
        return ()
    return (ActionAmended(action=number, words=words, owner=owner, due=due),)


def end(state: Outcome, number: int, how: How, because: Words) -> tuple[OutcomeFact, ...]:
    """End an action, done or dropped, with the reason."""
    standing(state, number)
    return (ActionEnded(action=number, how=how, because=because),)


def standing(state: Outcome, number: int) -> ActionAgreed | ActionAmended:
    """The action of a number, if it has not ended.

    Raises:
        Refused: there is no action of this number, or it has ended.
    """
    action = state.actions.get(number)
    if action is None:
        known = ", ".join(map(str, state.actions)) or "none"
        raise Refused(
            f"No action {number} was agreed for this descriptor; there is {known}.",
            Way("actions", "see every action"),
        )
    if number in state.ended:
        raise Refused(
            f"Action {number} has ended, and what has ended is not changed.",
            Way("action agree", "agree a new one"),
        )
    return action


def _refuse_past(due: date | None, today: date) -> None:
    if due is not None and due < today:
        raise Refused(
            f"{calendar.say_day(due)} has passed: today is {calendar.say_day(today)}. "
            f"Name today or a later day, or leave the day out until it is known."
        )
