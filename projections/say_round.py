"""What happened in a round, in sentences: who was asked, reminded and spared, how it was measured."""

from __future__ import annotations

from typing import assert_never

from ehsg_events import calendar
from ehsg_events.consensus import Measure
from ehsg_events.events import (
    AttendanceRecorded,
    CoordinatorReminded,
    DeadlineMoved,
    Escalated,
    HandOnDeclined,
    InvitationEnded,
    ItemsHandedOn,
    LinkIssued,
    LinkRevoked,
    ReminderWithheld,
    RoundClosed,
    RoundMeasured,
    RoundOpened,
    RoundPaused,
    RoundReopened,
    RoundResumed,
    StakeholderInvited,
    StakeholderReminded,
    SurfaceFellBack,
    VoteOpened,
    VoteShown,
)
from ehsg_events.round import RoundFact
from projections.agreement import count, figure
from projections.place import Place, listed

SPARED = {
    "finished": "they had finished",
    "withdrawn": "they had withdrawn",
    "capped": "they had been reminded as often as the policy allows",
    "overtaken": "a newer one says it all",
    "handed-on": "a colleague answers what was left",
    "released": "nothing more is asked of them",
    "cannot-matter": "whatever they said, no verdict and no middle score could change",
    "nobody-named": "the panel names nobody who stands in for them",
    "too-late": "the round closed before a moment at which they are written to",
}


OPENED = {
    "first": "",
    "feedback": " to ask again",
    "workshop": " as a workshop",
    "peer-review": " for peers of another area",
}


def say_round(fact: RoundFact, at: Place) -> str:  # noqa: C901, PLR0912 - one case for each
    """A fact of a round."""
    number = f"Round {at.round}"
    match fact:
        case RoundOpened():
            until = calendar.say(fact.deadline, at.zone)
            return (
                f"{number} opened{OPENED[fact.kind]}: {count(len(fact.items), 'item')}, to be answered by "
                f"{until}."
            )
        case StakeholderInvited():
            return (
                f"{fact.invited} was invited to round {at.round}, to answer {listed(fact.items)}."
            )
        case InvitationEnded():
            return f"Round {at.round} asks {fact.ended_for} nothing more."
        case Escalated():
            return f"{_told(fact)} that {fact.about} has not finished ({fact.milestone})."
        case SurfaceFellBack():
            return f"Slack cannot reach {fact.fell_back}, who is to be given a personal link."
        case CoordinatorReminded():
            return f"The coordinator was to be reminded that {fact.of} is due."
        case StakeholderReminded():
            return f"{fact.reminded} was to be reminded ({fact.milestone})."
        case ReminderWithheld():
            return (
                f"No reminder to {fact.withheld_from} ({fact.milestone}), by the rule {fact.rule}: "
                f"{SPARED[fact.rule]}."
            )
        case LinkIssued():
            return f"A personal link was made for {fact.issued_to}."
        case LinkRevoked():
            return "A personal link was revoked."
        case ItemsHandedOn():
            return f"{fact.handed_on_by} handed {listed(fact.items)} on to {fact.to}."
        case HandOnDeclined():
            return f"{fact.declined_to} was asked to answer themselves, with a reason."
        case RoundPaused():
            return f"{number} was paused, with a reason."
        case RoundResumed():
            return f"{number} went on."
        case DeadlineMoved():
            until = calendar.say(fact.deadline, at.zone)
            return f"The deadline of round {at.round} was moved to {until}, with a reason."
        case RoundReopened():
            until = calendar.say(fact.deadline, at.zone)
            return f"{number} was opened again until {until}, with a reason."
        case AttendanceRecorded():
            return f"{count(len(fact.present), 'person')} were in the room: {listed(fact.present)}."
        case VoteOpened():
            return f"{fact.item} was put to the vote."
        case VoteShown():
            return f"The votes on {fact.item} were shown."
        case RoundClosed():
            how = "at its deadline" if fact.closed_by == "deadline" else "by the coordinator"
            return f"{number} was closed {how}."
        case RoundMeasured():
            return f"{number} was measured under the rule {fact.rule}: {_measured(fact, at)}"
    assert_never(fact)


def _told(fact: Escalated) -> str:
    if fact.to == "coordinator":
        return "The coordinator was to be told"
    return f"Their {fact.to} was to be told"


def _measured(fact: RoundMeasured, at: Place) -> str:
    """The figures of the item that is asked about, or how many are settled."""
    for one in fact.measures:
        if one.item == at.item:
            return f"{at.about} {_figures(one)}."
    then = "what is left is asked again" if fact.then == "feedback" else "what is left is moderated"
    left = f"; {then}" if fact.unsettled else ""
    return f"{count(len(fact.settled), 'descriptor')} settled, {len(fact.unsettled)} not settled{left}."


def _figures(one: Measure) -> str:
    unknown = f", {one.dont_know} did not know" if one.dont_know else ""
    scores = f"had {count(one.n, 'score')} of {one.invited} asked{unknown}"
    middle = "" if one.median is None else f", the middle score was {figure(one.median)}"
    near = f", {one.within_one} within one point" if one.n else ""
    return f"{scores}{middle}{near}; verdict: {one.verdict.replace('_', ' ')}"
