"""Everything that can happen, on one page: the product's table of contents.

A fact never holds personal text, only `Words`: the id and digest of what the vault keeps sealed.
The stream's address (assessment, round, stakeholder, item) and the stamp (who, when, by which
surface, why) are written beside each fact. A topic never changes; a new meaning is a new topic.
"""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from ehsg_events.kernel import Fact, Frozen, Moment, Surface, Words
from ehsg_events.values.address import Address, addresses
from ehsg_events.values.evidence import Evidence
from ehsg_events.values.exposure import Exposure
from ehsg_events.values.filled_in import Row
from ehsg_events.values.hours import Hours
from ehsg_events.values.measure import Measure, Tells
from ehsg_events.values.policy import Afterwards, Policy, Rule
from ehsg_events.values.proclaimed import Proclaimed

Kind = Literal["score", "number", "dont-know", "not-my-area", "skip", "text"]
RoundKind = Literal["first", "feedback", "workshop", "peer-review"]
Screen = Literal[
    "review", "help", "why", "nudges", "who-sees", "withdraw", "hand-on", "what-waits", "question",
    "thanks", "leave", "levels", "beside",
]  # fmt: skip
Concern = Literal["safeguarding", "nhs-number", "child"]
Unchanged = Literal["as-it-was", "moved-on", "unplaced", "unread", "edited", "deleted"]
Layout = Literal["headings", "columns", "json", "xlsx"]
Backup = Literal["manager", "substitute"]
Reads = Literal["auditor", "board"]
Means = Literal["telephone", "letter", "e-mail", "in-person"]
Ground = Literal["asked", "retention"]  # on which somebody was forgotten
Showing = Literal["why", "trail", "evidence", "pack"]  # where words are read under a pseudonym
Matter = Literal[  # what a person is told, by a message or by the coordinator
    "invitation",
    "new-round",
    "workshop",
    "reopening",
    "extension",
    "reminder",
    "handing-over",
    "declined",
    "release",
    "close",
    "agreed-on",
    "lapsed",
    "outcome",
    "stand-in",
]
Leaves = Literal[
    "agreed", "asked-again", "stable-disagreement", "round-limit", "nobody-left", "moderated",
    "withdrawal",
]  # fmt: skip


class StandIn(Frozen):
    """Who is told when somebody stays silent: their line manager, or who stands in for them."""

    kind: Backup
    name: Words
    slack: Words | None = None
    email: Words | None = None

    @property
    def addresses(self) -> tuple[Address, ...]:
        """Where they can be written to, in order."""
        return addresses(self.slack, self.email)


class Left(Frozen):
    """How a descriptor leaves a round, and by which stop rule.

    `tells` is what a feedback round shows of its figures; none where that was not decided yet.
    """

    item: str
    because: Leaves
    tells: Tells | None = None


# -- assessment: one area, one guide, one panel ------------------------------------------------
class AssessmentOpened(Fact, topic="assessment.AssessmentOpened.v1"):
    area: str
    guide: str
    guide_digest: str
    rule: Rule
    policy: Policy


class StakeholderAdded(Fact, topic="assessment.StakeholderAdded.v1"):
    stakeholder: str
    agency: str
    works_as: str
    items: tuple[str, ...]
    reached_by: Surface
    name: Words
    slack: Words | None = None
    language: str = "en"
    zone: str | None = None
    hours: Hours | None = None
    backup: StandIn | None = None
    peer_of: str | None = None
    email: Words | None = None

    @property
    def addresses(self) -> tuple[Address, ...]:
        """Where they can be written to, in order; who chose e-mail is not written to in Slack."""
        if self.reached_by == "web":
            return ()
        return addresses(self.slack if self.reached_by == "slack" else None, self.email)


class StakeholderReleased(Fact, topic="assessment.StakeholderReleased.v1"):
    released: str
    because: Words


class StakeholderCorrected(Fact, topic="assessment.StakeholderCorrected.v1"):
    corrected: str
    agency: str | None = None  # what is none stays as it was
    reached_by: Surface | None = None
    name: Words | None = None
    slack: Words | None = None
    language: str | None = None
    zone: str | None = None
    hours: Hours | None = None
    email: Words | None = None
    backup: StandIn | None = None
    left: tuple[Surface, ...] = ()  # where they have no address any more


