"""`ehsg demo`: a whole assessment rehearsed through the same code as real use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from bots import terminal
from bots.cli import answers, show, tables
from bots.cli.desk import AsJson, desk_of, only_one, print_json
from ehsg_events import calendar
from ehsg_events.kernel import Stamp
from guides import library

if TYPE_CHECKING:
    from bots.rehearsal.cast import Player
    from bots.rehearsal.clock import Clock
    from bots.rehearsal.stage import Door, Stage
    from ehsg_events.application import Log
    from ehsg_events.progress import Situation

FOLDER = Path("demo-data")
SEED = 2022
GUIDE = "ehsg-2022@1"
NEWCOMER = "voluntary-sector-alliance-1"
WHY = "9.5"


def register(app: typer.Typer) -> None:
    """Add this command."""
    app.command("demo")(demo)


def demo(
    context: typer.Context,
    seed: Annotated[int, typer.Option(help="What the invented people's answers follow.")] = SEED,
    *,
    chat: Annotated[bool, typer.Option("--chat", help="Take one person's place.")] = False,
    as_json: AsJson = False,
) -> None:
    """Rehearse a whole two-round assessment with thirty invented people, on a simulated clock."""
    desk = desk_of(context)
    desk.folder = desk.folder or FOLDER
    with only_one(desk.folder, "demo"), _stage(desk.log, seed, chat=chat) as (stage, say):
        stage.run()
        say("")
    _show_what_came_out(context, desk.folder, stage, as_json=as_json)


@contextmanager
def _stage(log: Log, seed: int, *, chat: bool) -> Iterator[tuple[Stage, Callable[[str], None]]]:
    """Everything the rehearsal needs: a workspace, an app, an outbox, flows, and its players."""
    from bots.outbox import Outbox
    from bots.rehearsal.cast import TEAM, Cast
    from bots.rehearsal.clock import Clock
    from bots.rehearsal.doors import SlackDoor, TerminalDoor
    from bots.rehearsal.stage import Stage, last_moment, next_rehearsal
    from bots.slack.app import build_app, web_client
    from bots.slack.loopback import Workspace
    from bots.slack.person import in_process
    from bots.slack.settings import Settings
    from bots.slack.speaker import Speaker
    from flows.clockwork import clockwork

    name = next_rehearsal(log, seed)
    clock = Clock(last_moment(log, name))
    mark = name.hex[:8].upper()
    cast = Cast(seed, library.guide(GUIDE).guide, mark, NEWCOMER if chat else None)
    memory = log.folder / f"slack-{name}.jsonl"
    with (
        Workspace(TEAM, lambda: clock().timestamp(), memory) as workspace,
        _bar() as (bar, say),
        clockwork(log.folder, say) as works,
    ):
        settings = Settings(
            mode="http",
            bot_token=workspace.token,
            signing_secret=workspace.signing_secret,
            api_url=workspace.url,
        )
        slack = SlackDoor(workspace, in_process(build_app(log, settings, clock)))
        desk_top = TerminalDoor(log, name, clock)
        outbox = Outbox(log, Speaker(web_client(settings)), clock)

        def door(player: Player) -> Door:
            return slack if player.member.slack else desk_top

        def deliver() -> None:
            while outbox.deliver() or _wait_out(outbox.in_doubt_until, clock):
                pass

        def tell(day: date, now: Situation) -> None:
            bar(day, now)

        yield (
            Stage(log, cast, name, clock, works.tick, door, deliver, tell, _chat(log, name, clock)),
            say,
        )


def _wait_out(until: datetime | None, clock: Clock) -> bool:
    """After a kill some messages are in doubt for the time of a lease: let that time pass."""
    if until is None:
        return False
    clock.forward(until)
    return True


@contextmanager
def _bar() -> Iterator[tuple[Callable[[date, Situation], None], Callable[[str], None]]]:
    """Live progress: a line for each day on which something happened, and a bar below."""
    out = Console(stderr=True, highlight=False)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=out, transient=True) as progress:
        task = progress.add_task("Setting the stage", total=18)
        said = {""}

        def tell(day: date, now: Situation) -> None:
            line = _day_in_words(now)
            progress.update(task, advance=1, description=calendar.say_day(day))
            if line not in said:
                said.add(line)
                out.print(f"{calendar.say_day(day):<30} {line}")

        def say(line: str) -> None:
            progress.update(task, description=line[:70])

        yield tell, say


def _day_in_words(now: Situation) -> str:
    if now.assessment.signed_off is not None:
        moderated = sum(outcome.moderated for outcome in now.outcomes.values())
        dissent = sum(len(outcome.dissent) for outcome in now.outcomes.values())
        return (
            f"The coordinator settled {moderated} descriptors, {dissent} people dissent, and the "
            f"{now.assessment.signed_off.signed_as} signed it off."
        )
    newest = now.rounds[-1]
    here = [now.interviews[newest.number, person] for person in newest.invited]
    done = sum(interview.completed for interview in here)
    reminders = sum(len(kinds) for kinds in newest.reminded.values())
    if newest.measured is not None:
        left = newest.measured.unsettled
        return (
            f"Round {newest.number} closed: {len(newest.measured.settled)} descriptors agreed, "
            f"{len(left)} not. Next: {newest.measured.then}."
        )
    return f"Round {newest.number}: {done} of {len(here)} people done, {reminders} reminders sent."


def _chat(log: Log, assessment: UUID, clock: Clock) -> Callable[[str], None]:
    """The newcomer's own interview, on the simulated day it is."""

    def chat(person: str) -> None:
        def stamp(cause: str) -> Stamp:
            at = clock.step()
            return Stamp(
                at=at,
                by=person,
                role="stakeholder",
                surface="terminal",
                cause=cause,
                key=f"{assessment}/{person}/{at.isoformat()}/{cause}",
            )

        print("\nIt is your turn: you play a community development worker. Say pause to stop.")
        terminal.interview(log, stamp, assessment, person, answers.keyboard(), answers.say)

    return chat


def _show_what_came_out(
    context: typer.Context, folder: Path, stage: Stage, *, as_json: bool
) -> None:
    from projections import queries

    name = str(stage.assessment)
    view = show.view_of(context, name, None)
    places = {kind: folder / f"report.{kind}" for kind in ("html", "md")}
    for kind, place in places.items():
        show.write_report(view, kind, place)
    if as_json:
        reports = {kind: str(place) for kind, place in places.items()}
        print_json({"assessment": name, "data": str(folder), "report": reports})
        return
    tables.show_results(queries.results(view))
    print()
    tables.show_why(queries.why(view, WHY), most=12)
    print(NEXT.format(report=places["html"], data=folder, item=WHY))


NEXT = """
The report: {report}

What to type next:
  ./ehsg --data {data} results                 the table above, and --json for programs
  ./ehsg --data {data} why {item}                 the whole walk back, to the words
  ./ehsg --data {data} trail | less            every fact in order
  ./ehsg --data {data} results --as-of 2026-10-20   as it stood after the first round
  ./ehsg demo --chat                           take one person's place"""
