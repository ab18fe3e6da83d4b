"""What did you know, how, and what next: each descriptor with its score, evidence and actions.

What people typed in a round that is still open is neither shown nor counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Literal, NamedTuple

from ehsg_events.dates import calendar
from ehsg_events.kernel import Frozen
from guides.model import Scale
from projections.facts.moments import until
from projections.facts.view import View
from projections.figures.agreement import Record
from projections.folded.outcome import outcomes
from projections.history.evidence_files import Noted, noted
from projections.results.agreed_actions import (
    ActionRow,
    NextStep,
    agreed_actions,
    boxes_of,
    next_steps,
)
from projections.results.results import opened


class _Moment(NamedTuple):
    position: int
    said_at: datetime


class Action(Frozen):
    """One thing to be done about a descriptor.

    `owner` is null when nobody was named or the name was forgotten. `how`, `ended` and `because`
    are null until it ends. Days are those of the assessment's zone.
    """

    item: str
    number: int
    words: str | None
    owner: str | None
    owned: bool
    due: date | None
    overdue: bool
    agreed: date
    how: Literal["done", "dropped"] | None
    ended: date | None
    because: str | None


class Plan(Frozen):
    """One descriptor: what is known of it, how, and what comes next.

    `score` is the outcome, else the panel's middle score. `low` is below the middle of the scale.
    `typed` counts the next steps people typed, `unfollowed` those after which no action was agreed.
    """

    item: str
    label: str
    score: float | None
    low: bool
    chosen: bool
    typed: int
    unfollowed: int
    evidence: tuple[Noted, ...]
    actions: tuple[Action, ...]


class Plans(Frozen):
    """Every descriptor in the guide's order, and what the actions that stand are lacking.

    `unfollowed` counts the next steps that no action followed, of descriptors scored low or chosen.
    """

    day: date
    standing: int
    without_owner: int
    without_due: int
    overdue: int
    done: int
    dropped: int
    unfollowed: int
    descriptors: tuple[Plan, ...]


def plans(view: View, today: date) -> Plans:
    """What is to be done, as it stands on a day."""
    actions = agreed(view, today)
    descriptors = tuple(_plans(view, actions))
    standing = [action for action in actions if action.how is None]
    return Plans(
        day=today,
        standing=len(standing),
        without_owner=sum(not action.owned for action in standing),
        without_due=sum(action.due is None for action in standing),
        overdue=sum(action.overdue for action in standing),
        done=sum(action.how == "done" for action in actions),
        dropped=sum(action.how == "dropped" for action in actions),
        unfollowed=sum(plan.unfollowed for plan in descriptors if plan.low or plan.chosen),
        descriptors=descriptors,
    )


def agreed(view: View, today: date) -> list[Action]:
    """Every action that was agreed, by item and number, without the evidence that plans hold."""
    return [_action(view, row, today) for row in agreed_actions(view)]


def day_of(view: View, as_of: str | None, now: datetime) -> date:
    """The day on which actions are overdue or not: today, or that of the moment a view is as of.

    Args:
        as_of: as of which the view was made; none for now.
        now: the time.
    """
    zone = view.state.policy.zone
    if as_of is None:
        return calendar.local_day(now, zone)
    if as_of.isdecimal():
        return calendar.local_day(max(at for _, at in view.facts(_Moment)), zone)
    return calendar.local_day(until(as_of, zone), zone)


def _action(view: View, row: ActionRow, today: date) -> Action:
    zone = view.state.policy.zone
    overdue = row.how is None and row.due is not None and row.due < today
    return Action(
        item=row.item,
        number=row.action,
        words=opened(view, row.words, row.position),
        owner=opened(view, row.owner, row.position),
        owned=row.owner is not None,
        due=row.due,
        overdue=overdue,
        agreed=calendar.local_day(row.agreed_at, zone),
        how=row.how,
        ended=calendar.local_day(row.ended_at, zone) if row.ended_at else None,
        because=opened(view, row.because, row.position),
    )


def _plans(view: View, actions: Sequence[Action]) -> Iterator[Plan]:
    scores, steps = dict(_scores(view)), next_steps(view)
    evidence = [row for row in noted(view) if row.field in boxes_of(view, row.item, "evidence")]
    for item, descriptor in view.guide.descriptors.items():
        score, typed = scores.get(item), steps.get(item, NextStep(item, 0, 0))
        yield Plan(
            item=item,
            label=descriptor.label or descriptor.statement,
            score=score,
            low=score is not None and _low(score, view.guide.scale_of(item)),
            chosen=view.state.priorities is not None and item in view.state.priorities.items,
            typed=typed.typed,
            unfollowed=typed.unfollowed,
            evidence=tuple(row for row in evidence if row.item == item),
            actions=tuple(action for action in actions if action.item == item),
        )


def _scores(view: View) -> Iterator[tuple[str, float]]:
    record, settled = Record(view), outcomes(view)
    for item in view.guide.descriptors:
        stands = record.stands(item)
        score = stands.median if stands else None
        score = settled[item].score if item in settled else score
        if score is not None:
            yield item, score


def _low(score: float, scale: Scale) -> bool:
    return 2 * score < scale.lowest + scale.highest
