"""`ehsg evidence`: what was said as evidence in closed rounds, and the files that came with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bots.cli.command import Command
from bots.cli.context import AsJson, AsOf, Which, view_of
from bots.cli.files import put_for_its_owner
from bots.cli.printing import print_json, tell
from bots.cli.reading import note_reading
from bots.phrases.pages.evidence import LACKS, found, how_many

if TYPE_CHECKING:
    from projections.history.evidence_files import Noted
    from projections.results.evidence_quality import EvidenceQuality, Finding


def list_evidence(
    context: typer.Context,
    item: Annotated[str | None, typer.Argument(help="Such as 5.1; all if none.")] = None,
    as_of: AsOf = None,
    which: Which = None,
    *,
    as_json: AsJson = False,
) -> None:
    """List what was written in closed rounds, with kind, source, day and file."""
    from projections.history.evidence_files import noted

    view = view_of(context, which, as_of)
    notes = noted(view, item)
    note_reading(context, view, "evidence", {note.stakeholder for note in notes})
    if as_json:
        print_json([note.model_dump(mode="json") for note in notes])
        return
    print("\n".join(map(_line, notes)) or "Nothing was written in a closed round.")


def _line(note: Noted) -> str:
    from bots.phrases.board import evidence_words
    from ehsg_events.log.vault import instead
    from projections.steering_characters import visible

    words = visible(note.words or instead(note.lost, note.stakeholder))
    return f"{note.item}  {note.stakeholder}: “{words}”\n  {visible(evidence_words(note.evidence))}"


def check(
    context: typer.Context, as_of: AsOf = None, which: Which = None, *, as_json: AsJson = False
) -> None:
    """What the evidence of closed rounds lacks: none at all, no day, pasted twice, a mere plan."""
    from projections.results.evidence_quality import evidence_quality

    view = view_of(context, which, as_of)
    quality = evidence_quality(view)
    shown = {finding.stakeholder for finding in quality.findings if finding.words}
    note_reading(context, view, "evidence", shown)
    if as_json:
        print_json(quality.model_dump(mode="json"))
    else:
        print("\n".join(_lacks(quality)))


def _lacks(quality: EvidenceQuality) -> Iterator[str]:
    yield how_many(quality.notes)
    yield from (f"  {found(quality.found[name], name)}" for name in LACKS)
    for finding in quality.findings:
        yield f"{finding.item}  {finding.stakeholder} of {finding.agency}: {_finding(finding)}"


def _finding(finding: Finding) -> str:
    from projections.steering_characters import visible

    words = f" “{visible(finding.words)}”" if finding.words else ""
    where = f", note at {finding.position}" if finding.position else ""
    also = f", also at {', '.join(map(str, finding.same_as))}" if finding.same_as else ""
    return f"{LACKS[finding.shortcoming]}{where}{also}{words}"


def take_out(
    context: typer.Context,
    digest: Annotated[str, typer.Argument(help="The file's SHA-256, or its beginning.")],
    out: Annotated[Path, typer.Option("--out", help="The file to write.")],
    which: Which = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Take a file out that was handed in as evidence; its digest is checked."""
    from projections.history.evidence_files import file_of, noted

    view = view_of(context, which, None)
    content = file_of(view, digest)
    given = (
        note for note in noted(view) if (note.evidence.sha256 or "").startswith(digest.lower())
    )
    note_reading(context, view, "evidence", {note.stakeholder for note in given})
    put_for_its_owner(content, out)
    document = {"file": str(out), "size": len(content)}
    tell(f"Written: {out} ({len(content)} bytes)", document, as_json=as_json)


COMMANDS = {
    "evidence list": Command(list_evidence, "ehsg evidence list 5.1"),
    "evidence check": Command(check, "ehsg evidence check"),
    "evidence file": Command(take_out, "ehsg evidence file 3fa9c1 --out minutes.pdf"),
}
