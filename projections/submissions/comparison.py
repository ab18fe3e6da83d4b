"""Two areas side by side in one year: means, differences, minimum scores, choices."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Literal

from ehsg_events.agreement.priorities import selection_warnings
from ehsg_events.kernel import Frozen, Refused
from ehsg_events.log.log import Log
from guides.crosswalk import equal_items
from guides.model import Guide
from projections.access.closes import lay_withheld
from projections.facts.beside import lay_alternatives
from projections.facts.held import facts_of
from projections.facts.read_models import kinds_named_in, lay_out
from projections.facts.table import lay, select
from projections.submissions.handed_in import HandedIn, handed_in

READ_MODELS = ("handed_in", "weighed", "side_by_side", "section_mean", "criterion_met")
FAR = 2  # levels apart: a difference to talk about
OVERALL = "all"


class Mean(Frozen):
    """The scores of some descriptors: how many, their mean to two decimals, and the range."""

    n: int
    mean: float | None
    low: int | None
    high: int | None


class SectionMeans(Frozen):
    """One section, or all of them, and each area's scores in it."""

    section: str
    title: str
    areas: dict[str, Mean]


class Criterion(Frozen):
    """A minimum score: whether it is met, and what is missing to it; null without a score."""

    item: str
    label: str
    score: int | None
    minimum: int
    met: bool | None
    shortfall: int | None


class Autonomy(Frozen):
    """How an area stands to every minimum score; `all_met` is null while a score is missing."""

    title: str
    status: str
    met: int
    of: int
    all_met: bool | None
    criteria: tuple[Criterion, ...]


class Choice(Frozen):
    """Whether the descriptors an area chose obey the guide's rule for choosing."""

    priorities: tuple[str, ...]
    data_model: int | None
    verdict: Literal["obeys", "does not obey", "cannot be checked"]
    because: str


class Comparison(Frozen):
    """Two areas side by side.

    `scores` are by descriptor, in the order of the areas, and null where missing.
    `shared_priorities` are by permission, and null where one of the two did not say yes to it.
    `guide` is that of the first area; where the other used another edition, only what both ask in
    the same words is compared, `editions` says so, and `reworded` have levels in other words.
    """

    areas: tuple[str, str]
    year: int
    guide: str
    sections: tuple[SectionMeans, ...]
    scores: dict[str, tuple[int | None, int | None]]
    differ_by_two: tuple[str, ...]
    equal: tuple[str, ...]
    higher: dict[str, tuple[str, ...]]
    missing: dict[str, tuple[str, ...]]
    earned_autonomy: dict[str, Autonomy]
    selection_rule: dict[str, Choice]
    shared_priorities: dict[str, tuple[str, ...] | None]
    reworded: tuple[str, ...] = ()
    editions: str | None = None


def compare(log: Log, first: str, second: str, year: int) -> Comparison:
    """Two areas' submissions of one year.

    Raises:
        Refused: one of them handed nothing in, both are the same area, or their guides differ.
    """
    pair = (handed_in(log, first, year), handed_in(log, second, year))
    if pair[0].id == pair[1].id:
        raise Refused(f"{first} and {second} are the same area. Name two areas.")
    guide, other = pair[0].guide, pair[1].guide
    alike = equal_items(guide, other)
    if not alike:
        raise Refused(
            f"{pair[0].area} used {guide.id} and {pair[1].area} used {other.id}: their scores do "
            f"not mean the same. Compare areas that used one guide."
        )
    return _compared(log, pair, guide, alike)


def _compared(
    log: Log, pair: tuple[HandedIn, HandedIn], guide: Guide, alike: dict[str, bool]
) -> Comparison:
    ask = _asked(log, pair, guide, alike)
    areas = (pair[0].area, pair[1].area)
    reworded, editions = _editions(pair, alike)
    rows = ask("SELECT * FROM side_by_side ORDER BY place")

    apart = {row["item"]: row["difference"] for row in rows if row["difference"] is not None}
    return Comparison(
        areas=areas,
        year=pair[0].year,
        guide=guide.id,
        sections=_sections(ask("SELECT * FROM section_mean"), areas, guide),
        scores={row["item"]: (row["one"], row["other"]) for row in rows},
        differ_by_two=tuple(item for item, by in apart.items() if abs(by) >= FAR),
        equal=tuple(item for item, by in apart.items() if by == 0),
        higher={
            areas[0]: tuple(item for item, by in apart.items() if by < 0),
            areas[1]: tuple(item for item, by in apart.items() if by > 0),
        },
        missing={
            area: tuple(row["item"] for row in rows if row[side] is None)
            for area, side in zip(areas, ("one", "other"), strict=True)
        },
        earned_autonomy=_autonomy(ask("SELECT * FROM criterion_met ORDER BY place"), areas, guide),
        selection_rule={each.area: choice(each) for each in pair} if guide.selection else {},
        shared_priorities=_shared(pair, guide),
        reworded=reworded,
        editions=editions,
    )


