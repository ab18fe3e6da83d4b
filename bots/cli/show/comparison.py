"""A comparison of two areas on a terminal: tables and sentences, words before numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from bots.cli.show.tables import console, draw

if TYPE_CHECKING:
    from projections.submissions.comparison import Autonomy, Comparison, Mean


def show_comparison(comparison: Comparison) -> None:
    """Show means by section, differences, minimum scores, and the choice of priorities."""
    if comparison.editions:
        console().print(Text(comparison.editions))
    draw(_means(comparison))
    for sentence in _differences(comparison):
        console().print(Text(sentence))
    for area, autonomy in comparison.earned_autonomy.items():
        draw(_criteria(area, autonomy))
    for sentence in (*_choices(comparison), *_shared(comparison)):
        console().print(Text(sentence))


def _means(comparison: Comparison) -> Table:
    areas = " and ".join(comparison.areas)
    title = f"{areas}, {comparison.year} ({comparison.guide}): mean score, n, range"
    table = Table(title=Text(title, style="bold"), title_justify="left", pad_edge=False)
    table.add_column("Section")
    for area in comparison.areas:
        table.add_column(Text(area), justify="right")
    for row in comparison.sections:
        table.add_row(Text(row.title), *(_mean(row.areas[area]) for area in comparison.areas))
    return table


def _mean(mean: Mean) -> str:
    if mean.mean is None:
        return "no scores"
    return f"{mean.mean:.2f}  n {mean.n}  {mean.low}-{mean.high}"


def _listed(items: Sequence[str]) -> str:
    return ", ".join(items) or "none"


def _differences(comparison: Comparison) -> list[str]:
    return [
        f"Two or more apart: {_listed(comparison.differ_by_two)}",
        *(f"{area} is higher on: {_listed(items)}" for area, items in comparison.higher.items()),
        f"Equal: {len(comparison.equal)} ({_listed(comparison.equal)})",
        *(f"{area} has no score for: {_listed(m)}" for area, m in comparison.missing.items() if m),
        "",
    ]


def _criteria(area: str, autonomy: Autonomy) -> Table:
    title = f"{area}: {autonomy.title} ({autonomy.status}): {autonomy.met} of {autonomy.of} met"
    table = Table(title=Text(title, style="bold"), title_justify="left", pad_edge=False)
    for column in ("Item", "", "Score", "Minimum", "Met"):
        table.add_column(column)
    for criterion in autonomy.criteria:
        met = (
            "cannot be checked, no score"
            if criterion.met is None
            else "yes"
            if criterion.met
            else f"no, {criterion.shortfall} short"
        )
        score = "–" if criterion.score is None else str(criterion.score)
        label = Text(criterion.label, overflow="ellipsis", no_wrap=True)
        table.add_row(criterion.item, label, score, str(criterion.minimum), met)
    return table


def _choices(comparison: Comparison) -> list[str]:
    return [
        f"{area} chose {_listed(choice.priorities)}, data model "
        f"{'blank' if choice.data_model is None else choice.data_model}: {choice.verdict}. "
        f"{choice.because}"
        for area, choice in comparison.selection_rule.items()
    ]


def _shared(comparison: Comparison) -> list[str]:
    return [
        f"Shared priorities, as {recipient} may see them: "
        + ("not shown, one of the two did not say yes" if items is None else _listed(items))
        for recipient, items in comparison.shared_priorities.items()
    ]
