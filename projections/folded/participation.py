"""Who took part, by agency: in each round, and over all of them."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from projections.facts.view import View
from projections.folded.asked import asked
from projections.folded.members import members
from projections.folded.once import once
from projections.folded.panel_facts import of_kind, withdrawn


class Participation(NamedTuple):
    """A round, an agency, and how many of its people were invited, began, finished and withdrew."""

    round: int
    agency: str
    invited: int
    started: int
    answered: int
    completed: int
    withdrawn: int


class TookPart(NamedTuple):
    """An agency, how many of its people were asked in any round, answered in any, and withdrew."""

    agency: str
    invited: int
    answered: int
    withdrawn: int


@once
def participation(view: View) -> list[Participation]:
    """By round, the agencies in the order in which they were first invited.

    Somebody who handed everything on is not counted; the colleague is.
    """
    started, answered, completed, left = (
        {(fact.round, fact.stakeholder) for fact in of_kind(view, kind)}
        for kind in ("InterviewStarted", "AnswerGiven", "InterviewCompleted", "InterviewWithdrawn")
    )
    people: defaultdict[tuple[int, str], set[tuple[int, str]]] = defaultdict(set)
    first: dict[tuple[int, str], int] = {}
    for row in asked(view):
        if row.theirs and row.stakeholder in members(view):
            party = row.round, members(view)[row.stakeholder].party
            people[party].add((row.round, row.stakeholder))
            first[party] = min(first.get(party, row.first_asked), row.first_asked)
    return [
        Participation(
            *party,
            len(theirs),
            len(theirs & (started | answered)),
            len((theirs & answered) - left),
            len((theirs & completed) - left),
            len(theirs & left),
        )
        for party in sorted(people, key=lambda party: (party[0], first[party], party[1]))
        for theirs in (people[party],)
    ]


def parties_in(view: View, number: int | None) -> list[Participation]:
    """Who took part in one round."""
    return [row for row in participation(view) if row.round == number]


@once
def took_part(view: View) -> list[TookPart]:
    """The agencies in the order in which they were first invited.

    People who withdrew do not count as having answered.
    """
    gone = withdrawn(view)
    answered = {fact.stakeholder for fact in of_kind(view, "AnswerGiven")} - gone
    people: defaultdict[str, set[str]] = defaultdict(set)
    first: dict[str, int] = {}
    for row in asked(view):
        if row.theirs and row.stakeholder in members(view):
            party = members(view)[row.stakeholder].party
            people[party].add(row.stakeholder)
            first[party] = min(first.get(party, row.first_asked), row.first_asked)
    return [
        TookPart(
            party, len(people[party]), len(people[party] & answered), len(people[party] & gone)
        )
        for party in sorted(people, key=lambda party: (first[party], party))
    ]
