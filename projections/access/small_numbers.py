"""What a reader may be told of a descriptor, over everything they have seen of it. Pure.

`told` is the one rule of every surface for readers who see no single answers: pages, reports,
tables, what is handed in, years and comparisons.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from ehsg_events.agreement.consensus import Score, Yardstick
from ehsg_events.agreement.disclosure import (
    NOTHING,
    SPARED,
    Disclosure,
    Judged,
    are_enough,
    disclosed,
    may_be_inferred,
    may_compare,
)
from ehsg_events.values.measure import Verdict
from ehsg_events.values.policy import Rule

LEAST_APART = 3  # people whose answers differ between any two figures of one descriptor


class Voice(NamedTuple):
    """One person's answer to a descriptor: a score, or in words why there is none."""

    person: str
    agency: str
    said: int | str


Voices = frozenset[Voice]


class Measured(NamedTuple):
    """A descriptor at one close: the answers, and the verdict and middle score they came to.

    `settled` says that an outcome was adopted or moderated on it.
    """

    voices: Voices
    verdict: Verdict
    middle: float | None
    settled: bool = False

    def judged(self, yard: Yardstick, rule: Rule) -> Judged:
        """Its scores and how they were judged."""
        return Judged(_scores(self.voices), self.verdict, self.middle, yard, rule)


class Told(NamedTuple):
    """What may be told of one close.

    `compares` are the outcomes of which, settled by hand, it may be told whether they are higher or
    lower than the panel's middle score.
    """

    disclosure: Disclosure
    compares: frozenset[int] = frozenset()
    speaks: bool = False  # something could be told of it, so that its absence tells something, too


def told(closes: Sequence[Measured], yard: Yardstick, rule: Rule) -> list[Told]:
    """What may be told of each close of a descriptor, oldest first, each at any time.

    Somebody who saw two of them could subtract one from the other. Who joined and who left is known
    to everybody: beside an earlier close that something could be told of, nothing is unless at least
    three answers differ and each group of them is mixed. Who changed their mind is not: then only
    figures wait until nobody's answer differs or three people's do. What is told of a close rests on
    it and on those before it, so that nothing later takes anything back.

    Args:
        closes: the descriptor's closes.
        yard: what near and far mean on its scale.
        rule: by which it was measured.
    """
    every: list[Told] = []
    for close in closes:
        before = [pair for pair in zip(closes, every, strict=False) if pair[1].speaks]
        every.append(_told(close, before, yard, rule))
    return every


def _told(
    close: Measured, earlier: Sequence[tuple[Measured, Told]], yard: Yardstick, rule: Rule
) -> Told:
    if any(_gives_somebody_away(before.voices, close.voices) for before, _ in earlier):
        return Told(NOTHING)
    judged = close.judged(yard, rule)
    disclosure = disclosed(judged)
    shown = [before for before, of in earlier if of.disclosure.figures != "none"]
    if any(0 < apart(before.voices, close.voices) < LEAST_APART for before in shown):
        disclosure = disclosure._replace(figures="none")
    levels = range(yard.lowest, yard.highest + 1)
    compares = frozenset(level for level in levels if may_compare(judged, level))
    speaks = may_be_inferred(judged) or (close.settled and bool(compares))
    return Told(disclosure, compares, speaks)


def _gives_somebody_away(before: Voices, after: Voices) -> bool:
    """Whether people joined or left who would be few or alike: their scores are the difference."""
    came, went = _scored(after) - _scored(before), _scored(before) - _scored(after)
    if not came and not went:
        return False
    stayed = _scored(before) & _scored(after)
    groups = ((came, after), (went, before), (stayed, before), (stayed, after))
    return apart(before, after) < LEAST_APART or not all(_mixed(*group) for group in groups)


def enough(voices: Voices) -> bool:
    """Whether figures may rest on some answers: enough scores, of enough agencies."""
    return are_enough(_scores(voices))


def _scores(voices: Voices) -> tuple[Score, ...]:
    return tuple(Score(one.said, one.agency) for one in voices if isinstance(one.said, int))


def _mixed(people: frozenset[str], voices: Voices) -> bool:
    """Whether the scores of a group that is known are unlike enough, or there is no such group.

    One of the group may know their own: without it two levels must be left.
    """
    scores = Counter(voice.said for voice in voices if voice.person in people)
    return not people or max(scores.values()) <= len(people) - SPARED


def _scored(voices: Voices) -> frozenset[str]:
    return frozenset(voice.person for voice in voices if isinstance(voice.said, int))


def apart(first: Voices, second: Voices) -> int:
    """How many people's answers differ."""
    return len({voice.person for voice in first ^ second})
