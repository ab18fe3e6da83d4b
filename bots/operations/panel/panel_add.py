"""Somebody joins the panel."""

from __future__ import annotations

from typing import Annotated

from bots.operations import by_hand
from bots.operations.form import Asked, Email, Form, Mistakes, Slack
from bots.operations.operation import Doing, Done, Operation
from bots.operations.panel import partners
from ehsg_events.commands import panel
from ehsg_events.commands.colleague import free_pseudonym
from ehsg_events.kernel import Refused
from ehsg_events.log.published_guides import published
from ehsg_events.panel.member import Member
from ehsg_events.panel.names import nearly, same_name
from ehsg_events.panel.panel_line import Line
from guides import library


class Joining(Form):
    """A person as a line of the panel file would describe them."""

    name: Annotated[str, Asked("Their name; kept sealed.", example="Jane Smith")]
    agency: Annotated[str, Asked("The organisation they speak for.", example="Police")]
    works_as: Annotated[str, Asked("Their role.", example="sergeant")]
    asked: Annotated[str, Asked("What they are asked, such as 'workforce 7.1'.", example="5.1")]
    slack: Slack = None
    email: Email = None
    id: Annotated[str, Asked("Their id on the log.")] = ""
    language: Annotated[str, Asked("The language they are asked in.")] = ""
    zone: Annotated[str, Asked("Where they work, if elsewhere: Europe/Paris.")] = ""
    works: Annotated[str, Asked("When they work: 'Tue-Thu 09:00-15:00'.")] = ""
    backup: Annotated[str, Asked("manager or substitute, told of silence.")] = ""
    backup_name: Annotated[str, Asked("The backup's name; kept sealed.")] = ""
    backup_slack: Annotated[str, Asked("The backup in Slack.")] = ""
    backup_email: Annotated[str, Asked("The backup's e-mail address; kept sealed.")] = ""
    peer_of: Annotated[str, Asked("The area a peer reviewer comes from.")] = ""
    yes: Annotated[bool, Asked("The agency or the name is meant as it is typed.")] = False


def do(doing: Doing, form: Joining) -> Done:
    """Add them, and invite them if a round that is open asks their items."""
    person = _member(doing, form)
    if not form.yes:
        _ask_whether_meant(doing, person)
    lacks = partners.watched(doing)
    invited = panel.join(doing.log, doing.stamp, doing.assessment, person)
    then = "is asked in the round that is open" if invited else "is asked from the next round on"
    document = {"stakeholder": person.id, "invited": invited}
    says = f"{doing.called(person.id)} is on the panel, and {then}."
    return Done(says, document, [*by_hand.notes(doing), *lacks()])


def _ask_whether_meant(doing: Doing, person: Member) -> None:
    """Refuse, until it is said again, an agency that is nearly another's, and a name twice."""
    state, read = doing.log.assessment(doing.assessment), doing.log.text
    near = nearly(state, person.agency)
    wrong = []
    if near:
        says = f"{person.agency} would be a new agency, and is nearly {near}. Did you mean {near}?"
        wrong.append(Refused(f"{says} If not, say yes to it.", field="agency"))
    same = [other for other in same_name(state, read, person.name) if other != person.id]
    if same:
        says = f"That name is on the panel already, as {', '.join(same)}. Somebody else?"
        wrong.append(Refused(f"{says} If so, say yes to it.", field="name"))
    if wrong:
        raise Mistakes(*wrong)


def _member(doing: Doing, form: Joining) -> Member:
    """The person who was described; refused with every mistake at once."""
    state, folder = doing.log.assessment(doing.assessment), doing.folder
    cells = {name: value or "" for name, value in form.model_dump(exclude={"yes"}).items()}
    guide, languages = published(state.guide, folder).guide, library.languages(state.guide, folder)
    line = Line(cells, free_pseudonym(state, form.agency), guide, languages)
    wrong = [Refused(f"{mistake}.", field=field) for field, mistake in line.mistakes()]
    if wrong:
        raise Mistakes(*wrong)
    return line.member()


OPERATION = Operation(
    "panel add",
    "Add somebody to the panel, and invite them if a round that is open asks their items.",
    Joining,
    do,
)
