"""Every fact in a plain English sentence, for whoever reads the record a year later.

Names are pseudonyms, and no personal words are in a sentence; they stand beside it.
"""

from __future__ import annotations

from typing import assert_never

from ehsg_events import calendar
from ehsg_events.answering import NO_NOTICE, NO_SCORE
from ehsg_events.assessment import AssessmentFact
from ehsg_events.consensus import Measure
from ehsg_events.events import (
    AnswerAmended,
    AnswerGiven,
    AssessmentOpened,
    AssessmentSignedOff,
    DeadlineMoved,
    DissentRecorded,
    FieldFinished,
    InputRefused,
    InterviewCompleted,
    InterviewPaused,
    InterviewResumed,
    InterviewStarted,
    InterviewWithdrawn,
    ItemRevisited,
    MessageClaimed,
    MessageDelivered,
    MessageFailed,
    MessageWithheld,
    NoteAmended,
    NoteGiven,
    NoteRetracted,
    OutcomeAdopted,
    OutcomeModerated,
    PermissionSet,
    PrioritiesChosen,
    ReminderWithheld,
    RoundClosed,
    RoundMeasured,
    RoundOpened,
    ScreenAsked,
    SignOffWithdrawn,
    StakeholderAdded,
    StakeholderInvited,
    StakeholderReminded,
)
from ehsg_events.exposure import Exposure
from ehsg_events.interview import SCORE, InterviewFact
from ehsg_events.numbers import amount
from ehsg_events.outcome import OutcomeFact
from ehsg_events.round import RoundFact
from projections.agreement import count, figure
from projections.place import Place, field_label, level_words, listed

MessageFact = MessageClaimed | MessageDelivered | MessageFailed | MessageWithheld
AnyFact = AssessmentFact | RoundFact | InterviewFact | OutcomeFact | MessageFact
HIDDEN = "Hidden until the round closes."


def says(fact: AnyFact, at: Place) -> str:
    """What happened, in a sentence."""
    if isinstance(fact, AssessmentFact):
        return _assessment(fact)
    if isinstance(fact, RoundFact):
        return _round(fact, at)
    if isinstance(fact, InterviewFact):
        return _interview(fact, at)
    if isinstance(fact, OutcomeFact):
        return _outcome(fact, at)
    return _message(fact)


def _assessment(fact: AssessmentFact) -> str:
    match fact:
        case AssessmentOpened():
            return (
                f"The assessment of {fact.area} was opened under {fact.guide}, with the rule "
                f"{fact.rule.name}."
            )
        case StakeholderAdded():
            return (
                f"{fact.stakeholder} of {fact.agency} joined the panel, to be asked about "
                f"{count(len(fact.items), 'item')}."
            )
        case PrioritiesChosen():
            against = (
                f" The guide's rule warned: {' '.join(fact.warnings)}" if fact.warnings else ""
            )
            return f"Chosen as priorities: {listed(fact.items)}.{against}"
        case PermissionSet():
            return f"Permission {fact.permission} was {'given' if fact.granted else 'not given'}."
        case AssessmentSignedOff():
            return f"The assessment was signed off by the {fact.signed_as}."
        case SignOffWithdrawn():
            return "The sign-off was withdrawn, with a reason."
    assert_never(fact)


def _round(fact: RoundFact, at: Place) -> str:
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
                f"No reminder to {fact.withheld_from} ({fact.milestone}): the rule is {fact.rule}."
            )
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


def _interview(fact: InterviewFact, at: Place) -> str:  # noqa: C901, PLR0912 - one case for each
    who = at.person
    match fact:
        case AnswerGiven():
            return f"{who} answered {at.about}: {_answer(fact, at)} ({seen(fact.exposure)})."
        case AnswerAmended():
            said = f"changed their answer to {at.about}: {_answer(fact, at)}"
            return f"{who} {said} ({seen(fact.exposure)})."
        case NoteGiven():
            box = field_label(at.guide, fact.item, fact.field)
            return f"{who} wrote about {at.about}, under “{box}”."
        case NoteAmended():
            return f"{who} reworded what they wrote about {at.about}."
        case NoteRetracted():
            return f"{who} took back what they wrote about {at.about}."
        case FieldFinished():
            what = "kept their answer to" if fact.field == SCORE else "had no more to write about"
            return f"{who} {what} {at.about}."
        case ItemRevisited():
            return f"{who} went back to {at.about}."
        case InputRefused():
            return f"{who} said something that the talk could not take."
        case ScreenAsked():
            return f"{who} asked to see: {fact.screen}."
        case InterviewStarted():
            if fact.notice == NO_NOTICE:
                return f"{who} began round {at.round} by command; no notice was shown."
            return f"{who} read the notice and began round {at.round}."
        case InterviewPaused():
            return f"{who} paused."
        case InterviewResumed():
            return f"{who} went on."
        case InterviewCompleted():
            return f"{who} finished round {at.round}."
        case InterviewWithdrawn():
            return f"{who} withdrew: none of their answers counts any more."
    assert_never(fact)


def _answer(fact: AnswerGiven | AnswerAmended, at: Place) -> str:
    if fact.kind == "text":
        return "in their own words"
    if fact.kind == "number":
        return amount(fact.number or 0, at.guide.numbers[fact.item].unit)
    return NO_SCORE.get(fact.kind) or level_words(at.guide, fact.item, str(fact.level))


def seen(exposure: Exposure) -> str:
    """What a person had been shown when they answered."""
    if exposure.figures_round is None:
        return "blind"
    return f"having seen the group's figures of round {exposure.figures_round}"


def _outcome(fact: OutcomeFact, at: Place) -> str:
    match fact:
        case OutcomeAdopted():
            level = level_words(at.guide, str(at.item), fact.level)
            return (
                f"{level} was adopted for {at.about} after round {fact.after_round}, by the rule "
                f"{fact.rule}."
            )
        case OutcomeModerated():
            level = level_words(at.guide, str(at.item), fact.level)
            middle = "none" if fact.median is None else figure(fact.median)
            return (
                f"{at.about} was settled in moderation at {level}, with a reason; the panel's "
                f"middle score was {middle}."
            )
        case DissentRecorded():
            return f"{fact.dissenter} dissents from the outcome of {at.about}, with a reason."
    assert_never(fact)


def _message(fact: MessageFact) -> str:
    match fact:
        case MessageClaimed():
            return f"A message to {fact.to} was about to be sent."
        case MessageDelivered():
            return f"A message to {fact.to} was delivered."
        case MessageFailed():
            return f"A message to {fact.to} could not be delivered: {fact.reason}."
        case MessageWithheld():
            return f"A message to {fact.to} was not sent: {fact.reason}."
    assert_never(fact)
