"""The answers that stood once each round had closed."""

from __future__ import annotations

from typing import NamedTuple

from projections.facts.view import View
from projections.folded.members import members
from projections.folded.once import once
from projections.folded.panel_facts import PanelFact, answers, of_kind, withdrawn
from projections.folded.rounds import own_closed, own_rounds


class Standing(NamedTuple):
    """A closed round of the panel's own, a stakeholder, an item, and the answer that stood then.

    `late`: it was given after its round was reopened.
    """

    round: int
    stakeholder: str
    item: str
    said_in: int
    kind: str
    level: str | None
    score: int | None
    number: float | None
    late: bool


@once
def standing(view: View) -> list[Standing]:
    """The newest answer of all rounds so far; a skip leaves an earlier round's answer standing.

    Without people who have withdrawn from any round, people left out, and answers unheard.
    """
    again = _reopened(view)
    said: dict[int, dict[tuple[str, str], PanelFact]] = {}
    for fact in answers(view):
        if not _is_left_out(view, fact):
            said.setdefault(fact.round, {})[fact.stakeholder, fact.item] = fact
    stands: dict[tuple[str, str], Standing] = {}
    rows: list[Standing] = []
    for number in own_closed(view):
        for place, fact in said.get(number, {}).items():
            before = stands.get(place)
            if before is None or fact.kind != "skip" or before.kind == "skip":
                since = again.get(number)
                stands[place] = Standing(
                    number,
                    *place,
                    number,
                    fact.kind,
                    fact.level,
                    fact.score,
                    fact.number,
                    late=since is not None and fact.position > since,
                )
        rows += (row._replace(round=number) for row in stands.values())
    return rows


def _is_left_out(view: View, fact: PanelFact) -> bool:
    person = fact.stakeholder
    return (
        person in withdrawn(view)
        or person in view.supposed.left_out
        or fact.position in view.supposed.unheard
    )


def _reopened(view: View) -> dict[int, int]:
    """The rounds that were reopened, and where first."""
    again: dict[int, int] = {}
    for fact in of_kind(view, "RoundReopened"):
        again.setdefault(fact.round, fact.position)
    return again


@once
def stands_by_item(view: View) -> dict[tuple[int, str], dict[str, Standing]]:
    """The answers that stood after each closed round, by round and item, and by stakeholder."""
    by_item: dict[tuple[int, str], dict[str, Standing]] = {}
    for row in standing(view):
        by_item.setdefault((row.round, row.item), {})[row.stakeholder] = row
    return by_item


def stands_now(view: View) -> list[Standing]:
    """The answers that stood once the newest round with any had closed."""
    rows = standing(view)
    newest = max((row.round for row in rows), default=None)
    return [row for row in rows if row.round == newest]


class Voiced(NamedTuple):
    """A close of a round of the panel's own, an item, a stakeholder, and their answer that stood."""

    closed_at: int
    round: int
    item: str
    stakeholder: str
    agency: str
    kind: str
    score: int | None


@once
def voiced(view: View) -> list[Voiced]:
    """The answers that stood at each close, whatever came after; a reopened round has several.

    Without people who had withdrawn by then.
    """
    return [
        row
        for close in of_kind(view, "RoundClosed")
        if close.round in own_rounds(view)
        for row in _voiced_at(view, close)
    ]


def _voiced_at(view: View, close: PanelFact) -> list[Voiced]:
    gone = {
        fact.stakeholder
        for fact in of_kind(view, "InterviewWithdrawn")
        if fact.position < close.position
    }
    newest = {
        (fact.round, fact.stakeholder, fact.item): fact
        for fact in answers(view)
        if fact.position < close.position
        and fact.round <= close.round
        and fact.round in own_rounds(view)
        and fact.stakeholder not in gone
    }
    voices: dict[tuple[str, str], PanelFact] = {}
    for place in sorted(newest):
        fact = newest[place]
        if fact.kind != "skip" or voices.get(place[1:], fact).kind == "skip":
            voices[place[1:]] = fact
    return [
        Voiced(
            close.position,
            close.round,
            item,
            person,
            members(view)[person].agency,
            said.kind,
            said.score,
        )
        for (person, item), said in voices.items()
        if person in members(view)
    ]
