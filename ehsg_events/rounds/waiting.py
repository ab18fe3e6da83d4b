"""What waits for the coordinators once rounds are over: what to moderate, and the signature. Pure."""

from __future__ import annotations

from ehsg_events.events import RoundMeasured
from ehsg_events.states.situation import Situation, left_to_ask, own_rounds


def to_moderate(now: Situation) -> tuple[str, ...]:
    """The descriptors that no outcome stands for, though no round will ask them again."""
    newest = now.newest
    if newest is None or newest.measured is None or asks_again(now, newest.measured):
        return ()
    asked = {item for one in own_rounds(now.rounds) for item in one.items}
    return tuple(
        item for item in now.guide.descriptors if item in asked and now.outcomes[item].score is None
    )


def to_sign_off(now: Situation) -> bool:
    """Whether everything stands and nobody has signed."""
    newest = now.newest
    if newest is None or newest.measured is None or asks_again(now, newest.measured):
        return False
    return now.assessment.signed_off is None and not to_moderate(now)


def asks_again(now: Situation, measured: RoundMeasured) -> bool:
    """Whether a feedback round comes; none does once all it would ask was moderated meanwhile."""
    return measured.then == "feedback" and bool(left_to_ask(now))
