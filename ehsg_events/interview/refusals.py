"""What every decision in an interview checks: may it still be taken, and is it the last one?"""

from __future__ import annotations

from collections.abc import Sequence

from ehsg_events.events import InterviewCompleted
from ehsg_events.interview.questions import waiting
from ehsg_events.kernel import Refused
from ehsg_events.language.catalogue import gettext as _
from ehsg_events.language.catalogue import marked
from ehsg_events.states.interview import Interview, InterviewFact, Sitting, evolve
from ehsg_events.values.repeated import is_small

Facts = tuple[InterviewFact, ...]
WITHDRAWN = marked(
    "You have withdrawn, so nothing you said counts. To take part again, ask your coordinator."
)
SIGNED_OFF = marked(
    "This assessment was signed off, so its figures stand. To withdraw now, ask your "
    "coordinator: the signature has to be withdrawn first."
)


def said_back(typed: str) -> str:
    """What a refusal repeats of what was typed: a level, a number, a date or an id, never words."""
    return typed if is_small(typed) else _("that")


def refuse_if_over(state: Interview, sitting: Sitting) -> None:
    """Refuse any input after a withdrawal, a release or the close."""
    if state.withdrawn:
        raise Refused(_(WITHDRAWN))
    if sitting.closed:
        raise Refused(
            _(
                "This round is closed, so answers can no longer be given or changed. "
                "Your coordinator can record a dissent for you, or open another round."
            )
        )
    if sitting.released:
        raise Refused(
            _(
                "Your coordinator asks you nothing more in this round, so nothing was recorded. What "
                "you have said stands. To take part again, ask your coordinator."
            )
        )


def refuse_unless_asked(state: Interview, sitting: Sitting, item: str) -> None:
    """Refuse an answer to an item that was not asked, or whose votes were shown."""
    refuse_if_over(state, sitting)
    if item not in sitting.items:
        asked = _("You were asked about {items}.", items=", ".join(sitting.items))
        raise Refused(
            _(
                "You were not asked about {item} in this round. {asked}",
                item=said_back(item),
                asked=asked if sitting.items else "",
            ).strip()
        )
    refuse_if_away(sitting)
    if item in sitting.votes_over:
        raise Refused(
            _(
                "The votes on {item} were shown, so they stand as they were. When the facilitator "
                "puts it to the vote again, you can vote anew.",
                item=item,
            )
        )


def refuse_if_away(sitting: Sitting) -> None:
    """Refuse a vote from outside the room: that person has not heard what the others have."""
    if sitting.away:
        raise Refused(
            _(
                "The facilitator has noted that you are not in the room, so no vote of yours is taken "
                "or changed. What you have voted stands. If you are there, tell them, then vote."
            )
        )


def and_complete(state: Interview, sitting: Sitting, facts: Sequence[InterviewFact]) -> Facts:
    """The facts, and `InterviewCompleted` if no question waits after them.

    A workshop's interview is never complete: another item may always be put to the vote.
    """
    after = state
    for fact in facts:
        after = evolve(after, fact)
    never = sitting.kind == "workshop" or after.completed
    finished = facts and not never and waiting(after, sitting) is None
    return (*facts, InterviewCompleted()) if finished else tuple(facts)
