"""What became of a person's answers, once everything is settled: descriptor by descriptor. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from ehsg_events.kernel import Words
from ehsg_events.states.interview import Answer
from ehsg_events.states.situation import Situation, standing


class Fate(NamedTuple):
    """One descriptor that a person answered: what they said, and what stands.

    `middle` is the panel's middle score, none where it may not be told, which is for whoever tells
    it to look up. `because` is the coordinator's reason where it was moderated. `told` is false where what stands
    could tell what somebody else answered.
    """

    item: str
    mine: Answer
    middle: float | None
    level: str | None
    because: Words | None
    dissent: Literal["none", "others", "mine"]
    told: bool = True


def fates(situation: Situation, person: str) -> Iterator[Fate]:
    """What became of each descriptor that a person answered, in the guide's order."""
    answers = standing(situation, len(situation.rounds))
    for item in situation.guide.descriptors:
        mine = answers.get(item, {}).get(person)
        if mine is not None:
            yield _fate(situation, person, item, mine)


def _fate(situation: Situation, person: str, item: str, mine: Answer) -> Fate:
    stands = situation.outcomes[item]
    others: Literal["none", "others"] = "others" if stands.dissent else "none"
    return Fate(
        item=item,
        mine=mine,
        middle=None,
        level=stands.level,
        because=stands.because if stands.moderated else None,
        dissent="mine" if person in stands.dissent else others,
    )
