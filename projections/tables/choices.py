"""The tables of what was chosen, allowed and agreed, of who took part, and of the report itself."""

from __future__ import annotations

from collections.abc import Iterable

from projections.access.agencies import SMALLEST, parties
from projections.facts.view import View
from projections.figures.names import named
from projections.tables.model import Column, Reference, Table, Value
from projections.tables.scores import ITEM

OF_A_SCORE = (Reference(column="item", table="scores"),)
FEW = f"blank where it would tell of fewer than {SMALLEST}"


def participation(view: View) -> Table:
    """How many were invited and answered, by agency, the smaller ones in one row."""
    return Table(
        name="participation",
        title="Participation",
        says=f"A row is an agency; those of which fewer than {SMALLEST} people answered are one.",
        columns=(
            Column(
                name="agency", title="Agency", says="Its name, or how many they are.", needed=True
            ),
            _people("invited", "Invited", f"How many people were asked; {FEW}."),
            _people("answered", "Answered", f"How many answered; {FEW}."),
        ),
        rows=tuple(
            (party.agency, _whole(party.invited), _whole(party.answered)) for party in parties(view)
        ),
        key=("agency",),
    )


def _people(name: str, title: str, says: str) -> Column:
    return Column(name=name, title=title, says=says, kind="integer", least=0)


def _whole(text: str) -> int | None:
    return int(text) if text.isdecimal() else None


def priorities(view: View) -> Table:
    """What was chosen to work on next, in its order."""
    chosen = view.state.priorities.items if view.state.priorities else ()
    return Table(
        name="priorities",
        title="Priorities",
        says="A row is a descriptor that was chosen to work on next.",
        columns=(
            Column(
                name="place",
                title="Place",
                says="Its place among those chosen.",
                kind="integer",
                needed=True,
                least=1,
            ),
            ITEM,
            Column(name="label", title="Descriptor", says="The item with its name.", needed=True),
        ),
        rows=tuple(
            (place, item, named(view.guide, item)) for place, item in enumerate(chosen, start=1)
        ),
        key=("item",),
        refers=OF_A_SCORE,
    )


def permissions(view: View) -> Table:
    """The guide's questions on sharing, each with its answer: blank is never yes."""
    answers = {True: "yes", False: "no", None: None}
    return Table(
        name="permissions",
        title="Permissions",
        says="A row is one of the guide's questions on sharing.",
        columns=(
            Column(name="permission", title="Permission", says="Its name.", needed=True),
            Column(name="recipient", title="With", says="With whom it is shared.", needed=True),
            Column(name="text", title="Question", says="What is asked.", needed=True),
            Column(
                name="answer",
                title="Answer",
                says="Blank is not answered, and never yes.",
                choices=("yes", "no"),
            ),
        ),
        rows=tuple(
            (
                permission.id,
                permission.recipient,
                permission.text,
                answers[view.state.permissions.get(permission.id)],
            )
            for permission in view.guide.permissions
        ),
        key=("permission",),
    )


def about(view: View, further: Iterable[tuple[str, Value]]) -> Table:
    """What holds for all the tables.

    Args:
        further: rows beside those on area, guide and rule, by name.
    """
    guide, state = view.guide, view.state
    facts: tuple[tuple[str, Value], ...] = (
        ("Area", state.area),
        ("Guide", f"{guide.title} ({guide.year}), {guide.id}"),
        ("Guide's SHA-256", state.guide_digest),
        ("Licence of the guide", guide.licence),
        ("Rule of agreement", state.rule.name),
        *further,
    )
    return Table(
        name="about",
        title="About",
        says="A row is something that holds for all the tables.",
        columns=(
            Column(name="name", title="What", says="What is told.", needed=True),
            Column(name="value", title="Told", says="What it is."),
        ),
        rows=tuple((name, None if value is None else str(value)) for name, value in facts),
        key=("name",),
    )
