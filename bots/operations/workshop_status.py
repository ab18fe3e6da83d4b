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
    """What was typed with commas between."""
    return [part.strip() for part in text.split(",") if part.strip()]


def workshop_of(now: Situation) -> Round:
    """The newest round, open or closed, if it is a workshop.

    Raises:
        Refused: it is none.
    """
    if now.newest is None or now.newest.kind != "workshop":
        raise Refused("No workshop is open.", Way("workshop open", "open one"))
    return now.newest


def put_last(now: Situation) -> str:
    """What was put to the vote last.

    Raises:
        Refused: nothing was.
    """
    voted_on = workshop_of(now).room.voted_on
    if not voted_on:
        raise Refused(
            "Nothing was put to the vote yet.", Way("workshop vote", "put an item to the vote")
        )
    return voted_on[-1]


def workshop_status(log: Log, assessment: UUID) -> tuple[str, dict[str, Any]]:
    """Who is in the room and how many have voted: in lines, and for programs."""
    now = log.situation(assessment)
    workshop = workshop_of(now)
    return "\n".join(_lines(now, workshop)), _document(now, workshop)


def after(doing: Doing, says: str, notes: Collection[str] = ()) -> Done:
    """What came of an operation on a workshop: where it stands now."""
    stands, document = workshop_status(doing.log, doing.assessment)
    return Done(says, document, notes, stands)


def _document(now: Situation, one: Round) -> dict[str, Any]:
    """Where a workshop stands, for programs; never who has voted."""
    vote = votes.vote_on(now, one, one.room.open_vote) if one.room.open_vote else None
    return {
        "round": one.number,
        "open": not one.closed,
        "present": list(attendance.in_the_room(now, one)),
        "open_vote": one.room.open_vote,
        "voted": len(vote.voted) if vote else None,
        "missing": len(vote.missing) if vote else None,
        "shown": list(one.room.over),
        "not_voted_on": [item for item in one.items if item not in one.room.voted_on],
    }


def _lines(now: Situation, one: Round) -> Iterator[str]:
    """Where a workshop stands, to be read aloud."""
    state = f"open until {calendar.say(one.deadline, one.policy.zone)}"
    yield f"Round {one.number} is a workshop, {'closed' if one.closed else state}."
    here = attendance.in_the_room(now, one)
    yield f"In the room ({len(here)}): {', '.join(here) or 'nobody yet'}."
    if one.room.open_vote:
        yield f"Put to the vote: {phrases.title(now.guide.items[one.room.open_vote])}."
        yield votes.say_vote(votes.vote_on(now, one, one.room.open_vote))
    if one.room.over:
        yield f"Votes shown: {', '.join(one.room.over)}."
    left = [item for item in one.items if item not in one.room.voted_on]
    if left:
        yield f"Not voted on yet: {', '.join(left)}."
