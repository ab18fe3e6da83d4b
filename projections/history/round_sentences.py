"""What happened in a round, in sentences: who was asked, reminded and spared, how it was measured."""

from __future__ import annotations

from typing import assert_never

from ehsg_events.dates import calendar
from ehsg_events.events import (
    AttendanceRecorded,
    CoordinatorReminded,
    DeadlineMoved,
    Escalated,
    HandOnAgreed,
    HandOnDeclined,
    HandOnLapsed,
    HolidaysCounted,
    HoursCorrected,
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
    SurfaceRegained,
    ToldByHand,
    VoteOpened,
    VoteShown,
)
from ehsg_events.reminders.reminders import SPARED
from ehsg_events.reminders.told_by_hand import BY_MEANS, TOLD_OF
from ehsg_events.states.round import RoundFact
from ehsg_events.values.measure import Measure
from projections.figures.agreement import count, figure
from projections.figures.names import FactContext, listed
from projections.figures.stop_rules import say_left

OPENED = {
    "first": "",
    "feedback": " to ask again",
    "workshop": " as a workshop",
    "peer-review": " for peers of another area",
}


def say_round(fact: RoundFact, at: FactContext) -> str:  # noqa: C901, PLR0912 - one case for each
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
            asked = f" to answer {listed(fact.items)}" if fact.items else ""
            return f"{number} asks {fact.invited}{asked}."
        case InvitationEnded():
            return f"Round {at.round} asks {fact.ended_for} nothing more."
        case Escalated():
            return f"{_escalated(fact)} that {fact.about} has not finished ({fact.milestone})."
        case SurfaceFellBack():
            return f"Slack cannot reach {fact.fell_back}, who is to be given a personal link."
        case SurfaceRegained():
            return f"Slack reaches {fact.regained} again."
        case CoordinatorReminded():
            return f"The coordinator was to be reminded that {fact.of} is due."
        case StakeholderReminded():
            return f"{fact.reminded} was to be reminded ({fact.milestone})."
        case ReminderWithheld():
            return (
                f"No reminder to {fact.withheld_from} ({fact.milestone}), by the rule {fact.rule}: "
                f"{SPARED[fact.rule]}."
            )
        case ToldByHand():
            return (
                f"The coordinator told {fact.spoken_to} {TOLD_OF[fact.of]}, {BY_MEANS[fact.means]}."
            )
        case HoursCorrected():
            return f"The hours in which {fact.corrected} works were corrected."
        case LinkIssued():
            return f"A personal link was made for {fact.issued_to}."
        case LinkRevoked():
            return "A personal link was revoked."
        case ItemsHandedOn():
            return f"{fact.handed_on_by} handed {listed(fact.items)} on to {fact.to}."
        case HandOnDeclined():
            return f"{fact.declined_to} was asked to answer themselves, with a reason."
        case HandOnAgreed():
            return (
                f"{fact.agreed_to} hands {listed(fact.items)} on to {fact.to}, from the next round."
            )
        case HandOnLapsed():
            return (
                f"The request of {fact.lapsed_for} to hand on ended undecided: no round is left "
                f"that asks it of them."
            )
        case HolidaysCounted():
            days = (f"{calendar.say_day(day.day)} ({day.name})" for day in fact.proclaimed)
            return f"{number} counts as bank holidays, too: {listed([*days]) or 'none'}."
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
            who = f": {listed(fact.present)}" if fact.present else ""
            return f"{count(len(fact.present), 'person')} in the room{who}."
        case VoteOpened():
            to = f" of {listed(fact.put_to)}" if fact.put_to else ""
            return f"{fact.item} was put to the vote{to}."
        case VoteShown():
            without = f", without {count(fact.missing, 'person')} in the room" * bool(fact.missing)
            return f"The votes on {fact.item} were shown{without}: {fact.voted} had voted."
        case RoundClosed():
            how = "at its deadline" if fact.closed_by == "deadline" else "by the coordinator"
            return f"{number} was closed {how}."
        case RoundMeasured():
            without = f", without {listed(fact.without)}, withdrawn" if fact.without else ""
            return (
                f"{number} was measured under the rule {fact.rule}{without}: {_measured(fact, at)}"
            )
    assert_never(fact)


def _escalated(fact: Escalated) -> str:
    if fact.to == "coordinator":
        return "The coordinator was to be told"
    return f"Their {fact.to} was to be told"


def _measured(fact: RoundMeasured, at: FactContext) -> str:
    """The figures of the item that is asked about, or how many are settled."""
    if not (fact.settled or fact.unsettled or fact.measures):
        return "nothing is settled by it, and what was said stands beside the panel's figures."
    for measure in fact.measures:
        if measure.item == at.item:
            because = next((left.because for left in fact.left if left.item == at.item), None)
            says = f" {say_left(because, measure)}" if because else ""
            return f"{at.about} {_figures(measure)}.{says}"
    then = f"; {_then(fact)}" if fact.unsettled else ""
    settled, unsettled = count(len(fact.settled), "descriptor"), len(fact.unsettled)
    return f"{settled} settled, {unsettled} not settled{then}."


def _then(fact: RoundMeasured) -> str:
    """What becomes of the descriptors that are not settled."""
    if fact.then != "feedback":
        return "what is left is moderated"
    again = sum(left.because == "asked-again" for left in fact.left)
    if not again or again == len(fact.unsettled):
        return "what is left is asked again"
    return f"{again} of these {'is' if again == 1 else 'are'} asked again, the others are moderated"


def _figures(measure: Measure) -> str:
    unknown = f", {measure.dont_know} did not know" if measure.dont_know else ""
    scores = f"had {count(measure.n, 'score')} of {measure.invited} asked{unknown}"
    middle = "" if measure.median is None else f", the middle score was {figure(measure.median)}"
    near = f", {measure.within_one} within one point" if measure.n else ""
    return f"{scores}{middle}{near}; verdict: {measure.verdict.replace('_', ' ')}"