class PersonForgotten(Fact, topic="assessment.PersonForgotten.v1"):
    forgotten: str
    ground: Ground
    because: Words | None = None
    texts: tuple[UUID, ...] = ()  # the sealed texts that were deleted, by the ids in their facts


class RetentionAnnounced(
    Fact, topic="assessment.RetentionAnnounced.v1"
):  # destroyed by itself then
    kept_until: date
    then: Afterwards
    people: tuple[str, ...]  # whose names and words are destroyed
    destroyed_from: date  # not before this day
    chosen: date  # when the policy was chosen that says so


class RetentionHeld(Fact, topic="assessment.RetentionHeld.v1"):
    because: Words


class RetentionResumed(Fact, topic="assessment.RetentionResumed.v1"): ...


class RetentionApplied(Fact, topic="assessment.RetentionApplied.v1"):
    kept_until: date
    then: Afterwards
    chosen: date | None = None  # when the policy was chosen by which it was done by itself


OfRetention = RetentionAnnounced | RetentionHeld | RetentionResumed | RetentionApplied


class SubjectAccessGiven(Fact, topic="assessment.SubjectAccessGiven.v1"):
    given_to: str


class PersonalLinkIssued(Fact, topic="assessment.PersonalLinkIssued.v1"):
    issued_to: str
    link: str  # the digest; the token itself is sealed, so that the link can be said again
    token: Words


class PersonalLinkShown(Fact, topic="assessment.PersonalLinkShown.v1"):
    shown_for: str  # to a coordinator, who could read and answer with it


class PersonalLinkRevoked(Fact, topic="assessment.PersonalLinkRevoked.v1"):
    link: str


class PersonalLinkAsked(Fact, topic="assessment.PersonalLinkAsked.v1"):
    asked_for: str  # on the page of a link that opens nothing any more


class RemindersStopped(Fact, topic="assessment.RemindersStopped.v1"):
    stopped_for: str


class RemindersWanted(Fact, topic="assessment.RemindersWanted.v1"):  # after they were stopped
    wanted_by: str


class PolicyChosen(Fact, topic="assessment.PolicyChosen.v1"):
    policy: Policy


class TermsChosen(Fact, topic="assessment.TermsChosen.v1"):  # before a first round opened
    rule: Rule
    policy: Policy


class OpeningPlanned(Fact, topic="assessment.OpeningPlanned.v1"):
    round: int
    opens: Moment
    deadline: Moment


class OpeningCancelled(Fact, topic="assessment.OpeningCancelled.v1"):
    round: int


class CoordinatorNamed(Fact, topic="assessment.CoordinatorNamed.v1"):
    coordinator: str
    name: Words
    slack: Words | None = None
    email: Words | None = None

    @property
    def addresses(self) -> tuple[Address, ...]:
        """Where they can be written to, in order."""
        return addresses(self.slack, self.email)


class CoordinatorRemoved(Fact, topic="assessment.CoordinatorRemoved.v1"):
    coordinator: str


class ReaderNamed(Fact, topic="assessment.ReaderNamed.v1"):
    reader: str
    reads_as: Reads
    name: Words
    email: Words | None = None

    @property
    def addresses(self) -> tuple[Address, ...]:
        """Where they can be written to."""
        return addresses(None, self.email)


class ReaderRemoved(Fact, topic="assessment.ReaderRemoved.v1"):
    reader: str


class ContactChanged(Fact, topic="assessment.ContactChanged.v1"):
    contact_of: str  # a coordinator or a reader
    slack: Words | None = None  # what is none stays as it was
    email: Words | None = None
    left: tuple[Surface, ...] = ()  # where they have no address any more


class PrioritiesChosen(Fact, topic="assessment.PrioritiesChosen.v1"):
    items: tuple[str, ...]
    data_model: int | None
    warnings: tuple[str, ...]


class PermissionSet(Fact, topic="assessment.PermissionSet.v1"):
    permission: str
    granted: bool


class TermExplained(Fact, topic="assessment.TermExplained.v1"):
    term: str  # a local term of the guide, by its id
    meaning: Words


class LetterWorded(Fact, topic="assessment.LetterWorded.v1"):
    letter: str  # its name, such as reminder
    language: str
    subject: str | None = None  # none where our own words stand again
    text: str | None = None


