"""The report as a book of tables: the same figures as its pages, to calculate with."""

from __future__ import annotations

from ehsg_events.dates import calendar
from projections.access.reached import reached
from projections.facts.view import View
from projections.report.report import ledgers_key
from projections.results.board_results import shown
from projections.tables.actions import actions
from projections.tables.area import of_the_area
from projections.tables.choices import about, participation, permissions, priorities
from projections.tables.model import Book
from projections.tables.scores import counts, scores
from projections.tables.words import numbers, said


def report_book(view: View) -> Book:
    """The report's tables as the assessment stands in a view; the board may read all of them."""
    results, state, (at, position) = shown(view, "board"), view.state, reached(view)[:2]
    zone = state.policy.zone
    signed = state.signed_off.signed_as if state.signed_off else "not signed off"
    further = (
        ("As of", calendar.say(at, zone)),
        ("Log position", position),
        ("Signed", signed),
        *((("The ledger's key", key),) if (key := ledgers_key(view)) else ()),
    )
    topic = view.guide.topic
    return Book(
        name=f"{topic.file_name}-self-assessment",
        title=f"{topic.heading} self-assessment: {state.area}",
        says=f"Scores, evidence and choices of {state.area} under {view.guide.title}.",
        tables=(
            about(view, further),
            scores(results),
            counts(view.guide, results),
            said(view, "evidence"),
            said(view, "next-step"),
            *((numbers(view),) if view.guide.numbers else ()),
            actions(view, calendar.local_day(at, zone)),
            priorities(view),
            permissions(view),
            participation(view),
            *of_the_area(view),
        ),
        at=at,
    )
