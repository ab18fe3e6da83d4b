"""How far one person is in the newest round: how much they are asked, and how much has an answer.

It counts what `progress` counts of an agency, and says never what was answered.
"""

from __future__ import annotations

from typing import NamedTuple

from ehsg_events.states.situation import Situation


class Tally(NamedTuple):
    """How many items somebody is asked, and how many of them they have answered."""

    answered: int
    asked: int


def tally(situation: Situation, person: str) -> Tally | None:
    """How far somebody is; none where nothing of it is told.

    Nothing is told of who is asked nothing, has withdrawn, or votes in a workshop that is open, where
    nobody learns who has voted before all have.
    """
    newest = situation.newest
    asked = newest.invited.get(person, ()) if newest else ()
    if newest is None or not asked or person in newest.released:
        return None
    interview = situation.interviews[newest.number, person]
    is_a_vote = newest.kind == "workshop" and not newest.closed
    if interview.withdrawn or is_a_vote:
        return None
    return Tally(sum(item in interview.answers for item in asked), len(asked))