class TableFilled(Fact, topic="assessment.TableFilled.v1"):
    local_table: str
    rows: tuple[Row, ...]  # the whole table, instead of what stood there before


class EvidenceAttached(Fact, topic="assessment.EvidenceAttached.v1"):
    attached: int  # counted from 1 within the assessment
    asked_as: str | None  # what the guide asks for, by its id
    words: Words
    evidence: Evidence | None = None


class EvidenceDetached(Fact, topic="assessment.EvidenceDetached.v1"):
    attached: int
    because: Words


class AssessmentSignedOff(Fact, topic="assessment.AssessmentSignedOff.v1"):
    signed_as: str
    name: Words
    blanks: tuple[str, ...] = ()  # what was still blank, and signed so


class SignOffWithdrawn(Fact, topic="assessment.SignOffWithdrawn.v1"):
    because: Words


class AssessmentAbandoned(
    Fact, topic="assessment.AssessmentAbandoned.v1"
):  # before anybody was asked
    because: Words


# -- round: a span in which each stakeholder has one interview ---------------------------------
class RoundOpened(Fact, topic="round.RoundOpened.v1"):
    kind: RoundKind
    items: tuple[str, ...]
    deadline: Moment
    policy: Policy


class StakeholderInvited(Fact, topic="round.StakeholderInvited.v1"):
    invited: str
    items: tuple[str, ...]
    zone: str | None = None
    hours: Hours | None = None


class InvitationEnded(Fact, topic="round.InvitationEnded.v1"):
    ended_for: str


class StakeholderReminded(Fact, topic="round.StakeholderReminded.v1"):
    reminded: str
    milestone: str


class ReminderWithheld(Fact, topic="round.ReminderWithheld.v1"):
    withheld_from: str
    milestone: str
    rule: Literal[
        "finished",
        "withdrawn",
        "released",
        "handed-on",
        "capped",
        "overtaken",
        "cannot-matter",
        "nobody-named",
        "too-late",
        "asked-for-later",
        "refused",
    ]


class ToldByHand(Fact, topic="round.ToldByHand.v1"):
    spoken_to: str
    of: Matter
    means: Means


class HoursCorrected(Fact, topic="round.HoursCorrected.v1"):
    corrected: str
    zone: str | None = None
    hours: Hours | None = None


class Escalated(Fact, topic="round.Escalated.v1"):
    about: str
    to: Literal["manager", "substitute", "coordinator"]
    milestone: str


class SurfaceFellBack(Fact, topic="round.SurfaceFellBack.v1"):
    fell_back: str


class SurfaceRegained(Fact, topic="round.SurfaceRegained.v1"):
    regained: str


class CoordinatorReminded(Fact, topic="round.CoordinatorReminded.v1"):
    of: Literal["moderation", "sign-off"]
    milestone: str


class LinkIssued(Fact, topic="round.LinkIssued.v1"):
    issued_to: str
    link: str


class LinkRevoked(Fact, topic="round.LinkRevoked.v1"):
    link: str


class ItemsHandedOn(Fact, topic="round.ItemsHandedOn.v1"):
    handed_on_by: str
    to: str
    items: tuple[str, ...]


class HandOnDeclined(Fact, topic="round.HandOnDeclined.v1"):
    declined_to: str
    because: Words


class HandOnAgreed(Fact, topic="round.HandOnAgreed.v1"):  # after the close, for the next round
    agreed_to: str
    to: str
    items: tuple[str, ...]


class HandOnLapsed(Fact, topic="round.HandOnLapsed.v1"):  # no round is left that asks them
    lapsed_for: str


class RoundPaused(Fact, topic="round.RoundPaused.v1"):
    because: Words


class RoundResumed(Fact, topic="round.RoundResumed.v1"): ...


class DeadlineMoved(Fact, topic="round.DeadlineMoved.v1"):
    deadline: Moment
    because: Words


class HolidaysCounted(Fact, topic="round.HolidaysCounted.v1"):  # in a round that was open
    proclaimed: tuple[Proclaimed, ...]


class RoundClosed(Fact, topic="round.RoundClosed.v1"):
    closed_by: Literal["deadline", "coordinator"]


class RoundReopened(Fact, topic="round.RoundReopened.v1"):
    deadline: Moment
    because: Words


class AttendanceRecorded(Fact, topic="round.AttendanceRecorded.v1"):
    present: tuple[str, ...]


