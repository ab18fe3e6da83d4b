"""How the answers look on a terminal: tables and lines, in words before colours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from rich.text import Text

from bots.cli.show.console import console, draw, headed
from bots.phrases.board import evidence_words, round_state
from projections.figures.agreement import VERDICTS
from projections.visible import visible

if TYPE_CHECKING:
    from projections.collecting.progress import Progress
    from projections.history.steps import Step, Why
    from projections.results.results import Result


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:g}"


def show_results(found: Sequence[Result]) -> None:
    """One line a descriptor, and below the table what people would work on first."""
    table = headed(
        f"Results (rule {found[0].rule if found else 'none'})",
        "Item", "", "n", "Don't know", "Middle", "Range", "Within one", "Verdict", "Outcome", "How",
    )  # fmt: skip
    section = ""
    for row in found:
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
    _show_left({row.item: row.leaving for row in found})
    _show_peers(found)
    _show_named_first(found)


def _show_left(leaving: Mapping[str, str | None]) -> None:
    """How the descriptors left the rounds, those of which the same is said in one line."""
    said = sorted({says for says in leaving.values() if says})
    if said:
        print("\nHow they left the rounds:")
    for says in said:
        items = ", ".join(item for item, its in leaving.items() if its == says)
        console().print(Text(f"  {items}: {says}"))


def _show_peers(found: Sequence[Result]) -> None:
    beside = [(row.item, one.sentence) for row in found for one in row.peers]
    if beside:
        print("\nBeside the panel, and counted in none of its figures:")
    for item, sentence in beside:
        console().print(Text(f"  {item} {sentence}"))


def _show_named_first(found: Sequence[Result]) -> None:
    from projections.figures.agreement import count, people
    from projections.results.results import named_first

    named = named_first(found)
    if named:
        print("\nWhat people would work on first:")
    for row in named:
        by = f"{people(row.named_by or 0)} of {count(row.named_by_agencies or 0, 'agency')}"
        console().print(Text(f"  {row.item} {row.label}: {by}"))


def _outcome(row: Result) -> Text:
    level = "–" if row.outcome is None else f"{row.outcome} {row.outcome_level}"
    return Text(level, overflow="ellipsis", no_wrap=True)


def _how(row: Result) -> str:
    if row.outcome is None:
        return ""
    dissent = f", {len(row.dissent)} dissent" if row.dissent else ""
    return ("moderated" if row.moderated else "by the rule") + dissent


def show_progress(found: Progress) -> None:
    """Who has answered, by agency and by descriptor."""
    if found.round is None or found.total is None:
        print("No round was opened yet. `ehsg round open` opens the first.")
        return
    print(round_state(found))
    table = headed("By agency", "Agency", "Invited", "Started", "Completed", "Withdrew", "Done")
    counts = {row.agency: row for row in found.by_agency}
    for row in found.agencies:
        done = counts.get(row.agency)
        share = "–" if not done or not done.asked else f"{done.answered / done.asked:.0%}"
        said = [row.invited, row.started, row.completed, row.withdrawn]
        table.add_row(Text(row.agency), *map(str, said), share)
    draw(table)
    items = headed("By descriptor", "Item", "Asked", "Answered")
    for count in found.by_item:
        items.add_row(count.item or "", str(count.asked), str(count.answered))
    draw(items)
    _show_left(found.leaving)


def show_why(found: Why, zone: str, most: int | None = None) -> None:
    """The walk back of one score; with `most`, only so many steps from its end."""
    stands = "No outcome stands yet" if found.outcome is None else f"The outcome is {found.outcome}"
    print(f"{found.item}: {stands}, under the rule {found.rule}. This is how it came about:\n")
    for sentence in found.peers:
        print(f"  {sentence}")
    left_out = 0 if most is None else max(0, len(found.steps) - most)
    if left_out:
        print(f"  ... {left_out} earlier steps: `ehsg why {found.item}` shows them all")
    show_steps(found.steps[left_out:], zone)


def show_steps(steps: Sequence[Step], zone: str) -> None:
    """Facts as lines: position, time in the zone, what happened; words below, as typed."""
    out = console()
    print(f"Times are those of {zone}.")
    for step in steps:
        at = datetime.fromisoformat(step.at).astimezone(ZoneInfo(zone))
        out.print(Text(f"{step.position:>6}  {at:%Y-%m-%d %H:%M}  {visible(step.says)}"))
        if step.words:
            out.print(Text(f"{'':26}“{visible(step.words)}”"))
        if step.evidence:
            out.print(Text(f"{'':26}{visible(evidence_words(step.evidence))}"))
