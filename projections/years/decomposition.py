"""A change of a mean taken apart into its causes; the parts add up to the whole, exactly.

The arithmetic is our own, on fractions. A descriptor's figure is the plain mean of its scores, each
person counting once; a year's figure is the plain mean of its descriptors' figures, each counting
once. One year is turned into the other in steps, always in this order, and each part is what its
step moves the figure by. Of one descriptor, with the scores of last year L and of this year T, and
S those who gave a score in both:

1. left: remove those who scored only last year.      mean of L over S  -  mean of L
2. minds: those who stayed give this year's scores.   mean of T over S  -  mean of L over S
3. joined: add those who scored only this year.       mean of T         -  mean of T over S

If S is empty these steps cannot be taken, and the whole change is `replaced`: other people.
A person without a score (who does not know, or was not asked) is none of those who gave one.

Of a year, with B the descriptors that have scores in both years:

1. guide: remove the descriptors that only last year's guide asks.
2. asked: remove those that both guides ask and that nobody scored this year.
3. left, minds, joined, replaced: the means of these parts over B.
4. asked: add those that both guides ask and that nobody scored last year.
5. guide: add the descriptors that only this year's guide asks.

Steps 1 and 5 together are the part `guide`, 2 and 4 the part `asked`. If B is empty no step can be
taken, and there is no result. A part whose cause is absent is zero: its step changes no set.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

Scores = Mapping[Any, int]  # one descriptor, by person
Sheet = Mapping[Any, Scores]  # a year, by descriptor; only those that have scores
ZERO = Fraction(0)


class Parts(NamedTuple):
    """What moved a descriptor's mean from one year to the next, by cause."""

    left: Fraction = ZERO
    joined: Fraction = ZERO
    replaced: Fraction = ZERO
    minds: Fraction = ZERO

    @property
    def people(self) -> Fraction:
        """What was moved by people other than those who stayed."""
        return self.left + self.joined + self.replaced


class Year(NamedTuple):
    """What moved a year's mean from one to the next, by cause."""

    last: Fraction
    this: Fraction
    parts: Parts
    asked: Fraction
    guide: Fraction

    @property
    def whole(self) -> Fraction:
        """All of it."""
        return self.this - self.last


def mean(scores: Iterable[int | Fraction]) -> Fraction:
    """The plain mean, exactly."""
    every = list(scores)
    return Fraction(sum(every)) / len(every)


def parts(last: Scores, this: Scores) -> Parts:
    """What moved one descriptor's mean; each year must have at least one score."""
    stayed = last.keys() & this.keys()
    before, after = mean(last.values()), mean(this.values())
    if not stayed:
        return Parts(replaced=after - before)
    start, end = mean(last[person] for person in stayed), mean(this[person] for person in stayed)
    return Parts(left=start - before, minds=end - start, joined=after - end)


def year(last: Sheet, this: Sheet, both: Collection[Any]) -> Year | None:
    """What moved a year's mean; none where no descriptor has scores in both years.

    Args:
        last: a descriptor that both guides ask stands under the same name in both years.
        both: the descriptors that both guides ask.
    """
    scored = [item for item in this if item in last and item in both]
    if not scored:
        return None
    each = [parts(last[item], this[item]) for item in scored]
    before, after = _figure(last, last), _figure(this, this)
    before_both, after_both = _figure(last, both), _figure(this, both)
    asked = (_figure(last, scored) - before_both) + (after_both - _figure(this, scored))
    return Year(
        last=before,
        this=after,
        parts=Parts(*(mean(column) for column in zip(*each, strict=True))),
        asked=asked,
        guide=(before_both - before) + (after - after_both),
    )


def _figure(sheet: Sheet, items: Collection[Any]) -> Fraction:
    return mean(mean(scores.values()) for item, scores in sheet.items() if item in items)
