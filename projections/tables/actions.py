"""The table of actions: what is to be done about a descriptor, by whom and by when."""

from __future__ import annotations

from datetime import date

from projections.facts.view import View
from projections.results.actions import agreed
from projections.tables.choices import OF_A_SCORE
from projections.tables.model import Column, Table
from projections.tables.scores import ITEM

COLUMNS = (
    ITEM,
    Column(
        name="number",
        title="Number",
        says="Its number within the descriptor.",
        kind="integer",
        needed=True,
        least=1,
    ),
    Column(name="words", title="Action", says="What is to be done; blank where it was forgotten."),
    Column(name="owned", title="Owned", says="Whether somebody does.", kind="boolean", needed=True),
    Column(
        name="owner", title="Owner", says="Who does; blank where nobody does or it was forgotten."
    ),
    Column(name="due", title="Due", says="The day it is due, if one was named.", kind="date"),
    Column(
        name="overdue",
        title="Overdue",
        says="Whether that day had passed when these tables were made of the log.",
        kind="boolean",
        needed=True,
    ),
    Column(name="agreed", title="Agreed", says="The day.", kind="date", needed=True),
    Column(
        name="how",
        title="Ended",
        says="How it ended; blank while it stands.",
        choices=("done", "dropped"),
    ),
    Column(name="ended", title="Ended on", says="The day it ended.", kind="date"),
    Column(name="because", title="Because", says="The reason it was ended with."),
)


def actions(view: View, today: date) -> Table:
    """Every action that was agreed, in the guide's order.

    Args:
        today: the day on which an action is overdue or not.
    """
    names = tuple(column.name for column in COLUMNS)
    places = {item: place for place, item in enumerate(view.guide.descriptors)}
    return Table(
        name="actions",
        title="Actions",
        says="A row is an action that was agreed about a descriptor.",
        columns=COLUMNS,
        rows=tuple(
            tuple(getattr(action, name) for name in names)
            for action in sorted(agreed(view, today), key=lambda action: places[action.item])
        ),
        key=("item", "number"),
        refers=OF_A_SCORE,
    )
