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
    from projections.results.what_if import Otherwise, Stands, WhatIf


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
        bool,
        typer.Option(
            "--blind-only", help="Only each person's answers before they learned how others answer."
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show how the closed rounds would stand if something else were so; nothing is written."""
    from projections.results import what_if as read_model

    view = view_of(context, which, as_of)
    overrides = {
        "weights": weights,
        "agreed_share": agreed_share,
        "camp_share": camp_share,
        "minority_share": minority_share,
        "quorum_scores": quorum_scores,
        "quorum_invited": quorum_invited,
        "quorum_agencies": quorum_agencies,
    }
    supposed = read_model.If(
        rule=_supposed(view.state.rule, rule, overrides),
        without=tuple(without or ()),
        blind_only=blind_only,
    )
    compared = read_model.what_if(view, supposed)
    if as_json:
        print_json(compared.model_dump(mode="json"))
    else:
        _show(compared)


def _supposed(own: Rule, file: Path | None, overrides: dict[str, Any]) -> Rule:
    """The rule of a file, or the assessment's own, with the numbers that are supposed instead."""
    from ehsg_events.policy.rules_file import other_rule, read_rule

    rule = own if file is None else read_rule(upload(file).text(), file.name)
    return other_rule(rule, {name: given for name, given in overrides.items() if given is not None})


def _show(compared: WhatIf) -> None:
    from rich.table import Table
    from rich.text import Text

    from bots.cli.show.tables import draw

    print(compared.sentence)
    table = Table(pad_edge=False)
    for column in ("", "Item", "", "As it is", "If it were so", "Outcome"):
        table.add_column(column)
    for descriptor in compared.descriptors:
        table.add_row(
            "differs" if descriptor.differs else "",
            descriptor.item,
            Text(descriptor.label, overflow="ellipsis", no_wrap=True),
            _standing(descriptor.stands),
            _standing(descriptor.would),
            _outcome(descriptor),
        )
    draw(table)


def _outcome(descriptor: Otherwise) -> str:
    """The score that stands in fact; why it is no weakness, instead of a score that is none."""
    score = "–" if descriptor.outcome is None else str(descriptor.outcome)
    return descriptor.not_needed or score


def _standing(stands: Stands) -> str:
    from projections.figures.agreement import VERDICTS

    middle = "–" if stands.median is None else f"{stands.median:g}"
    adopts = "" if stands.adopts is None else f", adopts {stands.adopts}"
    if stands.not_needed:
        return f"{VERDICTS[stands.verdict]}, n {stands.n}, not needed"
    return f"{middle} ({VERDICTS[stands.verdict]}, n {stands.n}){adopts}"


COMMANDS = {
    "what-if": Command(what_if, "ehsg what-if --without Police --blind-only"),
}
