"""Who is asked what: by an invitation, in a room, or because somebody handed it on to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from projections.facts.view import View
from projections.folded.once import once
from projections.folded.panel_facts import PanelFact, of_kind, panel_facts, withdrawn
from projections.folded.rounds import own_rounds

ENDED = "InvitationEnded"
Place = tuple[int, str, str]  # round, stakeholder and item


class Asked(NamedTuple):
    """A round, a stakeholder and an item they were ever asked in it.

    They are asked still, and the item is `theirs`, unless they handed it on or their invitation
    ended before they answered it.
    """

    round: int
    stakeholder: str
    item: str
    first_asked: int
    theirs: bool


@once
def asked(view: View) -> list[Asked]:
    """Everything that anybody was ever asked; in a workshop, what was put to their vote."""
    gone, ever = withdrawn(view), _ever(view)
    told = {
        (fact.round, fact.stakeholder, fact.item)
        for fact in of_kind(view, "AnswerGiven")
        if fact.stakeholder not in gone
    }
    first: dict[Place, int] = {}
    theirs: dict[Place, bool] = {}
    for fact in panel_facts(view):
        for place, is_theirs in _moved(fact, ever):
            if is_theirs or fact.what != ENDED or place not in told:
                first.setdefault(place, fact.position)
                theirs[place] = is_theirs
    return [Asked(*place, first[place], theirs[place]) for place in first]


def _ever(view: View) -> dict[tuple[int, str], dict[str, None]]:
    """Every item that each stakeholder was ever asked in a round, before or after it ended."""
    items: defaultdict[tuple[int, str], dict[str, None]] = defaultdict(dict)
    for fact in panel_facts(view):
        for (number, person, item), _ in _moved(fact, {}):
            items[number, person][item] = None
    return items


def _moved(
    fact: PanelFact, ever: dict[tuple[int, str], dict[str, None]]
) -> Iterator[tuple[Place, bool]]:
    """To whom a fact moves an item, and from whom."""
    match fact.what:
        case "StakeholderInvited":
            yield from (((fact.round, fact.invited, item), True) for item in fact.items)
        case "VoteOpened":
            yield from (((fact.round, person, fact.item), True) for person in fact.put_to)
        case "ItemsHandedOn":
            for item in fact.items:
                yield (fact.round, fact.handed_on_by, item), False
                yield (fact.round, fact.to, item), True
        case "InvitationEnded":
            person = fact.ended_for
            yield from (
                ((fact.round, person, item), False) for item in ever.get((fact.round, person), ())
            )


@once
def asked_of(view: View) -> dict[int, dict[str, list[str]]]:
    """For each round of the panel's own, each item and who was asked about it by then.

    Where a stakeholder was asked, or handed the item on, in several rounds, the newest decides.
    Without people released by then, and people who are left out.
    """
    own, released = own_rounds(view), _released(view)
    by_round = sorted(asked(view), key=lambda row: row.round)
    of: dict[int, dict[str, list[str]]] = {}
    for number in sorted(own):
        newest = {
            (row.item, row.stakeholder): row.theirs
            for row in by_round
            if row.round <= number
            and row.round in own
            and row.stakeholder not in view.supposed.left_out
            and not any(row.round <= r <= number for r in released.get(row.stakeholder, ()))
        }
        people: defaultdict[str, list[str]] = defaultdict(list)
        for (item, person), theirs in newest.items():
            if theirs:
                people[item].append(person)
        of[number] = people
    return of


def _released(view: View) -> dict[str, list[int]]:
    """The rounds whose invitation of each stakeholder was ended, and not renewed."""
    newest = {
        (fact.round, fact.ended_for or fact.invited): fact.what
        for fact in panel_facts(view)
        if fact.what in ("StakeholderInvited", ENDED)
    }
    rounds: dict[str, list[int]] = {}
    for (number, person), what in newest.items():
        if what == ENDED:
            rounds.setdefault(person, []).append(number)
    return rounds
