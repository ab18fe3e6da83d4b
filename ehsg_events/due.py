"""What falls due in an assessment: the one place that decides its next step.

`advance` is pure: the situation and the time go in, decisions come out. The same arguments always
give the same decisions, so any process may call it, any number of times.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from ehsg_events.agreement.measuring import (
    NONE_BEFORE,
    Before,
    Next,
    asked_no_more,
    measure_round,
)
from ehsg_events.agreement.withdrawals import measured_anew
from ehsg_events.dates import worktime
from ehsg_events.events import CoordinatorReminded, InvitationEnded, OpeningCancelled
from ehsg_events.kernel import Refused, Way
from ehsg_events.reminders.escalation import escalate, fall_back, to_letters, untold
from ehsg_events.reminders.given import NONE, Given
from ehsg_events.reminders.outcome_bounds import cannot_matter
from ehsg_events.reminders.reminders import remind, too_late, unfinished
from ehsg_events.rounds.lifecycle import (
    close_in_time,
    default_deadline,
    open_round,
    refuse_unless_over,
)
from ehsg_events.rounds.milestones import coming, plan
from ehsg_events.rounds.requests import Requests, lapsed, taken_over
from ehsg_events.states.round import Round, RoundFact
from ehsg_events.states.situation import (
    Over,
    Situation,
    asked_by,
    left_to_ask,
    over,
    to_moderate,
    to_sign_off,
    wishes,
)


def advance(
    situation: Situation,
    at: datetime,
    unreachable: Collection[str] = (),
    requests: Requests | None = None,
    given: Given = NONE,
    before: Before = NONE_BEFORE,
) -> Next:
    """The next step that is due at a time: open, close, measure, ask again, remind or tell.

    Args:
        unreachable: people to whom a message of the newest round could not be delivered.
        requests: the requests to hand on that were not decided.
        given: the reminders of the newest round that reached somebody.
        before: the closes before one that is to be measured.
    """
    newest = situation.newest
    ended = lapsed(situation, requests or {})
    if ended:
        return {"round": ended}
    if situation.assessment.signed_off is not None:
        return {}
    if newest is not None and not newest.closed:
        return measured_anew(situation, at) or _open_round(
            situation, newest, at, unreachable, given
        )
    if newest is not None and newest.measured is None:
        return measure_round(situation, newest, at, before)
    if anew := measured_anew(situation, at):
        return anew
    _, milestones = coming(situation.assessment, newest)
    due = {milestone.kind for milestone in milestones if milestone.due <= at}
    if "open" in due:
        return _planned(situation, at)
    if newest is not None and "feedback" in due:
        return (
            _asked_again(situation, at)
            if left_to_ask(situation)
            else asked_no_more(situation, newest, at)
        )
    reminded = _coordinators_reminded(situation, newest, due, at) if newest else ()
    return {"round": reminded} if reminded else {}


def _open_round(
    situation: Situation, newest: Round, at: datetime, unreachable: Collection[str], given: Given
) -> Next:
    """Close an open round at its deadline; before that, chase. A paused round is left alone."""
    if newest.paused:
        return {}
    if newest.deadline <= at:
        return {"round": (*missed(situation, newest, at, given), *close_in_time())}
    if moved := to_letters(newest, situation.assessment.panel, unreachable):
        return {"assessment": moved}
    facts = (*_chased(situation, newest, at, given), *fall_back(newest, unreachable))
    return {"round": facts} if facts else {}


def missed(
    situation: Situation, newest: Round, at: datetime, given: Given = NONE
) -> tuple[RoundFact, ...]:
    """Withhold, at the deadline, each planned nudge for which no moment was left before it."""
    spared, panel = over(situation), situation.assessment.panel
    return (*too_late(newest, spared, at, given), *untold(newest, panel, spared, at))


def _chased(
    situation: Situation, newest: Round, at: datetime, given: Given
) -> tuple[RoundFact, ...]:
    """Reminders and escalations that are due; who is spared is worked out only if any is."""
    if all(milestone.due > at for milestone in plan(newest, wishes(situation))):
        return ()
    spared = _spared(situation, newest)
    panel = situation.assessment.panel
    return (*remind(newest, spared, at, given), *escalate(newest, panel, spared, at))


def _spared(situation: Situation, newest: Round) -> Over:
    """People nothing is wanted of; if the policy says so, also those who could change nothing."""
    spared = over(situation)
    if not newest.policy.only_who_matters:
        return spared
    return spared._replace(cannot_matter=cannot_matter(situation, unfinished(newest, spared)))


def _coordinators_reminded(
    situation: Situation, newest: Round, due: Collection[str], at: datetime
) -> tuple[RoundFact, ...]:
    """Remind coordinators once, in the policy's hours, that moderation or sign-off is overdue."""
    if not worktime.may_chase(newest.policy, worktime.worktime(newest.policy), at):
        return ()
    waits = {"moderation": bool(to_moderate(situation)), "sign-off": to_sign_off(situation)}
    return tuple(
        CoordinatorReminded.model_validate({"of": milestone, "milestone": milestone})
        for milestone, waiting in waits.items()
        if waiting and milestone in due
    )


