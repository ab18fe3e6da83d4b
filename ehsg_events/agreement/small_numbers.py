"""What a reader may be told of a descriptor, over everything they have seen of it. Pure.

`told` is the one rule of every surface for readers who see no single answers: pages, reports,
tables, what is handed in, years and comparisons.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from ehsg_events.agreement.comings_and_goings import outcome_tells_nobody
from ehsg_events.agreement.consensus import Score, Yardstick
from ehsg_events.agreement.disclosure import (
    NOTHING,
    SPARED,
    Disclosure,
    Judged,
    agreement_may_be_told,
    are_enough,
    disclosed,
    may_be_inferred,
    may_compare,
    weighs_apart,
)
from ehsg_events.values.measure import Verdict
from ehsg_events.values.policy import Rule

MOST_KEPT = 4096  # answers of which it is remembered what may be told
LEAST_APART = 3  # people whose answers differ between any two figures of one descriptor


class Voice(NamedTuple):
    """One person's answer to a descriptor: a score, or in words why there is none."""

    person: str
    agency: str
    said: int | str


Voices = frozenset[Voice]


class Measured(NamedTuple):
    """A descriptor at one close: the answers, and the verdict and middle score they came to.

    `settled` says that an outcome was adopted or moderated on it; `shown` that it is no close but a
    showing: how many people chose each level was shown to those who were asked.
    """

    voices: Voices
    verdict: Verdict
    middle: float | None
    settled: bool = False
    shown: bool = False

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

    @property
    def counts(self) -> bool:
        """Whether it is known how many people chose each level."""
        return self.disclosure.figures == "counts"


SHOWN = Told(Disclosure("counts", agreement=False), speaks=True)


def told(closes: Sequence[Measured], yard: Yardstick, rule: Rule) -> list[Told]:
    """What may be told of each close of a descriptor, oldest first, each at any time.

    What is told of a close rests on it and on those before it, so that nothing later takes anything
    back.

    Args:
        closes: the descriptor's closes, and before them the votes whose counts were shown in a room.
        yard: what near and far mean on its scale.
        rule: by which it was measured.
    """
    every: list[Told] = []
    known: list[tuple[Measured, Told]] = []  # what speaks of all that was told so far
    for close in closes:
        earlier = tuple(_since(before, of, close) for before, of in known)
        may = _told(close, earlier, every[-1:], yard, rule)
        every.append(may)
        known = [*_still_known(known, close, may), *([(close, may)] if may.speaks else [])]
    return every


def _told(
    close: Measured, earlier: Earlier, last: Sequence[Told], yard: Yardstick, rule: Rule
) -> Told:
    if last and last[0].ends:
        return last[0]
    if close.shown:
        return SHOWN
    return told_beside(close.judged(yard, rule), earlier, settled=close.settled)


def _still_known(
    known: Sequence[tuple[Measured, Told]], close: Measured, may: Told
) -> list[tuple[Measured, Told]]:
    """What was told so far, without a showing of answers that a close now tells as well."""
    if not may.counts or close.shown:
        return [*known]
    return [pair for pair in known if not (pair[0].shown and pair[0].voices == close.voices)]


class Group(NamedTuple):
    """People of whom it is known that they joined, or that they stayed.

    `is_mixed` is whether their scores are unlike enough to be subtracted from others: one of the
    group may know their own, and without it two levels must be left.
    """

    people: int
    is_mixed: bool


class Since(NamedTuple):
    """What was told of an earlier close, and what is known to have changed since.

    Args:
        groups: those that are known where people joined and nobody left.
        apart: the people whose answers differ; of more than `LEAST_APART` it does not matter how many.
        scorers: who gave a score then.
        counted: the scores they gave, and `unscored` how many more were heard.
        went: how many of them are heard no more, and `came` how many are heard since.
    """

    told: Told
    groups: tuple[Group, ...] = ()
    apart: int = 0
    scorers: frozenset[str] = frozenset()
    counted: tuple[int, ...] = ()
    unscored: int = 0
    went: int = 0
    came: int = 0


Earlier = tuple[Since, ...]


