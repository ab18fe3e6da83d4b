"""A live vote: which item it is on, how far it is, and when the votes are shown. Pure.

A vote is an ordinary answer in an ordinary interview. It is hidden from everybody, the facilitator
too, until all in the room have voted or the facilitator goes on without the rest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from ehsg_events.events import VoteOpened, VoteShown
from ehsg_events.kernel import Refused, Way
from ehsg_events.states.interview import SCORE
from ehsg_events.states.round import Round, RoundFact
from ehsg_events.states.situation import Situation, withdrawn
from ehsg_events.values.exposure import Figures
from ehsg_events.workshop.attendance import in_the_room, workshop_of

SHOWN_FROM = 3  # scores; fewer are not shown as figures, since they would give people away


class Vote(NamedTuple):
    """How far the vote on an item is: whose votes stand, and who in the room has yet to vote."""

    item: str
    voted: tuple[str, ...]
    missing: tuple[str, ...]


def put_to_the_vote(situation: Situation, item: str, at: datetime) -> tuple[RoundFact, ...]:
    """Put an item to everybody in the room; once its votes were shown, it can be put again.

    Raises:
        Refused: no workshop is open, nobody is in the room, or another vote is open.
    """
    workshop = workshop_of(situation, at)
    if item not in workshop.items:
        raise Refused(f"This workshop votes on {', '.join(workshop.items)}, not on {item}.")
    if workshop.room.open_vote == item:
        return ()
    if workshop.room.open_vote is not None:
        raise Refused(
            f"The vote on {workshop.room.open_vote} is open. Show it first, then put {item} to the "
            f"vote.",
            Way("workshop show", "show it", {"item": workshop.room.open_vote}),
        )
    here = in_the_room(situation, workshop)
    if not here:
        raise Refused("Nobody is in the room yet.", Way("workshop present", "say who is"))
    return (VoteOpened(item=item, put_to=here),)


def to_ask_again(situation: Situation, item: str) -> tuple[str, ...]:
    """The people in the room who have voted on an item before, and are asked again."""
    newest = situation.newest
    here = in_the_room(situation, newest) if newest else ()
    return tuple(
        person for person in here if newest and _has_voted(situation, newest, person, item)
    )


def show(
    situation: Situation, item: str, at: datetime, *, without_the_rest: bool
) -> tuple[RoundFact, ...]:
    """Show the votes on an item; from then on they stand as they are.

    Raises:
        Refused: the item was not put to the vote, nobody voted, or somebody in the room has not.
    """
    workshop = workshop_of(situation, at)
    if item in workshop.room.over:
        return ()
    if item != workshop.room.open_vote:
        raise Refused(
            f"{item} was not put to the vote yet.",
            Way("workshop vote", "put it to the vote", {"item": item}),
        )
    vote = vote_on(situation, workshop, item)
    if not vote.voted:
        raise Refused(f"Nobody has voted on {item} yet, so there is nothing to show.")
    if vote.missing and not without_the_rest:
        raise Refused(
            f"{say_vote(vote)} Wait for the rest, or show the votes without the rest: then they are "
            f"shown as they are, and who has not voted cannot any more.",
            field="without_the_rest",
        )
    return (_shown(situation, workshop, vote),)


def _shown(situation: Situation, workshop: Round, vote: Vote) -> VoteShown:
    given = {
        person: situation.interviews[workshop.number, person].answers[vote.item].score
        for person in vote.voted
    }
    scores = [score for score in given.values() if score is not None]
    few = len(scores) < SHOWN_FROM
    levels = situation.guide.scale_of(vote.item).levels
    panel = situation.assessment.panel
    return VoteShown(
        item=vote.item,
        counts=() if few else tuple(scores.count(level.score) for level in levels),
        agencies=len(
            {panel[person].agency for person, score in given.items() if score is not None}
        ),
        voted=len(vote.voted),
        missing=len(vote.missing),
    )


def vote_on(situation: Situation, workshop: Round, item: str) -> Vote:
    """How far the vote on an item is; a vote stands even when its voter has left the room."""
    asked = [person for person, items in workshop.invited.items() if item in items]
    voted = tuple(person for person in asked if _has_voted(situation, workshop, person, item))
    missing = tuple(person for person in in_the_room(situation, workshop) if person not in voted)
    return Vote(item, voted, missing)


def say_vote(vote: Vote) -> str:
    """How far a vote is, in a sentence that gives nobody's vote away."""
    total = len(vote.voted) + len(vote.missing)
    have = "has" if len(vote.voted) == 1 else "have"
    return f"{len(vote.voted)} of {total} {have} voted on {vote.item}."


def _has_voted(situation: Situation, workshop: Round, person: str, item: str) -> bool:
    """Whether somebody's vote stands; it does not while they have gone back to change it."""
    interview = situation.interviews[workshop.number, person]
    voted = item in interview.answers and (item, SCORE) in interview.finished
    return voted and person not in withdrawn(situation)


def figures_seen(workshop: Round) -> Iterator[tuple[str, Figures]]:
    """The figures that everybody in the room was shown of earlier votes, by item."""
    for item, shown in workshop.room.shown.items():
        if shown.counts:
            text = f"{workshop.number}|{item}|{shown.counts}"
            digest = hashlib.sha256(text.encode()).hexdigest()
            yield item, Figures(workshop.number, shown.counts, shown.agencies, digest)
