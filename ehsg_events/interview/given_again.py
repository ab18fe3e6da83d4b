"""The answer that stands, recorded once more. Pure.

Where a coordinator types it for somebody, no fact at all would tell that this was the answer before.
"""

from __future__ import annotations

from ehsg_events.events import AnswerAmended
from ehsg_events.interview.questions import was_shown
from ehsg_events.states.interview import Interview, Sitting


def given_again(state: Interview, sitting: Sitting, item: str) -> AnswerAmended:
    """The answer to an item as it stands, recorded once more."""
    answer = state.answers[item]
    return AnswerAmended(
        item=item,
        kind=answer.kind,
        level=answer.level,
        score=answer.score,
        exposure=sitting.exposure(item, shown=was_shown(state, sitting, item)),
        number=answer.number,
    )
