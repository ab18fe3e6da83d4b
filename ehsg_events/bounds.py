"""Whose silence matters: could anything somebody might still say change a verdict or middle score?

Pure. Tried out exactly, over everything the others who are missing might say; where too many are
missing to try it all out, everybody matters.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import product

from ehsg_events.asking import unanswered
from ehsg_events.consensus import Yardstick, measure, yardstick
from ehsg_events.interview import Answer
from ehsg_events.measuring import asked_of, heard
from ehsg_events.situation import Situation, standing

MOST_OTHERS = 3  # missing beside the person; with more of them it is not tried out


def cannot_matter(now: Situation, people: Collection[str]) -> frozenset[str]:
    """Those of some people in the newest round who could change nothing, whatever they said."""
    missing = _missing(now, people)
    told = standing(now, len(now.rounds))
    moves = {
        person
        for item, silent in missing.items()
        for person in silent
        if person in people and could_change(now, item, told.get(item, {}), person, silent)
    }
    open_to = {person for silent in missing.values() for person in silent}
    return frozenset(person for person in people if person in open_to and person not in moves)


def could_change(
    now: Situation, item: str, told: Mapping[str, Answer], person: str, silent: Sequence[str]
) -> bool:
    """Whether a person's answer could change a descriptor's verdict or middle score.

    Args:
        told: the answers that stand for it; silence leaves an earlier one standing.
        silent: all who may still answer, this person among them.
    """
    others = [one for one in silent if one != person]
    if len(others) > MOST_OTHERS:
        return True
    scale = now.guide.scale_of(item)
    yard = yardstick(scale.lowest, scale.highest)
    asked = asked_of(now, item, len(now.rounds))
    for said in product(_possible(yard), repeat=len(others)):
        rest = _with(told, dict(zip(others, said, strict=True)))
        mine = (_with(rest, {person: answer}) for answer in _possible(yard))
        every = (heard(now, asked, answers) for answers in mine)
        found = [measure(item, one, yard, now.assessment.rule) for one in every]
        if len({(one.verdict, one.median) for one in found}) > 1:
            return True
    return False


def _possible(yard: Yardstick) -> Iterator[Answer | None]:
    """Everything one may do: stay silent, say that it is not one's area, or score."""
    yield None
    yield Answer("not-my-area")
    for score in range(yard.lowest, yard.highest + 1):
        yield Answer("score", score=score)


def _with(told: Mapping[str, Answer], said: Mapping[str, Answer | None]) -> dict[str, Answer]:
    return {**told, **{person: answer for person, answer in said.items() if answer}}


def _missing(now: Situation, people: Collection[str]) -> dict[str, list[str]]:
    """Who has not answered each descriptor that some of the people have not."""
    newest = now.newest
    found: dict[str, list[str]] = {}
    if newest is None or newest.kind not in ("first", "feedback"):
        return found
    for person, items in newest.invited.items():
        interview = now.interviews[newest.number, person]
        if not (interview.completed or interview.withdrawn or person in newest.released):
            for item in unanswered(items, interview):
                found.setdefault(item, []).append(person)
    scored = {item: silent for item, silent in found.items() if item in now.guide.descriptors}
    return {item: silent for item, silent in scored.items() if not set(silent).isdisjoint(people)}
