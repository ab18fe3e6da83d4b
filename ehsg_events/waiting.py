"""What waits for the coordinators once rounds are over: what to moderate, and the signature. Pure."""

from __future__ import annotations

from ehsg_events.situation import Situation


def to_moderate(now: Situation) -> tuple[str, ...]:
    """The descriptors that no outcome stands for, though no round will ask them again."""
    newest = now.newest
    if newest is None or newest.measured is None or newest.measured.feedback_due is not None:
        return ()
    asked = {item for one in now.rounds for item in one.items}
    return tuple(
        item for item in now.guide.descriptors if item in asked and now.outcomes[item].score is None
    )


def to_sign_off(now: Situation) -> bool:
    """Whether everything stands and nobody has signed."""
    newest = now.newest
    over = newest is not None and newest.measured is not None
    return over and now.assessment.signed_off is None and not to_moderate(now)
