"""The rehearsal at a terminal: its stage, its live progress, and what came out of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from uuid import UUID

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from bots import terminal
from bots.cli.collect import interview
from bots.cli.read.report import write_report
from bots.cli.show import answers
from bots.rehearsal.cast import TEAM, Cast
from bots.rehearsal.clock import Clock
from bots.rehearsal.stage import REHEARSAL, Stage, last_moment, next_rehearsal
from bots.rehearsal.staging import staged
from bots.rehearsal.surfaces import typed
from bots.slack.loopback.workspace import Workspace
from ehsg_events.dates import calendar
from ehsg_events.kernel import Refused, Stamp
from ehsg_events.log.log import Log
from ehsg_events.states.situation import Situation
from flows.rehearsal import rehearsal_flows
from guides import library
from projections.facts.view import view_at
from projections.results import results

GUIDE = "ehsg-2022@1"
NEWCOMER = "voluntary-sector-alliance-1"
WHY = "9.5"
DAYS = 18  # working days a rehearsal takes, for the bar


def rehearse(log: Log, seed: int, *, chat: bool) -> UUID:
    """Play a rehearsal to its end; one that was killed continues where it stopped.

    Args:
        chat: let the person at the keyboard take one player's place.
    """
    with _stage(log, seed, chat=chat) as stage:
        stage.run()
        return stage.assessment


def refuse_unless_rehearsals(log: Log) -> None:
    """Keep invented people out of a real area's log.

    Raises:
        Refused: the folder holds a real assessment.
    """
    real = [fact.area for _, _, fact in log.assessments() if not fact.area.endswith(REHEARSAL)]
    if real:
        raise Refused(
            f"{log.folder} holds a real assessment, of {real[0]}. A rehearsal needs a folder of "
            f"its own: leave --data out, or name a new one."
        )


@contextmanager
def _stage(log: Log, seed: int, *, chat: bool) -> Iterator[Stage]:
    """A stage with a workspace, the flows, and a board to follow it on."""
    assessment = next_rehearsal(log, seed)
    clock = Clock(last_moment(log))
    mark = assessment.hex[:8].upper()
    cast = Cast(seed, library.guide(GUIDE).guide, mark, NEWCOMER if chat else None)
    memory = log.folder / f"slack-{assessment}.jsonl"
    with (
        Workspace(TEAM, lambda: clock().timestamp(), memory) as workspace,
        _board() as board,
        rehearsal_flows(log.folder, board.say) as flows,
    ):
        chatting = _chat(log, assessment, clock, board)
        yield staged(log, assessment, cast, clock, workspace, flows.tick, board.tell, chatting)


class Board:
    """Live progress: a line for each day on which something happened, and a bar below."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task = progress.add_task("Setting the stage", total=DAYS)
        self._said = {""}

    def tell(self, day: date, situation: Situation) -> None:
        """Show what happened on a day that is over."""
        line, day_in_words = _day_in_words(situation), calendar.say_day(day)
        self._progress.update(self._task, advance=1, description=day_in_words)
        if line not in self._said:
            self._said.add(line)
            self._progress.console.print(f"{day_in_words:<30} {line}")

    def say(self, line: str) -> None:
        """Show what is waited for."""
        self._progress.update(self._task, description=line[:70])

    @contextmanager
    def away(self) -> Iterator[None]:
        """Stop the live display while somebody types."""
        self._progress.stop()
        yield
        self._progress.start()


@contextmanager
def _board() -> Iterator[Board]:
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    out = Console(stderr=True, highlight=False)
    with Progress(*columns, console=out, transient=True) as progress:
        yield Board(progress)


def _day_in_words(situation: Situation) -> str:
    if situation.assessment.signed_off is not None:
        moderated = sum(outcome.moderated for outcome in situation.outcomes.values())
        dissent = sum(len(outcome.dissent) for outcome in situation.outcomes.values())
        return (
            f"The coordinator settled {moderated} descriptors, {dissent} people dissent, and the "
            f"{situation.assessment.signed_off.signed_as} signed it off."
        )
    newest = situation.rounds[-1]
    interviews = [situation.interviews[newest.number, person] for person in newest.invited]
    done = sum(interview.completed for interview in interviews)
    reminders = sum(len(kinds) for kinds in newest.reminded.values())
    if newest.measured is not None:
        left = newest.measured.unsettled
        return (
            f"Round {newest.number} closed: {len(newest.measured.settled)} descriptors agreed, "
            f"{len(left)} not. Next: {newest.measured.then}."
        )
    people = f"{done} of {len(interviews)} people done"
    return f"Round {newest.number}: {people}, {reminders} reminders sent."


def _chat(log: Log, assessment: UUID, clock: Clock, board: Board) -> Callable[[str], None]:
    """The newcomer's own interview, on the simulated day it is."""

    def chat(person: str) -> None:
        def stamp(cause: str) -> Stamp:
            return typed(assessment, person, clock.step(), cause)

        with board.away():
            print("\nIt is your turn: you play a community development worker. Say pause to stop.")
            terminal.interview(log, stamp, assessment, person, interview.keyboard(), interview.say)

    return chat


def write_reports(log: Log, assessment: UUID) -> dict[str, Path]:
    """The report in each of its forms, beside the log."""
    view = view_at(log, assessment)
    paths = {kind: log.folder / f"report.{kind}" for kind in ("html", "md", "docx", "pdf", "xlsx")}
    for kind, path in paths.items():
        write_report(view, kind, path)
    return paths


def show_what_came_out(log: Log, assessment: UUID, report: Path) -> None:
    """Show the results, the end of one walk back, and what to type next."""
    view = view_at(log, assessment)
    answers.show_results(results.results(view))
    print()
    answers.show_why(results.why(view, WHY), view.state.policy.zone, most=12)
    closed = [each.closed_at for each in log.rounds(assessment) if each.closed_at is not None]
    day = calendar.local_day(closed[0], view.state.policy.zone)
    print(NEXT.format(report=report, data=log.folder, item=WHY, day=day))


NEXT = """
The report: {report}

What to type next:
  ./ehsg --data {data} results                 the table above, and --json for programs
  ./ehsg --data {data} why {item}                 the whole walk back, to the words
  ./ehsg --data {data} trail | less            every fact in order
  ./ehsg --data {data} results --as-of {day}   as it stood after the first round
  ./ehsg --data {data} demo --look             its pages, as coordinator, auditor or board
  ./ehsg demo --chat                           take one person's place"""