def _editions(
    pair: tuple[HandedIn, HandedIn], alike: dict[str, bool]
) -> tuple[tuple[str, ...], str | None]:
    """The items whose levels are worded differently, and what two guides mean for a comparison."""
    guides = [each.guide for each in pair]
    if guides[0].id == guides[1].id:
        return (), None
    reworded = tuple(item for item, same in alike.items() if not same)
    words = f" The levels of {len(reworded)} of them are worded differently." if reworded else ""
    asked = f"{len(alike)} descriptors that both ask in the same words are compared."
    used = [f"{each.area} used {each.guide.id}" for each in pair]
    return reworded, f"{' and '.join(used)}: the {asked}{words}"


def _asked(log: Log, pair: tuple[HandedIn, HandedIn], guide: Guide, alike: Collection[str]) -> Any:
    db = facts_of(log, pair[0].id, pair[1].id, kinds=kinds_named_in(READ_MODELS))
    text, number = "VARCHAR", "BIGINT"
    lay(
        db,
        "compared",
        {"assessment": "UUID", "side": number},
        [
            {"assessment": str(submission.id), "side": side}
            for side, submission in enumerate(pair, start=1)
        ],
    )
    lay(
        db,
        "asked",
        {"place": number, "item": text, "section": text},
        [
            {"place": place, "item": item, "section": guide.section_of(item).id}
            for place, item in enumerate(guide.descriptors)
            if item in alike
        ],
    )
    criteria = guide.thresholds.criteria if guide.thresholds else ()
    lay(
        db,
        "criterion",
        {"place": number, "item": text, "minimum": number},
        [
            {"place": place, "item": criterion.item, "minimum": criterion.minimum}
            for place, criterion in enumerate(criteria)
            if criterion.item in alike
        ],
    )
    lay_withheld(db, log, [submission.id for submission in pair])
    lay_alternatives(db, guide)
    lay_out(db, READ_MODELS)
    return lambda sql: select(db, sql)


def _sections(
    rows: list[dict[str, Any]], areas: tuple[str, str], guide: Guide
) -> tuple[SectionMeans, ...]:
    by_section = {(row["section"], row["side"]): row for row in rows}
    titles = {s.id: s.title for s in guide.sections if (s.id, 1) in by_section}
    return tuple(
        SectionMeans(
            section=name or OVERALL,
            title=title,
            areas={
                area: Mean(**{key: by_section[name, side][key] for key in Mean.model_fields})
                for side, area in enumerate(areas, start=1)
            },
        )
        for name, title in (*titles.items(), (None, "All sections"))
    )


def _autonomy(
    rows: list[dict[str, Any]], areas: tuple[str, str], guide: Guide
) -> dict[str, Autonomy]:
    rule = guide.thresholds
    if rule is None:
        return {}
    by_area = {}
    for side, area in enumerate(areas, start=1):
        criteria = tuple(
            Criterion(
                label=guide.items[row["item"]].label or guide.items[row["item"]].statement,
                **{key: row[key] for key in ("item", "score", "minimum", "met", "shortfall")},
            )
            for row in rows
            if row["side"] == side
        )
        met = [criterion.met for criterion in criteria]
        by_area[area] = Autonomy(
            title=rule.title,
            status=rule.status,
            met=met.count(True),
            of=len(criteria),
            all_met=None if None in met else all(met),
            criteria=criteria,
        )
    return by_area


def choice(submission: HandedIn) -> Choice:
    """Whether an area's choice obeys its guide's rule; a blank is never a pass."""
    blank = [
        name
        for name, missing in (
            ("the data model", submission.data_model is None),
            ("the choice of descriptors", not submission.priorities),
        )
        if missing
    ]
    warnings = selection_warnings(submission.guide, submission.priorities, submission.data_model)
    verdict: Literal["obeys", "does not obey", "cannot be checked"]
    if blank:
        verdict, because = "cannot be checked", f"The form leaves {' and '.join(blank)} blank."
    elif warnings:
        verdict, because = "does not obey", " ".join(warnings)
    else:
        verdict, because = (
            "obeys",
            f"It is what the guide asks for of data model {submission.data_model}.",
        )
    return Choice(
        priorities=submission.priorities,
        data_model=submission.data_model,
        verdict=verdict,
        because=because,
    )


def _shared(pair: tuple[HandedIn, HandedIn], guide: Guide) -> dict[str, tuple[str, ...] | None]:
    """The priorities that both chose, for each permission that both gave."""
    both = tuple(item for item in pair[0].priorities if item in pair[1].priorities)
    return {
        permission.id: both
        if all(submission.permissions.get(permission.id) is True for submission in pair)
        else None
        for permission in guide.permissions
        if "priority_descriptors" in permission.scope
    }
