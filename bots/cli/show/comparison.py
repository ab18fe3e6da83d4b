"""How a comparison of two areas looks on a terminal: tables and sentences, words before numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from bots.cli.show.console import console, draw

if TYPE_CHECKING:
    from projections.submissions.comparison import Autonomy, Comparison, Mean


def show_comparison(found: Comparison) -> None:
    """Means by section, differences, minimum scores, and the choice of priorities."""
    draw(_means(found))
    for sentence in _differences(found):
        console().print(Text(sentence))
    for area, autonomy in found.earned_autonomy.items():
        draw(_criteria(area, autonomy))
    for sentence in (*_choices(found), *_shared(found)):
        console().print(Text(sentence))


def _means(found: Comparison) -> Table:
    title = f"{' and '.join(found.areas)}, {found.year} ({found.guide}): mean score, n, range"
    table = Table(title=Text(title, style="bold"), title_justify="left", pad_edge=False)
    table.add_column("Section")
    for area in found.areas:
        table.add_column(Text(area), justify="right")
    for row in found.sections:
        table.add_row(Text(row.title), *(_mean(row.areas[area]) for area in found.areas))
    return table


def _mean(mean: Mean) -> str:
    if mean.mean is None:
        return "no scores"
    return f"{mean.mean:.2f}  n {mean.n}  {mean.low}-{mean.high}"


def _listed(items: Sequence[str]) -> str:
    return ", ".join(items) or "none"


def _differences(found: Comparison) -> list[str]:
    return [
        f"Two or more apart: {_listed(found.differ_by_two)}",
        *(f"{area} is higher on: {_listed(items)}" for area, items in found.higher.items()),
        f"Equal: {len(found.equal)} ({_listed(found.equal)})",
        *(f"{area} has no score for: {_listed(m)}" for area, m in found.missing.items() if m),
        "",
    ]


def _criteria(area: str, found: Autonomy) -> Table:
    title = f"{area}: {found.title} ({found.status}): {found.met} of {found.of} met"
    table = Table(title=Text(title, style="bold"), title_justify="left", pad_edge=False)
    for column in ("Item", "", "Score", "Minimum", "Met"):
        table.add_column(column)
    for one in found.criteria:
        met = (
            "cannot be checked, no score"
            if one.met is None
            else "yes"
            if one.met
            else f"no, {one.shortfall} short"
        )
        score = "–" if one.score is None else str(one.score)
        label = Text(one.label, overflow="ellipsis", no_wrap=True)
        table.add_row(one.item, label, score, str(one.minimum), met)
    return table


def _choices(found: Comparison) -> list[str]:
    return [
        f"{area} chose {_listed(one.priorities)}, data model "
        f"{'blank' if one.data_model is None else one.data_model}: {one.verdict}. {one.because}"
        for area, one in found.selection_rule.items()
    ]


def _shared(found: Comparison) -> list[str]:
    return [
        f"Shared priorities, as {recipient} may see them: "
        + ("not shown, one of the two did not say yes" if items is None else _listed(items))
        for recipient, items in found.shared_priorities.items()
    ]
