"""Answers on a terminal: tables and lines, in words before colours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from rich.text import Text

from bots.cli.show.tables import console, draw, headed
from ehsg_events.dates import calendar
from ehsg_events.log.vault import instead
from projections.figures.agreement import VERDICTS
from projections.steering_characters import visible

if TYPE_CHECKING:
    from projections.collecting.progress import Progress
    from projections.history.steps import Step, Why
    from projections.results.results import Result


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:g}"


def show_results(results: Sequence[Result]) -> None:
    """Show one line a descriptor, and below the table what people would work on first."""
    table = headed(
        f"Results (rule {results[0].rule if results else 'none'})",
        "Item", "", "n", "Don't know", "Middle", "Range", "Within one", "Verdict", "Outcome", "How",
    )  # fmt: skip
    section = ""
    for row in results:
        if row.section != section:
            section = row.section
            table.add_section()
        spread = "–" if row.low is None else f"{row.low}-{row.high}"
        table.add_row(
            row.item,
            Text(row.label, overflow="ellipsis", no_wrap=True),
            _number(row.n),
            _number(row.dont_know),
            _number(row.median),
            spread,
            "–" if not row.n else f"{row.within_one} of {row.n}",
            VERDICTS[row.verdict],
            _outcome(row),
            _how(row),
        )
    draw(table)
    _show_left({row.item: row.leaving for row in results})
    _show_peers(results)
    _show_named_first(results)


def _show_left(leaving: Mapping[str, str | None]) -> None:
    """Show how the descriptors left the rounds; those that left alike share a line."""
    reasons = sorted({reason for reason in leaving.values() if reason})
    if reasons:
        print("\nHow they left the rounds:")
    for reason in reasons:
        items = ", ".join(
            item for item, leaving_reason in leaving.items() if leaving_reason == reason
        )
        console().print(Text(f"  {items}: {reason}"))


def _show_peers(results: Sequence[Result]) -> None:
    reviews = [(row.item, review.sentence) for row in results for review in row.peers]
    if reviews:
        print("\nBeside the panel, and counted in none of its figures:")
    for item, sentence in reviews:
        console().print(Text(f"  {item} {sentence}"))


def _show_named_first(results: Sequence[Result]) -> None:
    from projections.figures.agreement import count, people
    from projections.results.results import named_first

    named = named_first(results)
    if named:
        print("\nWhat people would work on first:")
    for row in named:
        by = f"{people(row.named_by or 0)} of {count(row.named_by_agencies or 0, 'agency')}"
        console().print(Text(f"  {row.item} {row.label}: {by}"))


def _outcome(row: Result) -> Text:

    level = "–" if row.outcome is None else f"{row.outcome} {row.outcome_level}"
    if row.not_needed:
        level = row.not_needed
    return Text(level, overflow="ellipsis", no_wrap=True)


def _how(row: Result) -> str:
    if row.outcome is None:
        return ""
    dissent = f", {len(row.dissent)} dissent" if row.dissent else ""
    return ("moderated" if row.moderated else "by the rule") + dissent


def show_progress(progress: Progress) -> None:
    """Show who has answered, by agency and by descriptor."""
    if progress.round is None or progress.total is None:
        print("No round was opened yet. `ehsg round open` opens the first.")
        return
    from bots.phrases.board import round_state

    print(round_state(progress))
    table = headed("By agency", "Agency", "Invited", "Started", "Completed", "Withdrew", "Done")
    by_agency = {row.agency: row for row in progress.by_agency}
    for row in progress.agencies:
        answers = by_agency.get(row.agency)
        share = (
            "–" if not answers or not answers.asked else f"{answers.answered / answers.asked:.0%}"
        )
        turnout = [row.invited, row.started, row.completed, row.withdrawn]
        table.add_row(Text(row.agency), *map(str, turnout), share)
    draw(table)
    items = headed("By descriptor", "Item", "Asked", "Answered")
    for count in progress.by_item:
        items.add_row(count.item or "", str(count.asked), str(count.answered))
    draw(items)
    _show_left(progress.leaving)


def show_why(walk: Why, zone: str, most: int | None = None) -> None:
    """Show the walk back of one score; with `most`, only its last steps."""
    stands = "No outcome stands yet" if walk.outcome is None else f"The outcome is {walk.outcome}"
    print(f"{walk.item}: {stands}, under the rule {walk.rule}. This is how it came about:\n")
    for sentence in walk.peers:
        print(f"  {sentence}")
    left_out = 0 if most is None else max(0, len(walk.steps) - most)
    if left_out:
        print(f"  ... {left_out} earlier steps: `ehsg why {walk.item}` shows them all")
    show_steps(walk.steps[left_out:], zone)


def show_steps(steps: Sequence[Step], zone: str) -> None:
    """Show facts as lines: position, time in the zone, what happened; words below, as typed."""
    out = console()
    print(f"Times are those of {zone}.")
    for step in steps:
        at = datetime.fromisoformat(step.at).astimezone(ZoneInfo(zone))
        which = f" {at:%Z}" if calendar.comes_twice(at, zone) else ""
        out.print(
            Text(f"{step.position or '':>6}  {at:%Y-%m-%d %H:%M}{which}  {visible(step.says)}")
        )
        if step.words:
            out.print(Text(f"{'':26}“{visible(step.words)}”"))
        if step.lost:
            out.print(Text(f"{'':26}{instead(step.lost, step.who)}"))
        if step.evidence:
            from bots.phrases.board import evidence_words

            out.print(Text(f"{'':26}{visible(evidence_words(step.evidence))}"))
