"""What those who are missing can still decide of a descriptor, and what they could have. Pure.

While a round is open only who has answered is looked at, never what: then all that can be told is
whether enough have answered for a quorum. Once it is closed the rest is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Literal, NamedTuple

from ehsg_events.agreement.consensus import Heard, Score, Yardstick, has_quorum
from ehsg_events.reminders.bounds import (
    NOT_ASKED,
    Ranges,
    Standing,
    can_be_tried,
    group_of,
    moving,
    ranges,
)
from ehsg_events.values.policy import Rule

MOST_LAID_OUT = 1_300  # ways to answer that are tried out: of five who are alike, at least
Reach = Literal["enough", "within-reach", "out-of-reach"]


class Voice(NamedTuple):
    """One person a descriptor was asked of by now, or who has answered it.

    `asked` and `answered` are of the newest round, `missing` is who may still answer, or might have until the close. `stood_as` is what kind of
    answer stood before the round; `kind` and `score` are what stands after it, none until then.
    """

    person: str
    agency: str
    asked: bool
    answered: bool
    missing: bool
    stood_as: str | None = None
    kind: str | None = None
    score: int | None = None


class Silence(NamedTuple):
    """What the silent could have made of a descriptor, and who of them; none where it is too much."""

    ranges: Ranges
    could_have: tuple[str, ...] | None


def reach(voices: Sequence[Voice], rule: Rule) -> Reach:
    """Whether enough have answered for a quorum, enough still can, or no longer.

    An answer given in the round is taken for a score, which is the most it can be: what it was is
    hidden. So `out-of-reach` is certain, and `enough` holds if they all gave a score.
    """
    if has_quorum(_at_most(voices, [one for one in voices if one.answered]), rule):
        return "enough"
    can = [one for one in voices if one.answered or one.missing]
    return "within-reach" if has_quorum(_at_most(voices, can), rule) else "out-of-reach"


def _at_most(voices: Sequence[Voice], speaking: Sequence[Voice]) -> Heard:
    """What is heard if all who speak in this round give a score, and the others stand by theirs."""
    speak = {one.person for one in speaking}
    scores = [one for one in voices if one.person in speak or one.stood_as == "score"]
    asked = [one for one in voices if one.person in speak or one.stood_as != NOT_ASKED]
    return Heard(
        scores=tuple(Score(0, one.agency) for one in scores),
        dont_know=0,
        invited=len(asked),
        agencies_invited=len({one.agency for one in asked}),
    )


def silence(voices: Sequence[Voice], yard: Yardstick, rule: Rule) -> Silence:
    """What those who were missing when a round closed could have led to, the others as they are."""
    stands, silent = _without(voices, yard, rule), [one for one in voices if one.missing]
    groups = {one.person: group_of(one.agency, stands) for one in silent}
    sizes = Counter(groups.values())
    found = ranges(stands, sizes, MOST_LAID_OUT)
    if not can_be_tried(stands, sizes, MOST_LAID_OUT):
        return Silence(found, None)
    able = moving(stands, sizes, MOST_LAID_OUT)
    return Silence(found, tuple(person for person, group in groups.items() if group in able))


def _without(voices: Sequence[Voice], yard: Yardstick, rule: Rule) -> Standing:
    """What stands whatever those who are missing say."""
    others = [one for one in voices if not one.missing]
    asked = [one for one in others if one.kind != NOT_ASKED]
    scores = tuple(Score(one.score, one.agency) for one in others if one.score is not None)
    agencies = frozenset(one.agency for one in asked)
    dont_know = sum(one.kind == "dont-know" for one in others)
    return Standing(Heard(scores, dont_know, len(asked), len(agencies)), agencies, yard, rule)
