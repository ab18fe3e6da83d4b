"""Where a workshop stands, to be read aloud and for programs; never who has voted."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

from bots import phrases
from bots.operations.operation import Doing, Done
from ehsg_events.dates import calendar
from ehsg_events.kernel import Refused, Way
from ehsg_events.log.log import Log
from ehsg_events.states.round import Round
from ehsg_events.states.situation import Situation
from ehsg_events.workshop import attendance, votes


def listed(text: str) -> list[str]:
    """The parts of a list that was typed with commas."""
    return [part.strip() for part in text.split(",") if part.strip()]


def workshop_of(situation: Situation) -> Round:
    """The newest round, open or closed, if it is a workshop.

    Raises:
        Refused: there is no round, or it is no workshop.
    """
    if situation.newest is None or situation.newest.kind != "workshop":
        raise Refused("No workshop is open.", Way("workshop open", "open one"))
    return situation.newest


def put_last(situation: Situation) -> str:
    """What was put to the vote last.

    Raises:
        Refused: nothing was.
    """
    voted_on = workshop_of(situation).room.voted_on
    if not voted_on:
        raise Refused(
            "Nothing was put to the vote yet.", Way("workshop vote", "put an item to the vote")
        )
    return voted_on[-1]


def workshop_status(log: Log, assessment: UUID) -> tuple[str, dict[str, Any]]:
    """Who is in the room and how many have voted: in lines, and for programs."""
    situation = log.situation(assessment)
    workshop = workshop_of(situation)
    return "\n".join(_lines(situation, workshop)), _document(situation, workshop)


def after(doing: Doing, says: str, notes: Collection[str] = ()) -> Done:
    """The result of an operation on a workshop, with where the workshop stands now."""
    sentences, document = workshop_status(doing.log, doing.assessment)
    return Done(says, document, notes, sentences)


def _document(situation: Situation, round: Round) -> dict[str, Any]:
    """Where a workshop stands, for programs; never who has voted."""
    vote = votes.vote_on(situation, round, round.room.open_vote) if round.room.open_vote else None
    return {
        "round": round.number,
        "open": not round.closed,
        "present": list(attendance.in_the_room(situation, round)),
        "open_vote": round.room.open_vote,
        "voted": len(vote.voted) if vote else None,
        "missing": len(vote.missing) if vote else None,
        "shown": list(round.room.over),
        "not_voted_on": [item for item in round.items if item not in round.room.voted_on],
    }


def _lines(situation: Situation, round: Round) -> Iterator[str]:
    """Where a workshop stands, to be read aloud."""
    state = f"open until {calendar.say(round.deadline, round.policy.zone)}"
    yield f"Round {round.number} is a workshop, {'closed' if round.closed else state}."
    present = attendance.in_the_room(situation, round)
    yield f"In the room ({len(present)}): {', '.join(present) or 'nobody yet'}."
    if round.room.open_vote:
        yield f"Put to the vote: {phrases.title(situation.guide.items[round.room.open_vote])}."
        yield votes.say_vote(votes.vote_on(situation, round, round.room.open_vote))
    if round.room.over:
        yield f"Votes shown: {', '.join(round.room.over)}."
    left = [item for item in round.items if item not in round.room.voted_on]
    if left:
        yield f"Not voted on yet: {', '.join(left)}."
