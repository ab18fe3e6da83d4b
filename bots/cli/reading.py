"""Whose words a command shows is a fact, once a day for each person."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import typer

from bots.cli.context import run_of

if TYPE_CHECKING:
    from ehsg_events.events import Showing
    from projections.facts.view import View


def note_reading(
    context: typer.Context, view: View, showing: Showing, whose: Collection[str]
) -> bool:
    """Record whose words are shown; whether any were not shown before on this day."""
    from ehsg_events.rights import reading

    run = run_of(context)
    stamp = run.stamp(f"ehsg {showing}", run.coordinator(view.assessment))
    return reading.note(view.log, stamp, view.assessment, showing, whose)