def told_beside(judged: Judged, earlier: Earlier, *, settled: bool) -> Told:
    """What may be told of a close beside all that was told of earlier ones.

    Somebody who saw two of them could subtract one from the other.

    Who joined and who left is known to everybody. Beside an earlier close of which something could be
    told, of this one nothing is told but figures or an outcome, and these only beside counts:
    - figures, where nobody left and those who joined, and those who stayed, are mixed. Of people who
      left it would tell too much that they are not, for they were counted before;
    - an outcome, where so few joined or left that all they may have said can be tried out.

    Who changed their mind is not known. Then only figures wait, until nobody's answer differs or
    three people's do; after a showing they wait for good, for whether they wait would tell too much
    beside its counts. Beside counts nothing is told that weighs people apart.

    Args:
        earlier: the closes of which something could be told.
        settled: an outcome was adopted or moderated on it.
    """
    if not any(since.came or since.went for since in earlier):
        return _told_of_the_same(judged, earlier, settled=settled)
    if len({since.scorers for since in earlier}) > 1:
        return Told(NOTHING)  # that the groups of two steps are mixed would be too much to know
    if not all(since.told.counts for since in earlier):
        return Told(NOTHING)
    groups = [group for since in earlier for group in since.groups]
    are_mixed = bool(groups) and all(group.is_mixed for group in groups)
    if are_mixed and _told_alone(judged)[0].figures == "counts":
        return _told_of_the_same(judged, earlier, settled=settled)
    if _outcome_tells_nobody(judged, earlier):
        return Told(Disclosure("none", agreement_may_be_told(judged)), speaks=True)
    # Where few joined or somebody left, that nothing is told depends on nothing that was said.
    are_many = bool(groups) and all(group.people >= LEAST_APART for group in groups)
    return Told(NOTHING, ends=are_many)


def _told_of_the_same(judged: Judged, earlier: Earlier, *, settled: bool) -> Told:
    """What may be told where nobody joined or left, or all who did are mixed."""
    if any(since.told.counts for since in earlier) and weighs_apart(judged.scores, judged.rule):
        return Told(NOTHING)
    disclosure, compares, may_speak = _told_alone(judged)
    shown = [since for since in earlier if since.told.disclosure.figures != "none"]
    showings = [since for since in shown if since.told == SHOWN]
    waits = any(0 < since.apart < LEAST_APART for since in shown)
    if waits or 0 < len(showings) < len(shown):
        disclosure = disclosure._replace(figures="none")
    return Told(disclosure, compares, may_speak or (settled and bool(compares)))


@lru_cache(MOST_KEPT)
def _told_alone(judged: Judged) -> tuple[Disclosure, frozenset[int], bool]:
    """What may be told of a close that stands alone, to what it compares, and whether it speaks."""
    levels = range(judged.yard.lowest, judged.yard.highest + 1)
    compares = frozenset(level for level in levels if may_compare(judged, level))
    return disclosed(judged), compares, may_be_inferred(judged)


def _outcome_tells_nobody(judged: Judged, earlier: Earlier) -> bool:
    """Whether the outcome may be told beside the one close of which anything was told: its counts."""
    (since, *others) = earlier
    return not others and outcome_tells_nobody(
        since.counted,
        since.went,
        since.came,
        judged.yard,
        judged.rule,
        unscored=since.unscored,
    )


def _since(before: Measured, of: Told, close: Measured) -> Since:
    differ = min(apart(before.voices, close.voices), LEAST_APART)
    then, now = _heard(before.voices), _heard(close.voices)
    came, went = _changes(now, then), _changes(then, now)
    scorers = frozenset(then.scores)
    if not (came or went):
        return Since(of, apart=differ, scorers=scorers)
    known = () if went else ((came, now), (scorers, then), (scorers, now))
    groups = tuple(_group(people, heard) for people, heard in known)
    counted, unscored = tuple(sorted(then.scores.values())), len(then.people) - len(scorers)
    return Since(of, groups, differ, scorers, counted, unscored, len(went), len(came))


class Heard(NamedTuple):
    """Who gave an answer to a descriptor, and which of them a score."""

    people: frozenset[str]
    scores: Mapping[str, int]


@lru_cache(MOST_KEPT)
def _heard(voices: Voices) -> Heard:
    scores = {person: said for person, _, said in voices if isinstance(said, int)}
    return Heard(frozenset(person for person, _, _ in voices), scores)


def _group(people: frozenset[str], heard: Heard) -> Group:
    scores = [heard.scores[person] for person in people if person in heard.scores]
    is_mixed = bool(scores) and max(map(scores.count, scores)) <= len(scores) - SPARED
    return Group(len(people), is_mixed)


def _changes(heard: Heard, others: Heard) -> frozenset[str]:
    """Who was heard, or gave a score, at one close and not at another; alike if it was no score."""
    return (heard.people - others.people) | (heard.scores.keys() - others.scores.keys())


def enough(voices: Voices) -> bool:
    """Whether figures may rest on some answers: enough scores, of enough agencies."""
    return are_enough(_scores(voices))


def _scores(voices: Voices) -> tuple[Score, ...]:
    return tuple(sorted(Score(said, of) for _, of, said in voices if isinstance(said, int)))


def apart(first: Voices, second: Voices) -> int:
    """How many people's answers differ."""
    return len({voice.person for voice in first ^ second})
