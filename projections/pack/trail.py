"""The trail of an audit pack: every fact in words, with what was typed but for the names of people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ehsg_events.dates import calendar
from ehsg_events.log.vault import instead
from projections.documents import markdown
from projections.documents.model import Document, Table
from projections.facts.view import View
from projections.history.steps import Step
from projections.tables.csv import listed

COLUMNS = (
    "position", "at", "who", "role", "surface", "what", "round", "stakeholder", "item", "says",
    "words",
)  # fmt: skip
A_NAME = "HandOnAsked"  # what is typed there is a colleague's name


def trail_csv(steps: Sequence[Step]) -> bytes:
    """The trail for programs; facts hidden in an open round are rows that say so."""
    plain = COLUMNS[:-1]
    return listed(
        COLUMNS, ([*(getattr(step, name) for name in plain), _typed(step)] for step in steps)
    )


def trail_md(view: View, steps: Sequence[Step]) -> bytes:
    """The trail for people."""
    zone = view.state.policy.zone
    facts = Table(
        caption="Facts in the order of the log",
        head=("Position", "When", "What happened", "What was typed"),
        rows=tuple(_row(step, zone) for step in steps),
    )
    return markdown.write(
        Document(
            language="en",
            title=f"The trail: {view.state.area}",
            subtitle=f"Every fact of this assessment under {view.guide.id}, in order.",
            blocks=(facts,),
            at=datetime.fromisoformat(steps[-1].at),
        )
    )


def _row(step: Step, zone: str) -> tuple[str, str, str, str]:
    when = calendar.say(datetime.fromisoformat(step.at), zone)
    return str(step.position), when, step.says, _typed(step) or ""


def _typed(step: Step) -> str | None:
    return None if step.what == A_NAME else step.words or instead(step.lost, step.who)
