"""What falls due in an assessment: the one place that turns a round into its next step.

`advance` is pure: everything known and the time go in, the next decisions come out. Called again
with the same knowledge it says the same, so any process may call it, any number of times.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from ehsg_events.agreement.measuring import Next, asked_no_more, measure_round
from ehsg_events.dates import worktime
from ehsg_events.events import CoordinatorReminded, InvitationEnded, OpeningCancelled
from ehsg_events.kernel import Refused, Way
from ehsg_events.reminders.bounds import cannot_matter
from ehsg_events.reminders.escalation import escalate, fall_back, untold
from ehsg_events.reminders.reminders import remind, too_late, unfinished
from ehsg_events.rounds.lifecycle import (
    close_in_time,
    default_deadline,
    open_round,
    refuse_unless_over,
)
from ehsg_events.rounds.milestones import coming, plan
from ehsg_events.states.round import Round, RoundFact
from ehsg_events.states.situation import (
    Over,
    Situation,
    asked_by,
    left_to_ask,
    over,
    to_moderate,
    to_sign_off,
)


def advance(now: Situation, at: datetime, unreachable: Collection[str] = ()) -> Next:
    """The next step that is due at a time: open, close, measure, ask again, remind or tell.

    Args:
        unreachable: those whom a message of the newest round could not be said to.
    """
    newest = now.newest
    if now.assessment.signed_off is not None:
        return {}
    if newest is not None and not newest.closed:
        return _open_round(now, newest, at, unreachable)
    if newest is not None and newest.measured is None:
        return measure_round(now, newest, at)
    _, milestones = coming(now.assessment, newest)
    due = {one.kind for one in milestones if one.due <= at}
    if "open" in due:
        return _planned(now, at)
    if newest is not None and "feedback" in due:
        return _asked_again(now, at) if left_to_ask(now) else asked_no_more(now, newest, at)
    reminded = _coordinators_reminded(now, newest, due, at) if newest else ()
    return {"round": reminded} if reminded else {}


def _open_round(now: Situation, newest: Round, at: datetime, unreachable: Collection[str]) -> Next:
    """In an open round: close it at its deadline, or chase; nothing while it is paused."""
    if newest.paused:
        return {}
    if newest.deadline <= at:
        return {"round": (*missed(now, newest, at), *close_in_time())}
    done = (*_chased(now, newest, at), *fall_back(newest, unreachable))
    return {"round": done} if done else {}


def missed(now: Situation, newest: Round, at: datetime) -> tuple[RoundFact, ...]:
    """At the deadline: every nudge that was planned and found no moment before it."""
    silent, panel = over(now), now.assessment.panel
    return (*too_late(newest, silent, at), *untold(newest, panel, silent, at))


def _chased(now: Situation, newest: Round, at: datetime) -> tuple[RoundFact, ...]:
    """Reminders and escalations that are due; who is silent is looked at only when any is."""
    if all(one.due > at for one in plan(newest)):
        return ()
    silent = _spared(now, newest)
    panel = now.assessment.panel
    return (*remind(newest, silent, at), *escalate(newest, panel, silent, at))


def _spared(now: Situation, newest: Round) -> Over:
    """Those of whom nothing is wanted; by the policy also those who could change nothing."""
    found = over(now)
    if not newest.policy.only_who_matters:
        return found
    return found._replace(cannot_matter=cannot_matter(now, unfinished(newest, found)))


def _coordinators_reminded(
    now: Situation, newest: Round, due: Collection[str], at: datetime
) -> tuple[RoundFact, ...]:
    """Coordinators are told once that moderation or sign-off is overdue, if it is, in their hours."""
    if not worktime.may_chase(newest.policy, worktime.worktime(newest.policy), at):
        return ()
    waits = {"moderation": bool(to_moderate(now)), "sign-off": to_sign_off(now)}
    return tuple(
        CoordinatorReminded.model_validate({"of": what, "milestone": what})
        for what, waiting in waits.items()
        if waiting and what in due
    )


def _asked_again(now: Situation, at: datetime) -> Next:
    """Open the feedback round, which writes to everybody in it, at a time at which that is done.

    Where the calendar does not know when it would end, it waits for the coordinator to say so.
    """
    policy = now.assessment.policy
    if not worktime.may_chase(policy, worktime.worktime(policy), at):
        return {}
    try:
        return {"next round": feedback_round(now, None, at)}
    except Refused:
        return {}


def _planned(now: Situation, at: datetime) -> Next:
    """Open the round that was planned; a plan that came to nothing meanwhile is taken back."""
    opening = now.assessment.opening
    assert opening is not None, "its milestone is due"
    deadline = opening.deadline if opening.deadline > at else None
    try:
        return {"next round": next_round(now, deadline, at)}
    except Refused:
        return {"assessment": (OpeningCancelled(round=opening.round),)}


def next_round(now: Situation, deadline: datetime | None, at: datetime) -> tuple[RoundFact, ...]:
    """Open the first round, or the feedback round after one that is over."""
    return (
        first_round(now, deadline, at) if now.newest is None else feedback_round(now, deadline, at)
    )


def first_round(now: Situation, deadline: datetime | None, at: datetime) -> tuple[RoundFact, ...]:
    """Open the first round with the whole panel.

    Raises:
        Refused: nobody is left to ask.
    """
    policy, panel = now.assessment.policy, now.assessment.panel
    asked = {name: member.items for name, member in panel.items() if name in now.assessment.asked}
    if not any(asked.values()):
        raise Refused("Nobody on the panel is asked anything. Add somebody, then open the round.")
    return open_round(
        "first", asked, deadline or default_deadline(policy, "first", at), policy, at, panel
    )


def feedback_round(
    now: Situation, deadline: datetime | None, at: datetime
) -> tuple[RoundFact, ...]:
    """Open the round after this one: only what is unsettled, only to those who stayed.

    Raises:
        Refused: the newest round is not over, or nothing is left to ask.
    """
    policy, asked = now.assessment.policy, left_to_ask(now)
    assert now.newest is not None, "the first round comes first"
    _refuse_unless_left(now.newest, now.assessment.rule.rounds, asked)
    until = deadline or default_deadline(policy, "feedback", at)
    return (
        *open_round("feedback", asked, until, policy, at, now.assessment.panel),
        *(InvitationEnded(ended_for=person) for person in _left_meanwhile(now)),
    )


def _refuse_unless_left(newest: Round, limit: int, asked: Collection[str]) -> None:
    refuse_unless_over(newest)
    if newest.kind == "peer-review":
        raise Refused(
            "The panel's own rounds are over.",
            Way("moderate", "settle what is left"),
            Way("workshop open", "put it to the vote in a workshop"),
        )
    if not (newest.measured and newest.measured.unsettled):
        raise Refused(
            "Every descriptor is settled, so there is nothing to ask again. Next come priorities "
            "and sign-off.",
            Way("results", "see how each stands"),
        )
    if newest.number >= limit:
        raise Refused(
            f"The rule of this assessment allows {limit} rounds, and they were held.",
            Way("moderate", "settle what is left"),
        )
    if not asked:
        raise Refused(
            "What was unsettled has been moderated, or a stop rule ended it, or everyone asked "
            "about it has left, so there is nothing to ask again.",
            Way("results", "see which"),
        )


def _left_meanwhile(now: Situation) -> tuple[str, ...]:
    """Those who were released between the rounds: from here on they are not counted as asked."""
    gone, asked = now.assessment.released, asked_by(now, len(now.rounds))
    return tuple(person for person in now.assessment.panel if person in gone and asked.get(person))
