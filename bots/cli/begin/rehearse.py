"""`ehsg rehearse`: the coming round with the real panel and policy, on a simulated clock."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from bots.cli.command import Command
from bots.cli.context import AsJson, Run, run_of
from bots.cli.files import upload
from bots.cli.printing import print_json, warn
from bots.operations.writable import writable
from bots.phrases.labels import counted, round_kind
from bots.rehearsal.in_words import messages
from ehsg_events.reminders.reminders import SPARED
from ehsg_events.rounds.milestones import say_milestone
from ehsg_events.values.address import WRITABLE

if TYPE_CHECKING:
    from uuid import UUID

    from bots.rehearsal.forecast import Foreseen
    from ehsg_events.values.policy import Policy


SEED, SENT = 1, "sent"
NOBODY_WRITES = (
    "Neither Slack nor mail is set up here, so nobody is written to. Until one is, every message "
    "below is for you to give by hand."
)


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
        warn([NOBODY_WRITES])
    forecast = _foreseen(run, run.assessment(which), seed, silent, _policy(rules))
    if as_json:
        print_json(forecast.model_dump(mode="json"))
    else:
        print("\n".join(said(forecast)))


def _policy(rules: Path | None) -> Policy | None:
    from ehsg_events.policy.rules_file import read_rules

    return read_rules(upload(rules).text(), rules.name).policy if rules else None


def _foreseen(
    run: Run, assessment: UUID, seed: int, silent: float, policy: Policy | None
) -> Foreseen:
    """Rehearse on a copy that is deleted afterwards; the log itself is only read."""
    from bots.rehearsal.clock import Clock
    from bots.rehearsal.coming_round import Coming, SilentSender, as_if_there
    from bots.rehearsal.copying import copy_of
    from bots.rehearsal.forecast import foreseen
    from bots.rehearsal.guesses import Guess

    with TemporaryDirectory(prefix="ehsg-rehearsal-") as folder, _days_passing() as show_day:
        clock, guess = Clock(datetime.now(UTC)), Guess(seed, silent)
        copied = copy_of(run.log, assessment, Path(folder), guess)
        surfaces = sorted(
            writable(os.environ) or WRITABLE
        )  # as if all were, where nothing is set up
        senders = [SilentSender(clock, surface) for surface in surfaces]
        coming = Coming(copied, assessment, clock, guess, senders, show_day, as_if_there)
        try:
            return foreseen(coming, senders, coming.run(policy))
        finally:
            copied.close()


@contextmanager
def _days_passing() -> Iterator[Callable[[datetime], None]]:
    """Show the simulated day on a line that disappears when the rehearsal is over."""
    from rich.console import Console

    with Console(stderr=True).status("Rehearsing") as status:
        yield lambda at: status.update(f"Rehearsing {at:%A} {at.day} {at:%B %Y}")


def said(forecast: Foreseen) -> Iterator[str]:
    """A rehearsal in words, to be read before the round is launched."""
    kind = round_kind(forecast.kind)
    yield (
        f"Round {forecast.round} ({kind}), rehearsed and not sent: it opens at "
        f"{forecast.opened} and closes at {forecast.closes}. {forecast.finished} of "
        f"{counted(forecast.invited, 'person')} would finish."
    )
    yield from _days(forecast)
    most = max(forecast.per_person.values(), default=0)
    busiest = [person for person, number in forecast.per_person.items() if number == most]
    yield (
        f"\nAt most {counted(most, 'message')} to one person unasked for: to {_some(busiest)}."
        if most
        else "\nNo message goes to anybody who is asked."
    )
    if forecast.letters:
        yield "By e-mail:"
        for person, number in forecast.letters.items():
            yield f"  {person} gets {counted(number, 'letter')}"
    busy = [len(day.work) for day in forecast.days if day.work]
    yield f"The coordinator has {counted(sum(busy), 'thing')} to do, on {counted(len(busy), 'day')}."
    yield "\nLikely to finish, by agency:"
    for agency, (finished, asked) in forecast.by_agency.items():
        yield f"  {agency}: {finished} of {asked}"
    yield from _quorum(forecast)
    yield "\nWhat the policy did:"
    for milestone, counts in forecast.rules.items():
        spared = [f"{times} not: {SPARED[rule]}" for rule, times in counts.items() if rule != SENT]
        what = say_milestone(milestone)
        given = f"{counts.get(SENT, 0)} given"
        yield f"  {what[:1].upper()}{what[1:]}: {'; '.join([given, *spared])}."


def _days(forecast: Foreseen) -> Iterator[str]:
    yield "\nDay by day:"
    for day in forecast.days:
        sent = ", ".join(messages(kind, number) for kind, number in day.messages.items())
        yield f"  {day.said}: {sent or 'no message'}"
        if day.letters:
            yield f"    By e-mail: {', '.join(_to_each(day.letters))}."
        for task in day.work:
            yield f"    You: {task}."


def _to_each(letters: Mapping[str, int]) -> Iterator[str]:
    for person, number in letters.items():
        yield person if number == 1 else f"{person} ({number})"


def _quorum(forecast: Foreseen) -> Iterator[str]:
    if forecast.never_quorum:
        yield (
            f"\nNo quorum even if everybody answers: {', '.join(forecast.never_quorum)}. Ask more "
            f"people about them, or moderate them from the start."
        )
    if forecast.no_quorum:
        yield f"\nWithout quorum in this rehearsal: {', '.join(forecast.no_quorum)}."
    if forecast.to_moderate:
        yield f"\nLeft to moderate afterwards: {', '.join(forecast.to_moderate)}."


def _some(people: list[str]) -> str:
    shown = ", ".join(people[:3])
    return shown if len(people) <= 3 else f"{shown} and {counted(len(people) - 3, 'other')}"


COMMANDS = {
    "rehearse": Command(rehearse, "ehsg rehearse --silent 0.3"),
}
