"""The actions that were agreed, and the next steps that none of them followed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal, NamedTuple

from projections.facts.view import View
from projections.folded.notes import notes
from projections.folded.once import once

Words = dict[str, Any]
How = Literal["done", "dropped"]


class _Fact(NamedTuple):
    position: int
    what: str
    item: str
    action: int
    words: Words
    owner: Words | None
    due: date | None
    how: How | None
    because: Words | None
    said_at: datetime


class ActionRow(NamedTuple):
    """An action about a descriptor: its words, owner and due day as last changed.

    How, why and when it ended is null until it does.
    """

    item: str
    action: int
    words: Words
    owner: Words | None
    due: date | None
    position: int
    agreed_at: datetime
    how: How | None
    because: Words | None
    ended_at: datetime | None


class NextStep(NamedTuple):
    """A descriptor, how many next steps people typed, and how many no action that stands followed."""

    item: str
    typed: int
    unfollowed: int


@once
def agreed_actions(view: View) -> list[ActionRow]:
    """Every action, by item and number."""
    facts = view.facts(_Fact, ("ActionAgreed", "ActionAmended", "ActionEnded"))
    agreed, newest, ended = (
        {(fact.item, fact.action): fact for fact in facts if fact.what in kinds}
        for kinds in (("ActionAgreed",), ("ActionAgreed", "ActionAmended"), ("ActionEnded",))
    )
    return [_row(agreed[place], newest[place], ended.get(place)) for place in sorted(agreed)]


def _row(agreed: _Fact, newest: _Fact, ended: _Fact | None) -> ActionRow:
    return ActionRow(
        agreed.item,
        agreed.action,
        newest.words,
        newest.owner,
        newest.due,
        agreed.position,
        agreed.said_at,
        ended.how if ended else None,
        ended.because if ended else None,
        ended.said_at if ended else None,
    )


@once
def next_steps(view: View) -> dict[str, NextStep]:
    """By descriptor; an action that was dropped follows nothing."""
    followed: dict[str, int] = {}
    for action in agreed_actions(view):
        if action.how != "dropped":
            followed[action.item] = max(followed.get(action.item, 0), action.position)
    steps: dict[str, NextStep] = {}
    for note in notes(view):
        if note.field in boxes_of(view, note.item, "next-step"):
            _, typed, unfollowed = steps.get(note.item, NextStep(note.item, 0, 0))
            follows = note.position <= followed.get(note.item, 0)
            steps[note.item] = NextStep(note.item, typed + 1, unfollowed + (not follows))
    return steps


def boxes_of(view: View, item: str, kind: str) -> set[str]:
    """The boxes for words under an item that take words of one kind."""
    return {box.id for box in view.guide.section_of(item).fields if box.kind == kind}
