"""What happened in a round, in sentences: who was asked, reminded and spared, how it was measured."""

from __future__ import annotations

from typing import assert_never

from ehsg_events import calendar
from ehsg_events.consensus import Measure
from ehsg_events.events import (
    DeadlineMoved,
    HandOnDeclined,
    ItemsHandedOn,
    LinkIssued,
    LinkRevoked,
    ReminderWithheld,
    RoundClosed,
    RoundMeasured,
    RoundOpened,
    RoundPaused,
    RoundResumed,
    StakeholderInvited,
    StakeholderReminded,
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
}


def say_round(fact: RoundFact, at: Place) -> str:  # noqa: C901, PLR0912 - one case for each
    """A fact of a round."""
    number = f"Round {at.round}"
    match fact:
        case RoundOpened():
            again = " to ask again" if fact.kind == "feedback" else ""
            until = calendar.say(fact.deadline, at.zone)
            return (
                f"{number} opened{again}: {count(len(fact.items), 'item')}, to be answered by "
                f"{until}."
            )
        case StakeholderInvited():
            return (
                f"{fact.invited} was invited to round {at.round}, to answer {listed(fact.items)}."
            )
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
        case RoundClosed():
            how = "at its deadline" if fact.closed_by == "deadline" else "by the coordinator"
            return f"{number} was closed {how}."
        case RoundMeasured():
            return f"{number} was measured under the rule {fact.rule}: {_measured(fact, at)}"
    assert_never(fact)


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
