"""What hangs on a yes beyond what the record will say: who has not finished, and who hears of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bots.mail.foreseen import hear_of_it
from bots.operations.foreseen import Foreseen
from bots.operations.operation import Doing
from bots.operations.policy_status import meaning_here, meaning_of
from bots.phrases.pages import hubs
from bots.phrases.pages.forms import at_stake as phrases
from bots.phrases.pages.operations import label_of
from bots.web.desk.hubs.progress import how_far
from ehsg_events.events import (
    AssessmentSignedOff,
    DeadlineMoved,
    InvitationEnded,
    PolicyChosen,
    RoundClosed,
    RoundReopened,
    StakeholderInvited,
    TermsChosen,
)
from ehsg_events.states.round import Round
from ehsg_events.states.situation import Situation, own_rounds
from ehsg_events.values.address import reached_at
from ehsg_events.values.policy import Terms

TOLD = (
    AssessmentSignedOff,
    DeadlineMoved,
    InvitationEnded,
    RoundClosed,
    RoundReopened,
    StakeholderInvited,
)  # what people are told of, by her where no message reaches them
CLOSES = ("round close", "workshop close")
GOES_ON = (hubs.NOT_BEGUN, hubs.UNDER_WAY)  # of these something is wanted still


def at_stake(operation: str, doing: Doing, comes: Foreseen) -> tuple[str, ...]:
    """What is known of what hangs on it, a sentence each."""
    situation = doing.log.situation(doing.assessment)
    newest = situation.newest
    in_a_workshop = newest is not None and newest.kind == "workshop" and not newest.closed
    closing = operation in CLOSES and newest is not None
    return (
        *_meaning(doing, comes),
        *(_unfinished(doing, situation, newest) if closing and not in_a_workshop else ()),
        *(_closing(situation, newest) if closing else ()),
        *(() if in_a_workshop else _hear_of_it(doing, comes)),  # it would tell how many have voted
    )


def _meaning(doing: Doing, comes: Foreseen) -> Iterator[str]:
    """What chosen terms would mean for the panel, of each question to which that is something else."""
    log, where, now = doing.log, doing.assessment, doing.stamp.at
    for recorded in comes.facts:
        if isinstance(recorded.fact, PolicyChosen | TermsChosen):
            rule = getattr(recorded.fact, "rule", log.assessment(where).rule)
            terms, stands = (
                Terms(rule=rule, policy=recorded.fact.policy),
                meaning_here(log, where, now),
            )
            for field, means in meaning_of(terms, log, where, now).items():
                if means != stands.get(field):
                    yield phrases.would_mean(label_of("terms choose", field), means)


def _unfinished(doing: Doing, situation: Situation, newest: Round | None) -> Iterator[str]:
    states = {who: how_far(situation, who) for who in (newest.invited if newest else ())}
    yield from phrases.not_finished(
        {one: [doing.called(who) for who, far in states.items() if far == one] for one in GOES_ON}
    )


def _closing(situation: Situation, newest: Round | None) -> Iterator[str]:
    yield phrases.NO_MORE_ANSWERS
    if newest is not None and newest.kind == "peer-review":
        yield phrases.BESIDE
    elif len(own_rounds(situation.rounds)) < situation.assessment.rule.rounds:
        yield phrases.ASKED_AGAIN
    else:
        yield phrases.YOURS


def _hear_of_it(doing: Doing, comes: Foreseen) -> Iterator[str]:
    reached = hear_of_it(doing.log, doing.assessment, comes.facts, doing.writable)
    by = Counter(surface for surface in reached.values() if surface is not None)
    if by:
        yield phrases.messages_go(by)
    state = doing.log.assessment(doing.assessment)
    left = [
        person
        for person, member in state.panel.items()
        if person not in state.released and reached_at(member.addresses, doing.writable) is None
    ]
    if left and any(isinstance(one.fact, TOLD) for one in comes.facts):
        yield phrases.by_hand(len(left))
