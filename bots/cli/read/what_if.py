"""`ehsg what-if`: the closed rounds under another rule, or by some of the answers; nothing is written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bots.cli.command import Command
from bots.cli.context import AsJson, AsOf, Which, view_of
from bots.cli.files import upload
from bots.cli.printing import print_json

if TYPE_CHECKING:
    from ehsg_events.values.policy import Rule
    from projections.results.what_if import Stands, WhatIf


OWN = "otherwise as the rule has it"


Share = Annotated[float | None, typer.Option(help=f"A share such as 0.8; {OWN}.")]


def what_if(
    context: typer.Context,
    rule: Annotated[
        Path | None, typer.Option("--rule", help="A rules file, whose rule is supposed.")
    ] = None,
    weights: Annotated[str | None, typer.Option(help="people or agencies.")] = None,
    agreed_share: Share = None,
    camp_share: Share = None,
    minority_share: Share = None,
    quorum_scores: Annotated[int | None, typer.Option(help=f"Scores; {OWN}.")] = None,
    quorum_invited: Share = None,
    quorum_agencies: Share = None,
    without: Annotated[
        list[str] | None, typer.Option("--without", help="An agency left out; may be repeated.")
    ] = None,
    as_of: AsOf = None,
    which: Which = None,
    *,
    blind_only: Annotated[
        bool, typer.Option("--blind-only", help="Only answers given without the group's figures.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show how the closed rounds would stand if something else were so; nothing is written."""
    from projections.results import what_if as read_model

    view = view_of(context, which, as_of)
    laid_over = {
        "weights": weights,
        "agreed_share": agreed_share,
        "camp_share": camp_share,
        "minority_share": minority_share,
        "quorum_scores": quorum_scores,
        "quorum_invited": quorum_invited,
        "quorum_agencies": quorum_agencies,
    }
    supposed = read_model.If(
        rule=_supposed(view.state.rule, rule, laid_over),
        without=tuple(without or ()),
        blind_only=blind_only,
    )
    found = read_model.what_if(view, supposed)
    if as_json:
        print_json(found.model_dump(mode="json"))
    else:
        _show(found)


def _supposed(own: Rule, file: Path | None, laid_over: dict[str, Any]) -> Rule:
    """The rule of a file, or the assessment's own, with other numbers laid over it."""
    from ehsg_events.policy.rules_file import other_rule, read_rule

    rule = own if file is None else read_rule(upload(file).text(), file.name)
    return other_rule(rule, {name: given for name, given in laid_over.items() if given is not None})


def _show(found: WhatIf) -> None:
    from rich.table import Table
    from rich.text import Text

    from bots.cli.show.console import draw

    print(found.sentence)
    table = Table(pad_edge=False)
    for column in ("", "Item", "", "As it is", "If it were so", "Outcome"):
        table.add_column(column)
    for one in found.descriptors:
        table.add_row(
            "differs" if one.differs else "",
            one.item,
            Text(one.label, overflow="ellipsis", no_wrap=True),
            _said(one.stands),
            _said(one.would),
            "–" if one.outcome is None else str(one.outcome),
        )
    draw(table)


def _said(stands: Stands) -> str:
    from projections.figures.agreement import VERDICTS

    middle = "–" if stands.median is None else f"{stands.median:g}"
    adopts = "" if stands.adopts is None else f", adopts {stands.adopts}"
    return f"{middle} ({VERDICTS[stands.verdict]}, n {stands.n}){adopts}"


COMMANDS = {
    "what-if": Command(what_if, "ehsg what-if --without Police --blind-only"),
}
