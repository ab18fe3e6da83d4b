"""`ehsg rehearse`: the coming round with the real panel and policy, on a simulated clock."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bots.cli.command import Command
from bots.cli.context import AsJson, Run, run_of
from bots.cli.files import upload
from bots.cli.printing import print_json, warn
from bots.operations.writable import writable
from bots.phrases.labels import counted
from bots.phrases.pages import rehearsal as phrases

if TYPE_CHECKING:
    from uuid import UUID

    from bots.rehearsed import Forecast
    from ehsg_events.values.policy import Policy


SEED = 1


def rehearse(
    context: typer.Context,
    which: Annotated[
        str | None, typer.Argument(metavar="[ASSESSMENT]", help="Its id or the beginning of it.")
    ] = None,
    seed: Annotated[int, typer.Option(help="What chance follows from.")] = SEED,
    silent: Annotated[float, typer.Option(help="The share who never answer.", min=0, max=1)] = 0.2,
    rules: Annotated[
        Path | None, typer.Option(help="Try the policy of this rules file out.")
    ] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Try the coming round out before anybody is written to: messages, load, coverage, rules."""
    run = run_of(context)
    if not writable(os.environ) and not as_json:
        warn([phrases.NOBODY_WRITES])
    forecast = _forecast(run, run.assessment(which), seed, silent, _policy(rules))
    if as_json:
        print_json(forecast.model_dump(mode="json"))
    else:
        print("\n".join(said(forecast)))


def _policy(rules: Path | None) -> Policy | None:
    from ehsg_events.policy.rules_file import read_rules

    return read_rules(upload(rules).text(), rules.name).policy if rules else None


def _forecast(
    run: Run, assessment: UUID, seed: int, silent: float, policy: Policy | None
) -> Forecast:
    """Rehearse on a copy that is deleted afterwards; the log itself is only read."""
    from bots.rehearsal.guesses import Guess
    from bots.rehearsal.rehearsing import rehearsed

    with _days_passing() as show_day:
        guess, surfaces = Guess(seed, silent), writable(os.environ)
        return rehearsed(run.log, assessment, guess, datetime.now(UTC), surfaces, policy, show_day)


@contextmanager
def _days_passing() -> Iterator[Callable[[datetime], None]]:
    """Show the simulated day on a line that disappears when the rehearsal is over."""
    from rich.console import Console

    with Console(stderr=True).status("Rehearsing") as status:
        yield lambda at: status.update(f"Rehearsing {at:%A} {at.day} {at:%B %Y}")


def said(forecast: Forecast) -> Iterator[str]:
    """A rehearsal in words, to be read before the round is launched."""
    yield phrases.headline(forecast)
    yield from _days(forecast)
    yield f"\n{phrases.busiest(forecast)}"
    if forecast.letters:
        yield "By e-mail:"
        for person, number in forecast.letters.items():
            yield f"  {person} gets {counted(number, 'letter')}"
    yield phrases.work(forecast)
    yield "\nLikely to finish, by agency:"
    for agency, (finished, asked) in forecast.by_agency.items():
        yield f"  {agency}: {finished} of {asked}"
    yield from (f"\n{line}" for line in phrases.stuck(forecast))
    yield "\nWhat the policy did:"
    yield from (f"  {line}" for line in phrases.policy(forecast))


def _days(forecast: Forecast) -> Iterator[str]:
    yield "\nDay by day:"
    for day in forecast.days:
        yield f"  {day.said}: {phrases.sent(day) or 'no message'}"
        if day.letters:
            yield f"    By e-mail: {', '.join(_to_each(day.letters))}."
        for task in day.work:
            yield f"    You: {task}."


def _to_each(letters: Mapping[str, int]) -> Iterator[str]:
    for person, number in letters.items():
        yield person if number == 1 else f"{person} ({number})"


COMMANDS = {
    "rehearse": Command(rehearse, "ehsg rehearse --silent 0.3"),
}