class VoteOpened(Fact, topic="round.VoteOpened.v1"):
    item: str
    put_to: tuple[str, ...] = ()


class VoteShown(Fact, topic="round.VoteShown.v1"):
    item: str
    counts: tuple[int, ...] = ()  # scores on each level from the lowest; none when they are few
    agencies: int = 0
    voted: int = 0
    missing: int = 0


class RoundMeasured(Fact, topic="round.RoundMeasured.v1"):
    rule: str
    measures: tuple[Measure, ...]
    settled: tuple[str, ...]
    unsettled: tuple[str, ...]
    then: Literal["feedback", "moderation"]
    feedback_due: Moment | None = None
    left: tuple[Left, ...] = ()
    moderation_due: Moment | None = None
    sign_off_due: Moment | None = None
    without: tuple[str, ...] = ()  # those who had withdrawn by then


# -- interview: one stakeholder in one round ---------------------------------------------------
class InterviewStarted(Fact, topic="interview.InterviewStarted.v1"):
    notice: str


class AnswerGiven(Fact, topic="interview.AnswerGiven.v1"):
    item: str
    kind: Kind
    level: str | None
    score: int | None
    exposure: Exposure
    number: float | None = None


class AnswerAmended(Fact, topic="interview.AnswerAmended.v1"):
    item: str
    kind: Kind
    level: str | None
    score: int | None
    exposure: Exposure
    number: float | None = None


class NoteGiven(Fact, topic="interview.NoteGiven.v1"):
    item: str
    field: str
    words: Words
    source: str | None = None
    evidence: Evidence | None = None


class NoteAmended(Fact, topic="interview.NoteAmended.v1"):
    note: UUID
    words: Words


class NoteRetracted(Fact, topic="interview.NoteRetracted.v1"):
    note: UUID


class WordsStopped(Fact, topic="interview.WordsStopped.v1"):
    concern: Concern


class WordsSetAside(Fact, topic="interview.WordsSetAside.v1"):
    item: str  # under one of whose fields they may belong
    words: Words
    source: str | None = None
    evidence: Evidence | None = None


class WordsLeftOut(Fact, topic="interview.WordsLeftOut.v1"):
    set_aside: UUID


class ChangeQueried(Fact, topic="interview.ChangeQueried.v1"):
    item: str
    value: str  # a level, a number, or the kind of an answer without a score
    edited: bool = (
        False  # by an edit of the words that gave the answer; else by words that came late
    )


class NothingChanged(Fact, topic="interview.NothingChanged.v1"):
    why: Unchanged
    item: str | None = None


class FieldFinished(Fact, topic="interview.FieldFinished.v1"):
    item: str
    field: str


class ItemRevisited(Fact, topic="interview.ItemRevisited.v1"):
    item: str


class FieldRevisited(Fact, topic="interview.FieldRevisited.v1"):
    item: str
    field: str


class ScreenAsked(Fact, topic="interview.ScreenAsked.v1"):
    screen: Screen
    item: str | None = None  # whose levels were asked for


class InputRefused(Fact, topic="interview.InputRefused.v1"):
    words: Words


class PrioritiesNamed(Fact, topic="interview.PrioritiesNamed.v1"):
    items: tuple[str, ...]


class HandOnAsked(Fact, topic="interview.HandOnAsked.v1"):
    colleague: Words


class ReminderWished(Fact, topic="interview.ReminderWished.v1"):
    remind_at: Moment


class ReminderUnwished(Fact, topic="interview.ReminderUnwished.v1"): ...


class InterviewPaused(Fact, topic="interview.InterviewPaused.v1"): ...


class InterviewResumed(Fact, topic="interview.InterviewResumed.v1"): ...


class InterviewCompleted(Fact, topic="interview.InterviewCompleted.v1"): ...


class InterviewWithdrawn(Fact, topic="interview.InterviewWithdrawn.v1"): ...


# -- outcome: the score that stands for one descriptor -----------------------------------------
class OutcomeAdopted(Fact, topic="outcome.OutcomeAdopted.v1"):
    level: str
    score: int
    after_round: int
    rule: str


class OutcomeModerated(Fact, topic="outcome.OutcomeModerated.v1"):
    level: str
    score: int
    median: float | None
    because: Words


