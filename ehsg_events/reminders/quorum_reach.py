"""What the missing people can still decide about a descriptor, or could have decided. Pure.

While a round is open, only who has answered is looked at, never what: the result is whether enough
people can answer for a quorum. The rest is worked out once it is closed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Literal, NamedTuple

from ehsg_events.agreement.consensus import Heard, Score, Yardstick, has_quorum
from ehsg_events.reminders.outcome_bounds import (
    NOT_ASKED,
    Ranges,
    Standing,
    can_be_tried,
    group_of,
    moving,
    ranges,
)
from ehsg_events.values.policy import Rule

MOST_LAID_OUT = 1_300  # combinations of answers tried out: enough for five people of one group
Reach = Literal["enough", "within-reach", "out-of-reach"]


class Voice(NamedTuple):
    """One person who was asked about a descriptor by now, or who has answered it.

    `asked` and `answered` are about the newest round. `missing` says whether they may still
    answer, or might have until the close. `stood_as` is the kind of answer that stood before the
    round; `kind` and `score` are what stands after it, none until then.
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
    """What the silent people could have changed, and which of them; none where too many are."""

    ranges: Ranges
    could_have: tuple[str, ...] | None


def reach(voices: Sequence[Voice], rule: Rule) -> Reach:
    """Whether enough have answered for a quorum, enough still can, or no longer.

    What was answered is hidden, so an answer given in the round is taken for a score, the most it
    can be. So `out-of-reach` is certain, and `enough` holds if they all gave a score.
    """
    if has_quorum(_at_most(voices, [voice for voice in voices if voice.answered]), rule):
        return "enough"
    can = [voice for voice in voices if voice.answered or voice.missing]
    return "within-reach" if has_quorum(_at_most(voices, can), rule) else "out-of-reach"


def _at_most(voices: Sequence[Voice], speaking: Sequence[Voice]) -> Heard:
    """The answers if everybody in `speaking` gives a score and the others keep theirs."""
    speak = {voice.person for voice in speaking}
    scores = [voice for voice in voices if voice.person in speak or voice.stood_as == "score"]
    asked = [voice for voice in voices if voice.person in speak or voice.stood_as != NOT_ASKED]
    return Heard(
        scores=tuple(Score(0, voice.agency) for voice in scores),
        dont_know=0,
        invited=len(asked),
        agencies_invited=len({voice.agency for voice in asked}),
    )


def silence(voices: Sequence[Voice], yard: Yardstick, rule: Rule) -> Silence:
    """What the people missing at a round's close could have led to, all other answers unchanged."""
    stands, silent = _without(voices, yard, rule), [voice for voice in voices if voice.missing]
    groups = {voice.person: group_of(voice.agency, stands) for voice in silent}
    sizes = Counter(groups.values())
    possible = ranges(stands, sizes, MOST_LAID_OUT)
    if not can_be_tried(stands, sizes, MOST_LAID_OUT):
        return Silence(possible, None)
    able = moving(stands, sizes, MOST_LAID_OUT)
    return Silence(possible, tuple(person for person, group in groups.items() if group in able))


def _without(voices: Sequence[Voice], yard: Yardstick, rule: Rule) -> Standing:
    """What stands without the missing people."""
    others = [voice for voice in voices if not voice.missing]
    asked = [voice for voice in others if voice.kind != NOT_ASKED]
    scores = tuple(Score(voice.score, voice.agency) for voice in others if voice.score is not None)
    agencies = frozenset(voice.agency for voice in asked)
    dont_know = sum(voice.kind == "dont-know" for voice in others)
    return Standing(Heard(scores, dont_know, len(asked), len(agencies)), agencies, yard, rule)
