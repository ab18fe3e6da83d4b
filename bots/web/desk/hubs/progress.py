"""How far somebody on the panel is: a state, and how much has an answer where that may be told."""

from __future__ import annotations

from bots.phrases.pages import hubs as phrases
from bots.web.desk.hubs.hub import Bar
from ehsg_events.states.situation import Situation
from projections.collecting.by_person import tally

WHOLE = 100  # the width of a bar that stands for everything that is asked


def progress(situation: Situation, person: str) -> str | Bar:
    """How far somebody is, with how much has an answer where that may be told."""
    state, so_far = how_far(situation, person), tally(situation, person)
    if so_far is None:
        return state
    words = phrases.answered(state, so_far.answered, so_far.asked)
    return Bar(words, WHOLE * so_far.answered // so_far.asked)


def how_far(situation: Situation, person: str) -> str:
    """How far somebody is with what they are asked now; never what they said."""
    state, newest = situation.assessment, situation.newest
    if person in state.forgotten:
        return phrases.FORGOTTEN
    if person in state.released:
        return phrases.ASKED_NOTHING
    if newest is not None and newest.handed_on.get(person) and not newest.invited.get(person):
        return phrases.COLLEAGUE_ANSWERS
    if newest is None or not newest.invited.get(person):
        return phrases.NOT_ASKED
    interview = situation.interviews[newest.number, person]
    if interview.withdrawn:
        return phrases.LEFT
    if interview.completed:
        return phrases.FINISHED
    has_begun = interview.started or interview.answers  # what was dictated begins no interview
    return phrases.UNDER_WAY if has_begun else phrases.NOT_BEGUN
