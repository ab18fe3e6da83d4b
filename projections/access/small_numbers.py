"""What a reader may be told of a descriptor, over everything they have seen of it. Pure.

`told` is the one rule of every surface for readers who see no single answers: pages, reports,
tables, what is handed in, years and comparisons.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ehsg_events.agreement.consensus import Score, Yardstick
from ehsg_events.agreement.disclosure import (
    NOTHING,
    SPARED,
    Disclosure,
    Judged,
    adopts_a_level,
    are_enough,
    disclosed,
    may_be_inferred,
    may_compare,
)
from ehsg_events.values.measure import Verdict
from ehsg_events.values.policy import Rule
from projections.access.comings_and_goings import outcome_tells_nobody

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
    ends: bool = False  # what was said is why nothing is told, so nothing is told after it


def told(closes: Sequence[Measured], yard: Yardstick, rule: Rule) -> list[Told]:
    """What may be told of each close of a descriptor, oldest first, each at any time.

    Somebody who saw two of them could subtract one from the other. Who joined and who left is known
    to everybody: beside an earlier close that something could be told of, nothing is unless each of
    these groups, and of those who stayed, is mixed, and all are counted at both. Who changed their mind is not known: then only
    figures wait, until nobody's answer differs or three people's do. What is told of a close rests on
    it and on those before it, so that nothing later takes anything back.

    Args:
        closes: the descriptor's closes.
        yard: what near and far mean on its scale.
        rule: by which it was measured.
    """
    every: list[Told] = []
    for close in closes:
        if every and every[-1].ends:
            every.append(every[-1])
            continue
        before = [pair for pair in zip(closes, every, strict=False) if pair[1].speaks]
        every.append(_told(close, before, yard, rule))
    return every


def _told(
    close: Measured, earlier: Sequence[tuple[Measured, Told]], yard: Yardstick, rule: Rule
) -> Told:
    groups = [
        group for before, _ in earlier for group in _known_groups(before.voices, close.voices)
    ]
    if groups and len({_scored(before.voices) for before, _ in earlier}) > 1:
        return Told(NOTHING)  # that the groups of two steps are mixed would be too much to know
    judged = close.judged(yard, rule)
    counted = disclosed(judged).figures == "counts"
    if groups and any(of.disclosure.figures != "counts" for _, of in earlier):
        return Told(NOTHING)
    if groups and not (counted and all(group.is_mixed for group in groups)):
        adopts = Disclosure("none", adopts_a_level(judged))
        if _outcome_tells_nobody(close, earlier, yard, rule):
            return Told(adopts, speaks=True)
        return Told(NOTHING, ends=all(group.people >= LEAST_APART for group in groups))
    disclosure = disclosed(judged)
    shown = [before for before, of in earlier if of.disclosure.figures != "none"]
    if any(0 < apart(before.voices, close.voices) < LEAST_APART for before in shown):
        disclosure = disclosure._replace(figures="none")
    levels = range(yard.lowest, yard.highest + 1)
    compares = frozenset(level for level in levels if may_compare(judged, level))
    speaks = may_be_inferred(judged) or (close.settled and bool(compares))
    return Told(disclosure, compares, speaks)


def _outcome_tells_nobody(
    close: Measured, earlier: Sequence[tuple[Measured, Told]], yard: Yardstick, rule: Rule
) -> bool:
    """Whether the outcome may be told beside the one close of which anything was told: its counts."""
    (before, of), *others = earlier
    if others or of.disclosure.figures != "counts":
        return False
    went, came = _changes(before.voices, close.voices), _changes(close.voices, before.voices)
    counted = _said(_scored(before.voices), before.voices)
    return outcome_tells_nobody(counted, len(went), len(came), yard, rule)


class _Group(NamedTuple):
    """People of whom it is known that they joined, left or stayed, and the scores they gave."""

    people: int
    scores: tuple[int, ...]

    @property
    def is_mixed(self) -> bool:
        """Whether the scores are unlike enough to be subtracted from others.

        One of the group may know their own: without it two levels must be left.
        """
        return bool(self.scores) and max(Counter(self.scores).values()) <= len(self.scores) - SPARED


def _known_groups(before: Voices, after: Voices) -> Iterator[_Group]:
    """Each group that is known where people joined or left between two closes."""
    came, went = _changes(after, before), _changes(before, after)
    if came or went:
        stayed = _scored(before) & _scored(after)
        for people, voices in ((came, after), (went, before), (stayed, before), (stayed, after)):
            if people:
                yield _Group(len(people), _said(people, voices))


def _changes(voices: Voices, others: Voices) -> frozenset[str]:
    """Who was heard, or gave a score, at one close and not at another; alike if it was no score."""
    heard = frozenset(voice.person for voice in voices) - {voice.person for voice in others}
    return heard | (_scored(voices) - _scored(others))


def _said(people: frozenset[str], voices: Voices) -> tuple[int, ...]:
    """The scores of some people."""
    of_them = (voice for voice in voices if voice.person in people)
    return tuple(voice.said for voice in of_them if isinstance(voice.said, int))


def enough(voices: Voices) -> bool:
    """Whether figures may rest on some answers: enough scores, of enough agencies."""
    return are_enough(_scores(voices))


def _scores(voices: Voices) -> tuple[Score, ...]:
    return tuple(Score(one.said, one.agency) for one in voices if isinstance(one.said, int))


def _scored(voices: Voices) -> frozenset[str]:
    return frozenset(voice.person for voice in voices if isinstance(voice.said, int))


def apart(first: Voices, second: Voices) -> int:
    """How many people's answers differ."""
    return len({voice.person for voice in first ^ second})
