"""`ehsg local`: what the guide leaves to the area, and how it stands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from bots.cli.command import Command
from bots.cli.context import AsJson, Run, Which, run_of
from bots.cli.files import put
from bots.cli.printing import tell
from bots.operations.opening.table_file import written
from ehsg_events.log.published_guides import guide_of
from ehsg_events.states.assessment import Assessment
from ehsg_events.states.filled_in import table_of
from guides.model import Guide
from projections.steering_characters import visible

NOTHING = "This guide leaves nothing to the area, and no evidence is attached to the whole."


def list_local(context: typer.Context, which: Which = None, *, as_json: AsJson = False) -> None:
    """List what your area fills in, and how it stands: words, tables, evidence for the whole."""
    run = run_of(context)
    state = run.log.assessment(run.assessment(which))
    stands = _stands(run, state, guide_of(state, run.folder))
    tell("\n".join(_lines(stands)) or NOTHING, stands, as_json=as_json)


def _stands(run: Run, state: Assessment, guide: Guide) -> dict[str, Any]:
    return {
        "terms": [
            {"term": t.id, "word": t.term, "means": run.log.shown(state.terms.get(t.id))}
            for t in guide.local_terms
        ],
        "tables": [
            {"table": t.id, "title": t.title, "rows": _rows(run, state, t.id)}
            for t in guide.local_tables
        ],
        "asked_for": [
            {"evidence": d.id, "title": d.title, "attached": _attached_as(state, d.id)}
            for d in guide.evidence_asked
        ],
        "evidence": [
            {
                "attached": number,
                "asked_as": fact.asked_as,
                "words": run.log.shown(fact.words),
                "file": fact.evidence.file.sha256 if fact.evidence and fact.evidence.file else None,
            }
            for number, fact in state.attached.items()
        ],
    }


def _rows(run: Run, state: Assessment, table: str) -> list[dict[str, str | float]]:
    return [
        {
            cell.column: run.log.shown(cell.words) or "" if cell.number is None else cell.number
            for cell in row
        }
        for row in state.tables.get(table, ())
    ]


def _attached_as(state: Assessment, asked_as: str) -> list[int]:
    return [number for number, fact in state.attached.items() if fact.asked_as == asked_as]


def _lines(stands: dict[str, Any]) -> Iterator[str]:
    for term in stands["terms"]:
        yield f"{term['term']}  {term['word']}: {visible(term['means'] or 'not said yet')}"
    for table in stands["tables"]:
        yield f"{table['table']}  {table['title']}: {len(table['rows']) or 'no'} rows"
    for asked in stands["asked_for"]:
        here = ", ".join(map(str, asked["attached"])) or "not attached yet"
        yield f"{asked['evidence']}  {asked['title']}: {here}"
    for kept in stands["evidence"]:
        yield f"evidence {kept['attached']}: {visible(kept['words'])}"


def form(
    context: typer.Context,
    table: Annotated[str, typer.Argument(help="The table, such as workforce.")],
    out: Annotated[Path, typer.Option("--out", help="The CSV file to write.")],
    which: Which = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Write one of the guide's tables as it stands, to be filled in and handed back."""
    run = run_of(context)
    state = run.log.assessment(run.assessment(which))
    known = table_of(guide_of(state, run.folder), table)
    put(written(known, _rows(run, state, known.id)), out)
    tell(f"Written: {out}", {"file": str(out)}, as_json=as_json)


COMMANDS = {
    "local list": Command(list_local, "ehsg local list"),
    "local form": Command(form, "ehsg local form workforce --out workforce.csv"),
}
