"""Every fact in a plain English sentence, for whoever reads the record a year later.

Names are pseudonyms, and no personal words are in a sentence; they stand beside it.
"""

from __future__ import annotations

from typing import assert_never

from ehsg_events.dates import calendar
from ehsg_events.events import (
    ActionAgreed,
    ActionAmended,
    ActionEnded,
    AssessmentAbandoned,
    AssessmentOpened,
    AssessmentSignedOff,
    ContactChanged,
    CoordinatorNamed,
    CoordinatorRemoved,
    DissentRecorded,
    EvidenceAttached,
    EvidenceDetached,
    LetterWorded,
    MessageBounced,
    MessageClaimed,
    MessageDelayed,
    MessageDelivered,
    MessageFact,
    MessageFailed,
    MessageUncertain,
    MessageWithheld,
    OfRetention,
    OpeningCancelled,
    OpeningPlanned,
    OutcomeAdopted,
    OutcomeModerated,
    OutcomeSetAside,
    PermissionSet,
    PersonalLinkAsked,
    PersonalLinkIssued,
    PersonalLinkRevoked,
    PersonalLinkShown,
    PersonForgotten,
    PolicyChosen,
    PrioritiesChosen,
    ReaderNamed,
    ReaderRemoved,
    RemindersStopped,
    RemindersWanted,
    SignedIn,
    SignedOut,
    SignInAsked,
    SignInOffered,
    SignOffWithdrawn,
    StakeholderAdded,
    StakeholderCorrected,
    StakeholderReleased,
    SubjectAccessGiven,
    TableFilled,
    TermExplained,
    TermsChosen,
    WordsRead,
)
from ehsg_events.states.assessment import AssessmentFact
from ehsg_events.states.interview import InterviewFact
from ehsg_events.states.outcome import OutcomeFact
from ehsg_events.states.round import RoundFact
from ehsg_events.states.sign_in import SignInFact
from projections.figures.agreement import count, figure
from projections.figures.names import FactContext, level_words, listed
from projections.history.interview_sentences import say_interview
from projections.history.retention_sentences import say_retention
from projections.history.round_sentences import say_round

AnyFact = (
    AssessmentFact | RoundFact | InterviewFact | OutcomeFact | MessageFact | SignInFact | WordsRead
)
SHOWING = {
    "why": "walk back of an item",
    "trail": "trail",
    "evidence": "list of evidence",
    "pack": "audit pack",
}
GROUNDS = {"asked": "as they asked", "retention": "since the time of keeping is over"}
HIDDEN = "Hidden until the round closes."


def says(fact: AnyFact, at: FactContext) -> str:
    """What happened, in a sentence."""
    if isinstance(fact, AssessmentFact):
        return _assessment(fact, at)
    if isinstance(fact, RoundFact):
        return say_round(fact, at)
    if isinstance(fact, InterviewFact):
        return say_interview(fact, at)
    if isinstance(fact, OutcomeFact):
        return _outcome(fact, at)
    if isinstance(fact, SignInFact):
        return _sign_in(fact, at)
    if isinstance(fact, WordsRead):
        return f"{at.by} opened words of {listed(fact.whose)}, in the {SHOWING[fact.showing]}."
    return _message(fact)


def _assessment(fact: AssessmentFact, at: FactContext) -> str:  # noqa: C901, PLR0912 - one case for each
    if isinstance(fact, OfRetention):
        return say_retention(fact)
    match fact:
        case AssessmentOpened():
            return (
                f"The assessment of {fact.area} was opened under {fact.guide}, with the rule "
                f"{fact.rule.name}."
            )
        case StakeholderAdded():
            peer = f", a peer of {fact.peer_of}," if fact.peer_of else ""
            return (
                f"{fact.stakeholder} of {fact.agency}{peer} joined the panel, to be asked about "
                f"{count(len(fact.items), 'item')}."
            )
        case StakeholderReleased():
            return f"{fact.released} is asked nothing more, with a reason; what they said stands."
        case StakeholderCorrected():
            return f"What is known of {fact.corrected} was corrected: {listed(_corrected(fact))}."
        case PersonForgotten():
            return (
                f"{fact.forgotten} was forgotten, {GROUNDS[fact.ground]}: their name, address, words "
                f"and files were destroyed, {count(len(fact.texts), 'sealed text')} in all. Scores "
                f"and agency stand."
            )
        case SubjectAccessGiven():
            return f"A copy of everything that is kept about {fact.given_to} was made for them."
        case PersonalLinkIssued():
            return f"A personal link for the whole assessment was made for {fact.issued_to}."
        case PersonalLinkShown():
            return f"The personal link of {fact.shown_for} was shown to a coordinator."
        case PersonalLinkRevoked():
            return "A personal link for the whole assessment was revoked."
        case PersonalLinkAsked():
            return (
                f"The personal link of {fact.asked_for} was asked for, on the page of an older one."
            )
        case RemindersStopped():
            return f"{fact.stopped_for} asked for no reminders."
        case RemindersWanted():
            return f"{fact.wanted_by} wants reminders again."
        case PolicyChosen():
            return "The policy of the rounds to come was chosen."
        case TermsChosen(rule=rule):
            return (
                f"The terms were chosen by {at.by}: the rule {rule.name}, by which {rule.weights} count, with at "
                f"most {count(rule.rounds, 'round')}, and the policy of the rounds."
            )
        case OpeningPlanned():
            opens, until = (calendar.say(when, at.zone) for when in (fact.opens, fact.deadline))
            return f"Round {fact.round} was planned to open at {opens} and to last until {until}."
        case OpeningCancelled():
            return f"The planned opening of round {fact.round} was taken back."
        case CoordinatorNamed():
            return f"{fact.coordinator} was named as a coordinator."
        case CoordinatorRemoved():
            return f"{fact.coordinator} is no longer a coordinator."
        case ReaderNamed():
            what = "auditor" if fact.reads_as == "auditor" else "member of the board"
            return f"{fact.reader} was named, to read as {what}."
        case ContactChanged():
            return f"Where {fact.contact_of} is written to was changed."
        case ReaderRemoved():
            return f"{fact.reader} may read no more."
        case PrioritiesChosen():
            against = (
                f" The guide's rule warned: {' '.join(fact.warnings)}" if fact.warnings else ""
            )
            return f"Chosen as priorities: {listed(fact.items)}.{against}"
        case PermissionSet():
            return f"Permission {fact.permission} was {'given' if fact.granted else 'not given'}."
        case TermExplained():
            return f"It was said what {fact.term} means here."
        case LetterWorded(text=None):
            return f"The letter {fact.letter} says in {fact.language} what it usually says."
        case LetterWorded():
            return f"The letter {fact.letter} was worded anew in {fact.language}: {fact.subject}"
        case TableFilled():
            return (
                f"The table {fact.local_table} was filled in, with {count(len(fact.rows), 'row')}."
            )
        case EvidenceAttached():
            what = f", as {fact.asked_as}" if fact.asked_as else ""
            return f"Evidence {fact.attached} for the assessment as a whole was attached{what}."
        case EvidenceDetached():
            return f"Evidence {fact.attached} for the assessment as a whole was taken back, with a reason."
        case AssessmentSignedOff():
            blank = f", with these blanks: {'; '.join(fact.blanks)}" if fact.blanks else ""
            return f"The assessment was signed off by the {fact.signed_as}{blank}."
        case SignOffWithdrawn():
            return "The sign-off was withdrawn, with a reason."
        case AssessmentAbandoned():
            return "The assessment was abandoned before anybody was asked, with a reason."
    assert_never(fact)