def _asked_again(situation: Situation, at: datetime) -> Next:
    """Open the feedback round as soon as the policy's hours allow writing to everybody in it.

    If its deadline lies beyond the calendar, the round waits for the coordinator to name one.
    """
    policy = situation.assessment.policy
    if not worktime.may_chase(policy, worktime.worktime(policy), at):
        return {}
    try:
        return {"next round": feedback_round(situation, None, at)}
    except Refused:
        return {}


def _planned(situation: Situation, at: datetime) -> Next:
    """Open the planned round, or cancel the plan if the round can no longer be opened."""
    opening = situation.assessment.opening
    assert opening is not None, "its milestone is due"
    deadline = opening.deadline if opening.deadline > at else None
    try:
        return {"next round": next_round(situation, deadline, at)}
    except Refused:
        return {"assessment": (OpeningCancelled(round=opening.round),)}


def next_round(
    situation: Situation, deadline: datetime | None, at: datetime
) -> tuple[RoundFact, ...]:
    """Open the first round, or the feedback round after one that is over."""
    if situation.newest is None:
        return first_round(situation, deadline, at)
    return feedback_round(situation, deadline, at)


def first_round(
    situation: Situation, deadline: datetime | None, at: datetime
) -> tuple[RoundFact, ...]:
    """Open the first round with the whole panel.

    Raises:
        Refused: nobody is left to ask.
    """
    policy, panel = situation.assessment.policy, situation.assessment.panel
    asked = {
        name: member.items for name, member in panel.items() if name in situation.assessment.asked
    }
    if not panel:
        raise Refused(
            "Nobody is on the panel yet, so there is nobody to ask.",
            Way("panel upload", "hand in the file of who is asked"),
            Way("panel add", "add one person"),
        )
    if not any(asked.values()):
        raise Refused("Nobody on the panel is asked anything. Add somebody, then open the round.")
    return open_round(
        "first", asked, deadline or default_deadline(policy, "first", at), policy, at, panel
    )


def feedback_round(
    situation: Situation, deadline: datetime | None, at: datetime
) -> tuple[RoundFact, ...]:
    """Open the round after this one: only what is unsettled, only to those who stayed.

    Raises:
        Refused: the newest round is not over, or nothing is left to ask.
    """
    policy, asked = situation.assessment.policy, left_to_ask(situation)
    assert situation.newest is not None, "the first round comes first"
    _refuse_unless_left(situation.newest, situation.assessment.rule.rounds, asked)
    until = deadline or default_deadline(policy, "feedback", at)
    return (
        *open_round("feedback", asked, until, policy, at, situation.assessment.panel),
        *taken_over(situation, asked),
        *(InvitationEnded(ended_for=person) for person in _left_meanwhile(situation)),
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


def _left_meanwhile(situation: Situation) -> tuple[str, ...]:
    """People released between the rounds; from here on they do not count as asked."""
    gone, asked = situation.assessment.released, asked_by(situation, len(situation.rounds))
    return tuple(
        person for person in situation.assessment.panel if person in gone and asked.get(person)
    )
