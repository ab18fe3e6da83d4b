"""What becomes of a request to hand on: it waits, it is needless, or no round is left for it. Pure.

A request that the coordinator has not decided outlives its round: the next one asks again what is
unsettled. If that asks nothing of the person which they could hand on, the request ends as a fact.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from ehsg_events.events import HandOnLapsed, ItemsHandedOn
from ehsg_events.kernel import Words
from ehsg_events.states.interview import unanswered
from ehsg_events.states.round import Round
from ehsg_events.states.situation import Situation, left_to_ask, withdrawn


class Undecided(NamedTuple):
    """A request that was not decided: the round it was made in, and whom the person suggests."""

    round: int
    colleague: Words


Requests = Mapping[str, Undecided]


def to_hand_on(situation: Situation, person: str, number: int) -> tuple[str, ...]:
    """The items that somebody who asked in a round could still hand on, none if there are none."""
    newest = situation.newest
    if newest is None or _has_left(situation, person) or _is_needless(situation, person, number):
        return ()
    if newest.measured is None:
        ask = newest.kind != "workshop" and person in newest.invited
        return _unanswered(situation, newest, person) if ask else ()
    last = max(r.number for r in situation.rounds if person in r.invited)
    left = _unanswered(situation, situation.rounds[last - 1], person)
    return tuple(item for item in left_to_ask(situation).get(person, ()) if item in left)


def _has_left(situation: Situation, person: str) -> bool:
    return person in withdrawn(situation) | situation.assessment.released


def _is_needless(situation: Situation, person: str, number: int) -> bool:
    """Whether they have answered everything themselves, in the round they asked in or later."""
    later = situation.rounds[number - 1 :]
    asked = [round for round in later if round.invited.get(person)]
    return any(not _unanswered(situation, round, person) for round in asked)


def _unanswered(situation: Situation, round: Round, person: str) -> tuple[str, ...]:
    interview = situation.interviews[round.number, person]
    return unanswered(round.invited.get(person, ()), interview)


def waiting(situation: Situation, requests: Requests) -> dict[str, tuple[str, ...]]:
    """The people whose request waits for a decision, each with what they could hand on."""
    every = ((person, to_hand_on(situation, person, r.round)) for person, r in requests.items())
    return {person: items for person, items in every if items}


def lapsed(situation: Situation, requests: Requests) -> tuple[HandOnLapsed, ...]:
    """The end of each request for which no round is left; needless ones end without a word."""
    return tuple(
        HandOnLapsed(lapsed_for=person)
        for person, request in requests.items()
        if _fate(situation, person, request.round) == "lapsed"
    )


def _fate(situation: Situation, person: str, number: int) -> Literal["waits", "needless", "lapsed"]:
    if _has_left(situation, person) or _is_needless(situation, person, number):
        return "needless"
    return "waits" if to_hand_on(situation, person, number) else "lapsed"


def taken_over(situation: Situation, asked: Mapping[str, tuple[str, ...]]) -> list[ItemsHandedOn]:
    """What was agreed since the newest round closed, as it takes effect in the next one.

    Args:
        asked: what the next round asks of each person.
    """
    agreed = situation.newest.agreed_on if situation.newest else {}
    every = ((person, agreement) for person, agreement in agreed.items())
    return [
        ItemsHandedOn(handed_on_by=person, to=agreement.to, items=items)
        for person, agreement in every
        for items in [tuple(i for i in agreement.items if i in asked.get(agreement.to, ()))]
        if items
    ]
