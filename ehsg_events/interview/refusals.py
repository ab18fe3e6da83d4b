"""What every decision in an interview rests on: when nothing is taken any more, and when all is said."""

from __future__ import annotations

from collections.abc import Sequence

from ehsg_events.events import InterviewCompleted
from ehsg_events.interview.questions import waiting
from ehsg_events.kernel import Refused
from ehsg_events.states.interview import Interview, InterviewFact, Sitting, evolve

Facts = tuple[InterviewFact, ...]
WITHDRAWN = (
    "You have withdrawn, so nothing you said counts. To take part again, ask your coordinator."
)


def refuse_if_over(state: Interview, sitting: Sitting) -> None:
    """Nothing is taken after a withdrawal or the close; the sentence says what can be done."""
    if state.withdrawn:
        raise Refused(WITHDRAWN)
    if sitting.closed:
        raise Refused(
            "This round is closed, so answers can no longer be given or changed. "
            "Your coordinator can record a dissent for you, or open another round."
        )
    if sitting.released:
        raise Refused(
            "Your coordinator asks you nothing more in this round, so nothing was recorded. What "
            "you have said stands. To take part again, ask your coordinator."
        )


def refuse_unless_asked(state: Interview, sitting: Sitting, item: str) -> None:
    """Nobody answers what they were not asked."""
    refuse_if_over(state, sitting)
    if item not in sitting.items:
        asked = f"You were asked about {', '.join(sitting.items)}." if sitting.items else ""
        raise Refused(f"You were not asked about {item} in this round. {asked}".strip())
    refuse_if_away(sitting)
    if item in sitting.votes_over:
        raise Refused(
            f"The votes on {item} were shown, so they stand as they were. When the facilitator "
            f"puts it to the vote again, you can vote anew."
        )


def refuse_if_away(sitting: Sitting) -> None:
    """Nobody votes from outside the room: they have not heard what those in it have."""
    if sitting.away:
        raise Refused(
            "The facilitator has noted that you are not in the room, so no vote of yours is taken "
            "or changed. What you have voted stands. If you are there, tell them, then vote."
        )


def and_complete(state: Interview, sitting: Sitting, facts: Sequence[InterviewFact]) -> Facts:
    """Facts, and that the interview is complete when nothing waits after them.

    In a workshop it never is: the facilitator may always put one more to the vote.
    """
    after = state
    for fact in facts:
        after = evolve(after, fact)
    may_go_on = sitting.kind == "workshop" or after.completed
    finished = facts and not may_go_on and waiting(after, sitting) is None
    return (*facts, InterviewCompleted()) if finished else tuple(facts)
