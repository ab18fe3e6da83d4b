"""What a person would have the partnership work on first."""

from __future__ import annotations

from collections.abc import Sequence

from ehsg_events.events import FieldFinished, PrioritiesNamed
from ehsg_events.interview.asking import WHICH_FIRST, most_to_name, to_choose_from
from ehsg_events.interview.taking import Facts, and_complete, refuse_if_over
from ehsg_events.kernel import Refused
from ehsg_events.states.interview import Interview, Sitting


def name_priorities(state: Interview, sitting: Sitting, items: Sequence[str]) -> Facts:
    """Name what the partnership should work on first, most important first.

    Once as many are named as the guide asks for, nothing more is asked.
    """
    refuse_if_over(state, sitting)
    most, known = most_to_name(state, sitting), to_choose_from(state, sitting)
    if not most:
        raise Refused("Nothing is to be named here yet. Answer the questions first, or say help.")
    strange = [item for item in items if item not in known]
    if strange:
        raise Refused(f"You can name {', '.join(known)} here, not {', '.join(strange)}.")
    if len(set(items)) != len(items) or len(items) > most:
        raise Refused(f"Name at most {most}, each once, such as {' '.join(known[:2])}.")
    named = () if tuple(items) == state.named else (PrioritiesNamed(items=tuple(items)),)
    if len(items) < most or WHICH_FIRST in state.finished:
        return named
    return and_complete(state, sitting, (*named, _named_all()))


def finish_naming(state: Interview, sitting: Sitting) -> Facts:
    """Say that nothing more is to be named."""
    refuse_if_over(state, sitting)
    if WHICH_FIRST in state.finished or not most_to_name(state, sitting):
        return ()
    return and_complete(state, sitting, (_named_all(),))


def _named_all() -> FieldFinished:
    return FieldFinished(item=WHICH_FIRST.item, field=WHICH_FIRST.field)