def _corrected(fact: StakeholderCorrected) -> list[str]:
    """What was corrected, by name; an agency in full, for it counts in the figures."""
    said = {
        "slack": "the Slack id",
        "email": "the e-mail address",
        "hours": "the hours they work",
        "zone": "the time zone",
        "backup": "who stands in for them",
    }
    names = ("name", "slack", "email", "language", "zone", "hours", "backup")
    given = [name for name in names if getattr(fact, name)]
    off_slack = fact.reached_by == "web" or "slack" in fact.left
    return [
        *([f"the agency, now {fact.agency}"] if fact.agency else []),
        *(said.get(name, f"the {name}") for name in given),
        *(["no Slack id any more"] if off_slack else []),
        *(["no e-mail address any more"] if "mail" in fact.left else []),
        *(["written to by e-mail"] if fact.reached_by == "mail" else []),
    ]


def _outcome(fact: OutcomeFact, at: FactContext) -> str:
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
        case OutcomeSetAside():
            reopened = fact.set_aside_for == "reopening"
            cause = (
                "the round was reopened" if reopened else "without who withdrew it does not hold"
            )
            return (
                f"What was adopted for {at.about} after round {fact.after_round} was set aside: "
                f"{cause}."
            )
        case DissentRecorded():
            return f"{fact.dissenter} dissents from the outcome of {at.about}, with a reason."
        case ActionAgreed() | ActionAmended():
            verb = "was agreed" if isinstance(fact, ActionAgreed) else "was changed"
            owner = "with an owner" if fact.owner else "without an owner"
            due = f"due {calendar.say_day(fact.due)}" if fact.due else "without a date"
            return f"Action {fact.action} for {at.about} {verb}, {owner} and {due}."
        case ActionEnded():
            ended = "is done" if fact.how == "done" else "was dropped"
            return f"Action {fact.action} for {at.about} {ended}, with a reason."
    assert_never(fact)


def _sign_in(fact: SignInFact, at: FactContext) -> str:
    match fact:
        case SignInAsked():
            return f"Somebody asked that a link to sign in with is sent to {fact.asked_for}."
        case SignInOffered():
            until = calendar.say(fact.until, at.zone)
            return f"{fact.offered_to} was given a link to sign in with once, {until}."
        case SignedIn():
            return f"{at.stakeholder} signed in to the pages."
        case SignedOut():
            return f"{at.stakeholder} signed out of the pages."
    assert_never(fact)


def _message(fact: MessageFact) -> str:
    match fact:
        case MessageClaimed():
            about_to = "leave" if fact.leaving else "be sent"
            return f"A message to {fact.to} was about to {about_to}."
        case MessageDelivered():
            return f"A message to {fact.to} was delivered."
        case MessageDelayed():
            return f"A message to {fact.to} waits and is tried again: {fact.reason}."
        case MessageFailed():
            return f"A message to {fact.to} could not be delivered: {fact.reason}."
        case MessageWithheld():
            return f"A message to {fact.to} was not sent: {fact.reason}."
        case MessageUncertain():
            return f"Nobody knows whether a message to {fact.to} was sent; it is not sent again."
        case MessageBounced():
            return f"A message to {fact.to} came back: {fact.status}."
    assert_never(fact)
