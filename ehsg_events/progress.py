"""What falls due in an assessment: the one place that turns a round into its next step.

`advance` is pure: everything known and the time go in, the next decisions come out. Called again
with the same knowledge it says the same, so any process may call it, any number of times.
"""

from __future__ import annotations

from datetime import datetime

from ehsg_events.events import RoundClosed
from ehsg_events.kernel import Refused
from ehsg_events.measuring import Next, measure_round
from ehsg_events.reminding import remind
from ehsg_events.round import Round, RoundFact, default_deadline, open_round
from ehsg_events.situation import Situation, asked_again, over


def advance(now: Situation, at: datetime) -> Next:
    """The next step that is due at a time: close, measure, open the feedback round, or remind."""
    newest = now.newest
    if newest is None or now.assessment.signed_off is not None:
        return {}
    if not newest.closed:
        return _open_round(now, newest, at)
    if newest.measured is None:
        return measure_round(now, newest, at)
    due = newest.measured.feedback_due
    if due is None or due > at or not asked_again(now, newest.measured.unsettled):
        return {}
    return {"next round": feedback_round(now, None, at)}


def _open_round(now: Situation, newest: Round, at: datetime) -> Next:
    """In an open round: close it at its deadline, or remind; nothing while it is paused."""
    if newest.paused:
        return {}
    if newest.deadline <= at:
        return {"round": (RoundClosed(closed_by="deadline"),)}
    reminders = remind(newest, over(now), at)
    return {"round": reminders} if reminders else {}


def feedback_round(
    now: Situation, deadline: datetime | None, at: datetime
) -> tuple[RoundFact, ...]:
    """Open the round after this one: only what is unsettled, only to those who stayed.

    Raises:
        Refused: the newest round is not over, or nothing is left to ask.
    """
    newest = now.newest
    if newest is None or newest.measured is None:
        raise Refused("The round before is still open. `ehsg round close` closes it.")
    if not newest.measured.unsettled:
        raise Refused(
            "Every descriptor is settled, so there is nothing to ask again. Next: "
            "`ehsg results`, then priorities and sign-off."
        )
    limit = now.assessment.rule.rounds
    if newest.number >= limit:
        raise Refused(
            f"The rule of this assessment allows {limit} rounds, and they were held. Settle what "
            f"is left with `ehsg moderate`."
        )
    policy = now.assessment.policy
    asked = asked_again(now, newest.measured.unsettled)
    if not asked:
        raise Refused(
            "What was unsettled has been moderated, or everyone asked about it has withdrawn, so "
            "there is nothing to ask again."
        )
    until = deadline or default_deadline(policy, "feedback", at)
    return open_round("feedback", asked, until, policy, at)
