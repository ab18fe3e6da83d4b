"""Actions as the coordinator types them; the words and the owner are sealed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple
from uuid import UUID

from ehsg_events.agreement import actions
from ehsg_events.agreement.actions import How
from ehsg_events.commands.outcomes import reason
from ehsg_events.dates import calendar
from ehsg_events.events import ActionAgreed
from ehsg_events.kernel import COORDINATOR, Refused, Stamp, Words
from ehsg_events.log.log import Log
from ehsg_events.log.published_guides import guide_of
from ehsg_events.log.transaction import Saved, Transaction
from ehsg_events.states.outcome import Outcome, OutcomeFact, refuse_unless_descriptor
from ehsg_events.states.streams import outcome_stream


class Typed(NamedTuple):
    """What was typed about an action: none leaves a part as it is, blank removes it."""

    words: str | None = None
    owner: str | None = None
    due: str | None = None


class Case(NamedTuple):
    """The outcome of one descriptor, today's date in the policy's zone, and a way to seal words."""

    outcome: Outcome
    today: date
    seal: Callable[[str], Words]


def agree(log: Log, stamp: Stamp, assessment: UUID, item: str, typed: Typed) -> int:
    """Agree what is to be done about a descriptor; returns the action's number."""

    def decided(case: Case) -> tuple[OutcomeFact, ...]:
        words, owner = case.seal(_something(typed.words)), _sealed(case, typed.owner, None)
        return actions.agree(case.outcome, words, owner, _day(typed.due, None), case.today)

    (agreed,) = _record(log, stamp, assessment, item, decided).every(ActionAgreed)
    return agreed.action


def amend(log: Log, stamp: Stamp, assessment: UUID, item: str, number: int, typed: Typed) -> None:
    """Change what is to be done, by whom or until when."""
    if typed == Typed():
        raise Refused("Nothing was changed: say other words, another owner or another day.")

    def decided(case: Case) -> tuple[OutcomeFact, ...]:
        before = actions.standing(case.outcome, number)
        words = before.words if typed.words is None else case.seal(_something(typed.words))
        owner, due = _sealed(case, typed.owner, before.owner), _day(typed.due, before.due)
        return actions.amend(case.outcome, number, words, owner, due, case.today)

    _record(log, stamp, assessment, item, decided)


def end(
    log: Log, stamp: Stamp, assessment: UUID, item: str, number: int, how: How, because: str
) -> None:
    """End an action, with the reason."""

    def decided(case: Case) -> tuple[OutcomeFact, ...]:
        return actions.end(case.outcome, number, how, case.seal(reason(because)))

    _record(log, stamp, assessment, item, decided)


def _record(
    log: Log,
    stamp: Stamp,
    assessment: UUID,
    item: str,
    decided: Callable[[Case], tuple[OutcomeFact, ...]],
) -> Saved[None]:
    stream = outcome_stream(assessment, item)

    def decide(tx: Transaction) -> None:
        state = tx.assessment(assessment)
        refuse_unless_descriptor(guide_of(state, log.folder), item)
        case = Case(
            outcome=tx.read(outcome_stream(assessment, item)),
            today=calendar.local_day(stamp.at, state.policy.zone),
            seal=lambda text: tx.seal(text, stream, COORDINATOR),
        )
        tx.decide(stream, *decided(case))

    return log.record(stamp, decide)


def _something(words: str | None) -> str:
    if words is None or not words.strip():
        raise Refused(
            "Say what is to be done, such as: Train all leads by the summer.", field="words"
        )
    return words


def _sealed(case: Case, owner: str | None, before: Words | None) -> Words | None:
    if owner is None:
        return before
    return case.seal(owner) if owner.strip() else None


def _day(due: str | None, before: date | None) -> date | None:
    if due is None:
        return before
    return calendar.read_any_day(due) if due.strip() else None
