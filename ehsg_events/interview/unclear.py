"""What is decided where it is unclear what a person meant: nothing, but they are asked or told."""

from __future__ import annotations

from uuid import UUID

from ehsg_events.events import ChangeQueried, NothingChanged, Unchanged, WordsLeftOut, WordsSetAside
from ehsg_events.interview.notes import give_note, refuse_if_too_large
from ehsg_events.interview.refusals import Facts, refuse_if_over, refuse_unless_asked
from ehsg_events.kernel import Words
from ehsg_events.states.interview import Answer, Interview, Sitting
from ehsg_events.values.evidence import Evidence


def set_aside(
    state: Interview,
    sitting: Sitting,
    item: str,
    words: Words,
    source: str | None,
    evidence: Evidence | None,
) -> Facts:
    """Set words aside until the person has said under which field of an item they belong."""
    refuse_unless_asked(state, sitting, item)
    refuse_if_too_large(state, evidence)
    return (WordsSetAside(item=item, words=words, source=source, evidence=evidence),)


def place(state: Interview, sitting: Sitting, words: UUID, field: str) -> Facts:
    """Keep words that were set aside under a field; nothing where they are set aside no more."""
    aside = state.aside.get(words)
    if aside is None:
        return ()
    return give_note(state, sitting, aside.item, field, aside.words, aside.source, aside.evidence)


def leave_out(state: Interview, sitting: Sitting, words: UUID) -> Facts:
    """Leave words out that were set aside."""
    refuse_if_over(state, sitting)
    return (WordsLeftOut(set_aside=words),) if words in state.aside else ()


def query_change(
    state: Interview, sitting: Sitting, item: str, answer: Answer, *, edited: bool = False
) -> Facts:
    """Ask whether an answer is to change that was given after these words, or before an edit.

    Args:
        answer: what the person said, as an answer.
    """
    refuse_unless_asked(state, sitting, item)
    value = f"{answer.number:g}" if answer.number is not None else answer.level or answer.kind
    return (ChangeQueried(item=item, value=value, edited=edited),)


def nothing(why: Unchanged, item: str | None = None) -> Facts:
    """Record that an input changed nothing, so that the person is answered."""
    return (NothingChanged(why=why, item=item),)
