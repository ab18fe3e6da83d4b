"""The terms of an assessment: its rule and its policy, chosen before anybody is asked."""

from __future__ import annotations

from uuid import UUID

from ehsg_events.commands.planning import proclaimed_in
from ehsg_events.events import TermsChosen
from ehsg_events.kernel import Refused, Stamp, Way
from ehsg_events.log.log import Log
from ehsg_events.log.transaction import Transaction
from ehsg_events.policy.contradictions import contradictions, impossible, tells_on_people
from ehsg_events.states.assessment import refuse_if_abandoned
from ehsg_events.states.streams import assessment_stream
from ehsg_events.values.policy import Terms

TOO_LATE = (
    "A round has opened, so people were told how agreement is measured before they answered, and "
    "that stays. How the rounds to come are timed can still be chosen."
)


def choose_terms(log: Log, stamp: Stamp, assessment: UUID, terms: Terms) -> bool:
    """Choose the rule and the policy, as long as no round has opened.

    Returns:
        Whether they differ from those that stood.

    Raises:
        Refused: a round has opened, or the terms contradict themselves.
    """
    wrong = [
        *impossible(terms.rule),
        *tells_on_people(terms.rule),
        *contradictions(terms.policy),
    ]
    if wrong:
        raise Refused("\n".join(wrong))

    def decide(tx: Transaction) -> None:
        state = tx.assessment(assessment)
        refuse_if_abandoned(state)
        if tx.rounds(assessment):
            raise Refused(TOO_LATE, Way("policy choose", "choose that"))
        days = proclaimed_in(log.folder) or state.policy.proclaimed
        policy = terms.policy.model_copy(update={"proclaimed": days})
        if (terms.rule, policy) != (state.rule, state.policy):
            chosen = TermsChosen(rule=terms.rule, policy=policy)
            tx.decide(assessment_stream(assessment), chosen)

    return bool(log.record(stamp, decide).every(TermsChosen))