class OutcomeSetAside(Fact, topic="outcome.OutcomeSetAside.v1"):
    after_round: int
    set_aside_for: Literal["reopening", "withdrawal"] = "reopening"


class DissentRecorded(Fact, topic="outcome.DissentRecorded.v1"):
    dissenter: str
    because: Words


class ActionAgreed(Fact, topic="outcome.ActionAgreed.v1"):
    action: int  # counted from 1 within its descriptor
    words: Words
    owner: Words | None
    due: date | None


class ActionAmended(Fact, topic="outcome.ActionAmended.v1"):
    action: int
    words: Words
    owner: Words | None
    due: date | None


class ActionEnded(Fact, topic="outcome.ActionEnded.v1"):
    action: int
    how: Literal["done", "dropped"]
    because: Words


# -- sign-in: one person's way in to the pages ---------------------------------------------------
class SignInAsked(Fact, topic="sign-in.SignInAsked.v1"):
    asked_for: str  # whoever has the address that was typed; nobody knows who typed it


class SignInOffered(Fact, topic="sign-in.SignInOffered.v1"):
    offered_to: str
    link: str
    until: Moment


class SignedIn(Fact, topic="sign-in.SignedIn.v1"):
    link: str
    door: str
    until: Moment


class SignedOut(Fact, topic="sign-in.SignedOut.v1"):
    door: str


# -- reading: whose words one person opened ------------------------------------------------------
class WordsRead(Fact, topic="reading.WordsRead.v1"):
    session: str  # a session's digest, or the day of a command
    showing: Showing
    whose: tuple[str, ...]  # those whose words this session had not opened before


# -- message: one thing said to one person, once -----------------------------------------------
class MessageClaimed(Fact, topic="message.MessageClaimed.v1"):
    to: str
    lease_until: Moment
    leaving: bool = False  # it is on its way out: from now on nobody knows, until it is said


class MessageDelivered(Fact, topic="message.MessageDelivered.v1"):
    to: str
    reference: str
    shows: str | None = None  # the kind of prompt
    asks_item: str | None = None  # the question it asks, if it asks one
    asks_field: str | None = None


class MessageFailed(Fact, topic="message.MessageFailed.v1"):
    to: str
    reason: str


class MessageUncertain(Fact, topic="message.MessageUncertain.v1"):
    to: str  # nobody knows whether it was sent, and it is not sent again


class MessageBounced(Fact, topic="message.MessageBounced.v1"):
    to: str  # it was delivered, and came back
    status: str


class MessageDelayed(Fact, topic="message.MessageDelayed.v1"):
    to: str
    reason: str  # why the surface does not take it now; it is tried again


class MessageWithheld(Fact, topic="message.MessageWithheld.v1"):
    to: str
    reason: str


MessageFact = (
    MessageClaimed | MessageDelayed | MessageDelivered | MessageFailed | MessageWithheld
    | MessageUncertain | MessageBounced
)  # fmt: skip


# -- submission: what an area handed in elsewhere, read from its form as it was printed ---------
class SubmissionImported(Fact, topic="submission.SubmissionImported.v1"):
    area: str
    year: int
    guide: str
    guide_digest: str
    file_digest: str | None = None  # of the plain file, in facts of earlier releases only
    layout: Layout
    left_out: Words | None = None
    anyway: bool = False
    template: Words | None = None
    keyed_digest: str | None = None  # of the file, under the key of the form


class DescriptorImported(Fact, topic="submission.DescriptorImported.v1"):
    item: str
    level: str | None
    score: int | None


class NoteImported(Fact, topic="submission.NoteImported.v1"):
    item: str
    field: str
    words: Words
    heading: bool = False


class ChoicesImported(Fact, topic="submission.ChoicesImported.v1"):
    items: tuple[str, ...]
    data_model: int | None
    data_model_changed: bool | None


class PermissionImported(Fact, topic="submission.PermissionImported.v1"):
    permission: str
    granted: bool


# -- ledger: the signed tree over the whole log, one for all assessments of an area --------------
class LedgerBegun(Fact, topic="ledger.LedgerBegun.v1"):
    origin: str
    signed_by: str
    secret: str
    before: int


class LedgerKeyChanged(Fact, topic="ledger.LedgerKeyChanged.v1"):
    signed_by: str
    was_missing: bool
