"""`ehsg policy`: how rounds are timed, shown in sentences and chosen for the rounds to come."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from bots.cli.desk import AsJson, Desk, Which, desk_of, tell, text_of, warn
from bots.cli.standing import situation
from ehsg_events.commands import planning
from ehsg_events.policy.rules_file import read_policy, say_policy
from ehsg_events.states.situation import Situation

policies = typer.Typer(help="Show how rounds are timed, and choose it.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.add_typer(policies, name="policy")


@policies.command("show")
def show_policy(context: typer.Context, which: Which = None, *, as_json: AsJson = False) -> None:
    """Say how rounds are timed, whom they chase and what they show."""
    desk = desk_of(context)
    _tell(desk, which, as_json=as_json)


@policies.command("choose")
def choose_policy(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="YAML, with a policy; the rule stays as it is.")],
    which: Which = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Choose how the rounds to come are timed; one that is open keeps its own."""
    desk = desk_of(context)
    name = desk.assessment(which)
    policy = read_policy(text_of(file), file.name, situation(desk, name).assessment.rule)
    planning.choose_policy(desk.log, desk.stamp("ehsg policy choose"), name, policy)
    _tell(desk, which, as_json=as_json)


def _tell(desk: Desk, which: str | None, *, as_json: bool) -> None:
    name = desk.assessment(which)
    now = situation(desk, name)
    warn(_kept(now))
    sentences, policy = list(say_policy(now.assessment.policy)), now.assessment.policy
    document: dict[str, Any] = {
        "assessment": str(name),
        "policy": policy.model_dump(mode="json"),
        "sentences": sentences,
    }
    tell("\n".join(sentences), document, as_json=as_json)


def _kept(now: Situation) -> list[str]:
    """A note when the round that is open has another policy than the rounds to come."""
    one = now.newest
    if one is None or one.closed or one.policy == now.assessment.policy:
        return []
    return [f"Round {one.number} is open, and keeps the policy it was opened with."]
