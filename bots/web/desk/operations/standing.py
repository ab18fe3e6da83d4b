"""What an assessment holds just now, to choose from: nobody types a number that stands on a list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bots.phrases.board import LANGUAGES
from bots.web.desk.operations.choice import Choice
from bots.web.desk.operations.together import both
from ehsg_events.commands import hand_over
from ehsg_events.panel.names import called
from ehsg_events.states.round import Round
from ehsg_events.workshop.attendance import to_vote_on
from guides import library
from projections.facts.view import View
from projections.figures.names import named

Asked = Mapping[str, str]


def actions(view: View, _: Asked) -> Iterator[Choice]:
    """The agreed actions that have not ended, by their words."""
    for item, outcome in view.log.situation(view.assessment).outcomes.items():
        for number, action in outcome.actions.items():
            if number not in outcome.ended:
                words = view.log.text(action.words) or str(number)
                yield Choice(both(item, str(number)), f"{item}: {words}")


def attached(view: View, _: Asked) -> Iterator[Choice]:
    """The evidence for the whole, by what it is."""
    for number, fact in view.state.attached.items():
        yield Choice(str(number), view.log.shown(fact.words) or str(number))


def evidence_asked(view: View, _: Asked) -> Iterator[Choice]:
    """The evidence for the whole that the guide asks for."""
    for one in view.guide.evidence_asked:
        yield Choice(one.id, one.title)


def languages(view: View, _: Asked) -> Iterator[Choice]:
    """The languages in which the guide can be asked."""
    for one in library.languages(view.guide.id, view.log.folder):
        yield Choice(one, LANGUAGES.get(one, one))


def asking_to_hand_on(view: View, _: Asked) -> Iterator[Choice]:
    """The people who asked that a colleague answers, and wait for it to be decided."""
    for request in hand_over.asked(view.log, view.assessment):
        who = request.stakeholder
        yield Choice(who, called(view.state, view.log.text, who))


def asked_now(view: View, _: Asked) -> Iterator[Choice]:
    """The people whom the open round asks."""
    round, read = _open(view), view.log.text
    people = [] if round is None else [who for who in round.invited if who not in round.released]
    for label, who in sorted((called(view.state, read, who), who) for who in people):
        yield Choice(who, label)


def items_asked_now(view: View, asked: Asked) -> Iterator[Choice]:
    """What the open round asks: of the person, once it is known who it is; else of anybody."""
    round = _open(view)
    invited = {} if round is None else round.invited
    every = {item for items in invited.values() for item in items}
    wanted = invited.get(asked.get("who", "")) or every
    for item in view.guide.items:
        if item in wanted:
            yield Choice(item, named(view.guide, item))


def unsettled(view: View, _: Asked) -> Iterator[Choice]:
    """The descriptors that a workshop can vote on."""
    for item in to_vote_on(view.log.situation(view.assessment)):
        yield Choice(item, named(view.guide, item))


def in_the_workshop(view: View, _: Asked) -> Iterator[Choice]:
    """The descriptors of the workshop that is open."""
    workshop = _workshop(view)
    for item in workshop.items if workshop else ():
        yield Choice(item, named(view.guide, item))


def put_to_the_vote(view: View, _: Asked) -> Iterator[Choice]:
    """The descriptors that were put to the vote in the workshop that is open."""
    workshop = _workshop(view)
    for item in workshop.room.voted_on if workshop else ():
        yield Choice(item, named(view.guide, item))


def _open(view: View) -> Round | None:
    newest = view.log.situation(view.assessment).newest
    return None if newest is None or newest.closed else newest


def _workshop(view: View) -> Round | None:
    newest = _open(view)
    return newest if newest is not None and newest.kind == "workshop" else None
