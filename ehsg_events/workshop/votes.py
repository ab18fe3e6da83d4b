"""A live vote: what is put to it, how far it is, and when the votes are shown. Pure.

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

SHOWN_FROM = 3  # scores; fewer are not shown as figures, for each would be somebody's


class Vote(NamedTuple):
    """How far the vote on an item is: whose votes stand, and who in the room has not voted."""

    item: str
    voted: tuple[str, ...]
    missing: tuple[str, ...]


def put_to_the_vote(situation: Situation, item: str, at: datetime) -> tuple[RoundFact, ...]:
    """Put an item to everybody in the room; once its votes were shown, to the vote again.

    Raises:
        Refused: no workshop is open, nobody is in the room, or another vote is open.
    """
    one = workshop_of(situation, at)
    if item not in one.items:
        raise Refused(f"This workshop votes on {', '.join(one.items)}, not on {item}.")
    if one.room.open_vote == item:
        return ()
    if one.room.open_vote is not None:
        raise Refused(
            f"The vote on {one.room.open_vote} is open. Show it first, then put {item} to the vote.",
            Way("workshop show", "show it", {"item": one.room.open_vote}),
        )
    here = in_the_room(situation, one)
    if not here:
        raise Refused("Nobody is in the room yet.", Way("workshop present", "say who is"))
    return (VoteOpened(item=item, put_to=here),)


def to_ask_again(situation: Situation, item: str) -> tuple[str, ...]:
    """Those in the room who have voted on an item before, and are asked anew."""
    one = situation.newest
    here = in_the_room(situation, one) if one else ()
    return tuple(person for person in here if one and _has_voted(situation, one, person, item))


def show(
    situation: Situation, item: str, at: datetime, *, without_the_rest: bool
) -> tuple[RoundFact, ...]:
    """Show the votes on an item; from then on they stand as they are.

    Raises:
        Refused: it was not put to the vote, nobody voted, or somebody in the room has not.
    """
    one = workshop_of(situation, at)
    if item in one.room.over:
        return ()
    if item != one.room.open_vote:
        raise Refused(
            f"{item} was not put to the vote yet.",
            Way("workshop vote", "put it to the vote", {"item": item}),
        )
    vote = vote_on(situation, one, item)
    if not vote.voted:
        raise Refused(f"Nobody has voted on {item} yet, so there is nothing to show.")
    if vote.missing and not without_the_rest:
        raise Refused(
            f"{say_vote(vote)} Wait for the rest, or show the votes without the rest: then they are "
            f"shown as they are, and who has not voted cannot any more.",
            field="without_the_rest",
        )
    return (_shown(situation, one, vote),)


def _shown(situation: Situation, one: Round, vote: Vote) -> VoteShown:
    given = {p: situation.interviews[one.number, p].answers[vote.item].score for p in vote.voted}
    scores = [score for score in given.values() if score is not None]
    few = len(scores) < SHOWN_FROM
    levels = situation.guide.scale_of(vote.item).levels
    panel = situation.assessment.panel
    return VoteShown(
        item=vote.item,
        counts=() if few else tuple(scores.count(level.score) for level in levels),
        agencies=len({panel[p].agency for p, score in given.items() if score is not None}),
        voted=len(vote.voted),
        missing=len(vote.missing),
    )


def vote_on(situation: Situation, one: Round, item: str) -> Vote:
    """How far the vote on an item is; a vote stands when its voter has left the room."""
    asked = [p for p, items in one.invited.items() if item in items]
    voted = tuple(p for p in asked if _has_voted(situation, one, p, item))
    missing = tuple(p for p in in_the_room(situation, one) if p not in voted)
    return Vote(item, voted, missing)


def say_vote(vote: Vote) -> str:
    """How far a vote is, in a sentence that tells nobody's vote."""
    total = len(vote.voted) + len(vote.missing)
    have = "has" if len(vote.voted) == 1 else "have"
    return f"{len(vote.voted)} of {total} {have} voted on {vote.item}."


def _has_voted(situation: Situation, one: Round, person: str, item: str) -> bool:
    """Whether somebody's vote stands; who has gone back to change theirs has none until they do."""
    interview = situation.interviews[one.number, person]
    voted = item in interview.answers and (item, SCORE) in interview.finished
    return voted and person not in withdrawn(situation)


def figures_seen(one: Round) -> Iterator[tuple[str, Figures]]:
    """What everybody in the room was shown of earlier votes on an item."""
    for item, shown in one.room.shown.items():
        if shown.counts:
            told = f"{one.number}|{item}|{shown.counts}"
            digest = hashlib.sha256(told.encode()).hexdigest()
            yield item, Figures(one.number, shown.counts, shown.agencies, digest)
