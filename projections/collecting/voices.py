"""Whose answers are missing in the newest round, or were when it closed."""

from __future__ import annotations

from typing import NamedTuple

from projections.facts.view import View
from projections.folded.asked import asked, asked_of
from projections.folded.members import members
from projections.folded.once import once
from projections.folded.panel_facts import of_kind, withdrawn
from projections.folded.rounds import own_closed
from projections.folded.standing import stands_by_item

KINDS = ("first", "feedback")


class MissingRow(NamedTuple):
    """A descriptor of the newest round and a stakeholder who was asked about it or has answered it.

    `asked`: the round asks them; `answered`: they have answered in it; `missing`: they may still, or
    might have until the close. `stood_as` is their answer as of the close of the round before; `kind`
    and `score` are null until the newest round is closed.
    """

    round: int
    item: str
    stakeholder: str
    agency: str
    asked: bool
    answered: bool
    missing: bool
    stood_as: str | None
    kind: str | None
    score: int | None


@once
def newest_round(view: View) -> int | None:
    """The number of the newest round; none before the first."""
    return max((fact.round for fact in of_kind(view, "RoundOpened")), default=None)


@once
def missing_rows(view: View) -> list[MissingRow]:
    """By item, in the order in which people were first asked; none where the round is no such one."""
    latest = newest_round(view)
    if latest is None or not any(
        fact.kind in KINDS for fact in of_kind(view, "RoundOpened") if fact.round == latest
    ):
        return []
    put = {row.item for row in asked(view) if row.round == latest}
    return [
        row
        for item in sorted(put.intersection(view.guide.descriptors))
        for row in _of_item(view, latest, item)
    ]


def _of_item(view: View, latest: int, item: str) -> list[MissingRow]:
    gone, stands = withdrawn(view), stands_by_item(view)
    before = max((number for number in own_closed(view) if number < latest), default=0)
    stood, now = stands.get((before, item), {}), stands.get((latest, item), {})
    first = {
        row.stakeholder: row.first_asked
        for row in asked(view)
        if row.theirs and row.round == latest and row.item == item
    }
    said = {
        fact.stakeholder
        for fact in of_kind(view, "AnswerGiven")
        if fact.round == latest and fact.item == item and fact.stakeholder not in gone
    }
    finished = {
        fact.stakeholder for fact in of_kind(view, "InterviewCompleted") if fact.round == latest
    }
    voices = {*asked_of(view).get(latest, {}).get(item, ()), *said, *stood}
    rows = [
        MissingRow(
            latest,
            item,
            person,
            members(view)[person].agency,
            asked=person in first,
            answered=person in said,
            missing=person in first and person not in said | gone | finished,
            stood_as=stood[person].kind if person in stood else None,
            kind=now[person].kind if person in now else None,
            score=now[person].score if person in now else None,
        )
        for person in voices
        if person in members(view)
    ]
    last = max(first.values(), default=0) + 1
    return sorted(rows, key=lambda row: (first.get(row.stakeholder, last), row.stakeholder))
