"""This year's assessment against last year's: how much is other people, other minds, another guide.

The arithmetic, with the order of its parts, is in `projections/years/decomposition.py`. It compares
the scores that stand after the newest closed round of each year. An outcome's change is that of the
panel's mean, plus how much higher above that mean the rule, or a moderation, set it this year than
last year.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from fractions import Fraction
from typing import Literal, NamedTuple
from uuid import UUID

from ehsg_events.kernel import Frozen, Refused, Way
from ehsg_events.states.submission import submission_id
from projections.facts.view import View
from projections.folded.outcome import Outcome, outcomes
from projections.folded.panel_facts import opened
from projections.folded.standing import standing, stands_now
from projections.years.decomposition import Parts, Scores, Sheet, mean, parts, year
from projections.years.same_items import Because, Pairing, pairing
from projections.years.same_people import Same, same_people

Which = Literal["last", "this"]


class Shares(Frozen):
    """A change, and the parts that add up to it. All are fractions, such as `-1/6`.

    `people` is `left`, `joined` and `replaced` together. Of one descriptor `asked` and `guide` are 0.
    """

    last: Fraction
    this: Fraction
    whole: Fraction
    people: Fraction
    left: Fraction
    joined: Fraction
    replaced: Fraction
    minds: Fraction
    asked: Fraction = Fraction(0)
    guide: Fraction = Fraction(0)


class Settled(Frozen):
    """What the change of an outcome adds to that of the panel's mean, by rule and by moderation.

    `whole` is the mean's change, `rule` and `moderation` together.
    """

    last: int
    this: int
    whole: int
    rule: Fraction
    moderation: Fraction


class Moved(Frozen):
    """A descriptor with scores in both years; `earlier` is what last year's guide calls it.

    `stayed` gave a score in both years, `went` only last year, `came` only this year.
    """

    item: str
    label: str
    earlier: str
    shares: Shares
    stayed: int
    went: int
    came: int
    outcome: Settled | None


class Once(Frozen):
    """A descriptor with scores in one year alone, and why.

    `guide`: the other guide has nothing that is the same. `scale`: it asks the same on another scale.
    `asked`: both ask it, and in the other year nobody gave it a score.
    """

    item: str
    label: str
    year: Which
    mean: Fraction
    because: Because


class Explained(Frozen):
    """One area's change from an assessment to a later one.

    `overall` is null where no descriptor can be compared, or scales differ in length. `matched` is
    how many people are certainly on both panels; `unsure` is how many may be but count as different
    people, by reason. `rescaled` descriptors ask the same on another scale, which is never
    converted.
    """

    area: str
    last: UUID
    this: UUID
    guides: tuple[str, str]
    overall: Shares | None
    descriptors: tuple[Moved, ...]
    once: tuple[Once, ...]
    matched: int
    unsure: dict[str, int]
    rescaled: tuple[str, ...]
    reworded: tuple[str, ...] = ()


class _Years(NamedTuple):
    """Two years side by side; the same person or descriptor has the same key in both."""

    last: Sheet
    this: Sheet


def change(last: View, this: View) -> Explained:
    """Explain what changed from one assessment to a later one.

    Raises:
        Refused: they are not one area's, not in this order, no round of one is closed, or no
            crosswalk leads from one guide to the other.
    """
    _refuse_unless_comparable(last, this)
    pairs = pairing(last.guide, this.guide, this.log.folder)
    people = same_people(last, this)
    years = _side_by_side(last, this, pairs, people)
    return Explained(
        area=this.state.area,
        last=last.assessment,
        this=this.assessment,
        guides=(last.guide.id, this.guide.id),
        overall=_overall(years, pairs, last, this),
        descriptors=tuple(_moved(years, pairs, last, this)),
        once=tuple(_once(years, pairs, last, this)),
        matched=len(people.now),
        unsure={"forgotten": people.forgotten, "twice": people.twice, "moved": people.moved},
        rescaled=tuple(pairs.rescaled),
        reworded=pairs.reworded,
    )


def _refuse_unless_comparable(last: View, this: View) -> None:
    if submission_id(last.state.area, 0) != submission_id(this.state.area, 0):
        raise Refused(
            f"A change is explained within one area, and these are {last.state.area} and "
            f"{this.state.area}.",
            Way("compare", "lay two areas side by side"),
        )
    if opened(last).said_at >= opened(this).said_at:
        raise Refused(
            "Name the earlier assessment first and a later one after it.",
            Way("assessment list", "see them in order"),
        )
    for view in (last, this):
        if not standing(view):
            raise Refused(
                f"No round of assessment {view.assessment} with an answer is closed, and until "
                f"then nobody sees how people answered.",
                Way("round close", "close it"),
            )


def _side_by_side(last: View, this: View, pairs: Pairing, people: Same) -> _Years:
    before: dict[Hashable, dict[Hashable, int]] = {}
    after: dict[Hashable, dict[Hashable, int]] = {}
    for who, item, score in _scores(last):
        before.setdefault(pairs.key(item), {})[people.now.get(who, ("last", who))] = score
    for who, item, score in _scores(this):
        after.setdefault(item, {})[who] = score
    for key in _not_needed(last, this, pairs):
        before.pop(key, None)
        after.pop(key, None)
    return _Years(before, after)


def _scores(view: View) -> list[tuple[str, str, int]]:
    """Who gave which descriptor which score, of those that stand, by descriptor."""
    rows = sorted(stands_now(view), key=lambda row: (row.item, row.stakeholder))
    return [(row.stakeholder, row.item, row.score) for row in rows if row.score is not None]


def _not_needed(last: View, this: View, pairs: Pairing) -> set[Hashable]:
    """The descriptors that an alternative made up for in either year; they count in neither."""
    return {
        *(pairs.key(item) for item, row in outcomes(last).items() if row.covered_by),
        *(item for item, row in outcomes(this).items() if row.covered_by),
    }


def _overall(years: _Years, pairs: Pairing, last: View, this: View) -> Shares | None:
    lengths = {
        (scale.lowest, scale.highest)
        for view in (last, this)
        for _, item, _ in _scores(view)
        for scale in [view.guide.scale_of(item)]
    }
    whole = year(*years, list(pairs.earlier)) if len(lengths) == 1 else None
    if whole is None:
        return None
    return _shares(whole.last, whole.this, whole.parts).model_copy(
        update={"asked": whole.asked, "guide": whole.guide}
    )


def _shares(before: Fraction, after: Fraction, causes: Parts) -> Shares:
    whole = after - before
    return Shares(last=before, this=after, whole=whole, people=causes.people, **causes._asdict())


def _moved(years: _Years, pairs: Pairing, last: View, this: View) -> Iterator[Moved]:
    then, now = outcomes(last), outcomes(this)
    for item, asked in this.guide.descriptors.items():
        if item not in years.this or item not in years.last:
            continue
        before, after = years.last[item], years.this[item]
        earlier = pairs.earlier[item]
        both = earlier in then and item in now
        yield Moved(
            item=item,
            label=asked.label or asked.statement,
            earlier=earlier,
            shares=_shares(mean(before.values()), mean(after.values()), parts(before, after)),
            stayed=len(before.keys() & after.keys()),
            went=len(before.keys() - after.keys()),
            came=len(after.keys() - before.keys()),
            outcome=_settled(then[earlier], now[item], before, after) if both else None,
        )


def _settled(then: Outcome, now: Outcome, before: Scores, after: Scores) -> Settled:
    """How far each year's outcome lies from the panel's mean, by whether it was moderated."""
    off = {"rule": Fraction(0), "moderation": Fraction(0)}
    for sign, row, scores in ((-1, then, before), (1, now, after)):
        cause = "moderation" if row.moderated else "rule"
        off[cause] += sign * (row.score - mean(scores.values()))
    score_then, score_now = then.score, now.score
    return Settled(last=score_then, this=score_now, whole=score_now - score_then, **off)


def _once(years: _Years, pairs: Pairing, last: View, this: View) -> Iterator[Once]:
    for item in last.guide.descriptors:
        key = pairs.key(item)
        if key in years.last and key not in years.this:
            yield _single(last, item, "last", years.last[key], pairs.because_last_alone(item))
    for item in this.guide.descriptors:
        if item in years.this and item not in years.last:
            yield _single(this, item, "this", years.this[item], pairs.because_this_alone(item))


def _single(view: View, item: str, which: Which, scores: Scores, because: Because) -> Once:
    asked = view.guide.items[item]
    return Once(
        item=item,
        label=asked.label or asked.statement,
        year=which,
        mean=mean(scores.values()),
        because=because,
    )
