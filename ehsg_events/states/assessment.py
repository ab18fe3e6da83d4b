"""One area assessed once under one guide: its panel, priorities, permissions and sign-off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import assert_never

from ehsg_events.events import (
    AssessmentAbandoned,
    AssessmentOpened,
    AssessmentSignedOff,
    ContactChanged,
    CoordinatorNamed,
    CoordinatorRemoved,
    EvidenceAttached,
    EvidenceDetached,
    LetterWorded,
    OfRetention,
    OpeningCancelled,
    OpeningPlanned,
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
    SignOffWithdrawn,
    StakeholderAdded,
    StakeholderCorrected,
    StakeholderReleased,
    SubjectAccessGiven,
    TableFilled,
    TermExplained,
    TermsChosen,
)
from ehsg_events.kernel import Refused, Way, Words
from ehsg_events.states.contacts import changed, corrected
from ehsg_events.states.letters import Letters, worded
from ehsg_events.values.filled_in import Row
from ehsg_events.values.policy import Policy, Rule, Terms
from guides.model import Guide

AssessmentFact = (
    AssessmentOpened
    | StakeholderAdded
    | StakeholderCorrected
    | StakeholderReleased
    | PersonForgotten
    | OfRetention
    | SubjectAccessGiven
    | PersonalLinkIssued
    | PersonalLinkShown
    | PersonalLinkRevoked
    | PersonalLinkAsked
    | RemindersStopped
    | RemindersWanted
    | PolicyChosen
    | TermsChosen
    | OpeningPlanned
    | OpeningCancelled
    | CoordinatorNamed
    | CoordinatorRemoved
    | ReaderNamed
    | ContactChanged
    | ReaderRemoved
    | PrioritiesChosen
    | PermissionSet
    | TermExplained
    | LetterWorded
    | TableFilled
    | EvidenceAttached
    | EvidenceDetached
    | AssessmentSignedOff
    | SignOffWithdrawn
    | AssessmentAbandoned
)

WITHDRAW = Way("sign-off withdraw", "withdraw it")
ABANDONED = "This assessment was abandoned and stays as it is, so nothing more is recorded in it."
OPEN_ANOTHER = Way("assessment open", "open another")


@dataclass(frozen=True)
class Assessment:
    """The state of an assessment, folded from its facts."""

    area: str
    guide: str
    guide_digest: str
    rule: Rule
    policy: Policy
    panel: Mapping[str, StakeholderAdded] = field(default_factory=dict)
    released: frozenset[str] = frozenset()  # asked nothing more; what they said stands
    forgotten: frozenset[str] = frozenset()  # their names and words are destroyed
    links: Mapping[str, PersonalLinkIssued] = field(default_factory=dict)  # by person
    unreminded: frozenset[str] = frozenset()  # they asked for no reminders
    opening: OpeningPlanned | None = None
    coordinators: Mapping[str, CoordinatorNamed] = field(default_factory=dict)
    coordinators_named: int = 0  # ever: a removed coordinator's pseudonym is not given again
    readers: Mapping[str, ReaderNamed] = field(default_factory=dict)  # who may still read
    readers_named: int = 0  # ever
    priorities: PrioritiesChosen | None = None
    permissions: Mapping[str, bool] = field(default_factory=dict)
    terms: Mapping[str, Words] = field(default_factory=dict)  # what they mean here
    letters: Letters = field(default_factory=dict)  # in the area's own words
    tables: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)  # as the area filled them
    attached: Mapping[int, EvidenceAttached] = field(default_factory=dict)
    attached_ever: int = 0  # ever: a number is not given again
    signed_off: AssessmentSignedOff | None = None
    end_told: bool = False  # signed off once, so that people were told what stands
    abandoned: AssessmentAbandoned | None = None

    @property
    def ended(self) -> bool:
        """Whether it was signed off or abandoned, so that nothing falls due in it any more."""
        return self.signed_off is not None or self.abandoned is not None

    @property
    def asked(self) -> list[str]:
        """Whom a first round asks: the panel without people who were released and without peers."""
        gone = self.released
        return [
            person
            for person, member in self.panel.items()
            if person not in gone and member.peer_of is None
        ]

    def named(self, person: str) -> CoordinatorNamed | ReaderNamed | None:
        """Somebody who coordinates or reads now, by pseudonym."""
        return self.coordinators.get(person) or self.readers.get(person)


def evolve(  # noqa: C901, PLR0912 - one case for each kind of fact
    state: Assessment | None, fact: AssessmentFact
) -> Assessment:
    """Fold one fact into the state."""
    if isinstance(fact, AssessmentOpened):
        return Assessment(fact.area, fact.guide, fact.guide_digest, fact.rule, fact.policy)
    assert state is not None, "an assessment's first fact is that it was opened"
    if isinstance(fact, OfRetention):
        return state
    match fact:
        case StakeholderAdded(stakeholder=person):
            panel = {**state.panel, person: fact}
            return replace(state, panel=panel, released=state.released - {person})
        case StakeholderReleased():
            return replace(state, released=state.released | {fact.released})
        case StakeholderCorrected():
            return replace(state, panel=corrected(state.panel, fact))
        case PersonForgotten():
            return _forgotten(state, fact.forgotten)
        case SubjectAccessGiven() | PersonalLinkShown() | PersonalLinkAsked():
            return state
        case RemindersStopped():
            return replace(state, unreminded=state.unreminded | {fact.stopped_for})
        case RemindersWanted():
            return replace(state, unreminded=state.unreminded - {fact.wanted_by})
        case PersonalLinkIssued():
            return replace(state, links={**state.links, fact.issued_to: fact})
        case PersonalLinkRevoked():
            kept = {who: issued for who, issued in state.links.items() if issued.link != fact.link}
            return replace(state, links=kept)
        case PolicyChosen():
            return replace(state, policy=fact.policy)
        case TermsChosen():
            return replace(state, rule=fact.rule, policy=fact.policy)
        case OpeningPlanned():
            return replace(state, opening=fact)
        case OpeningCancelled():
            return replace(state, opening=None)
        case CoordinatorNamed():
            named = {**state.coordinators, fact.coordinator: fact}
            ever = state.coordinators_named + 1
            return replace(state, coordinators=named, coordinators_named=ever)
        case CoordinatorRemoved():
            left = {k: v for k, v in state.coordinators.items() if k != fact.coordinator}
            return replace(state, coordinators=left)
        case ContactChanged():
            coordinators = changed(state.coordinators, fact)
            readers = changed(state.readers, fact)
            return replace(state, coordinators=coordinators, readers=readers)
        case ReaderNamed():
            readers = {**state.readers, fact.reader: fact}
            return replace(state, readers=readers, readers_named=state.readers_named + 1)
        case ReaderRemoved():
            still = {k: v for k, v in state.readers.items() if k != fact.reader}
            return replace(state, readers=still)
        case PrioritiesChosen():
            return replace(state, priorities=fact)
        case PermissionSet():
            granted = {**state.permissions, fact.permission: fact.granted}
            return replace(state, permissions=granted)
        case TermExplained():
            return replace(state, terms={**state.terms, fact.term: fact.meaning})
        case LetterWorded():
            return replace(state, letters=worded(state.letters, fact))
        case TableFilled():
            return replace(state, tables={**state.tables, fact.local_table: fact.rows})
        case EvidenceAttached():
            attached = {**state.attached, fact.attached: fact}
            return replace(state, attached=attached, attached_ever=fact.attached)
        case EvidenceDetached():
            rest = {k: v for k, v in state.attached.items() if k != fact.attached}
            return replace(state, attached=rest)
        case AssessmentSignedOff():
            return replace(state, signed_off=fact, end_told=True)
        case SignOffWithdrawn():
            return replace(state, signed_off=None)
        case AssessmentAbandoned():
            return replace(state, abandoned=fact, opening=None)
    assert_never(fact)


def _forgotten(state: Assessment, person: str) -> Assessment:
    """Whoever is forgotten is asked nothing more, and their link opens nothing."""
    return replace(
        state,
        forgotten=state.forgotten | {person},
        released=state.released | ({person} & state.panel.keys()),
        links={who: issued for who, issued in state.links.items() if who != person},
    )


def open_assessment(
    area: str, guide: Guide, digest: str, terms: Terms, panel: Sequence[StakeholderAdded]
) -> tuple[AssessmentFact, ...]:
    """Open an assessment with its rule and its policy, and with its panel if that is known."""
    if not area.strip():
        raise Refused("An assessment needs the name of its area, such as Sefton.", field="area")
    opened = AssessmentOpened(
        area=area.strip(), guide=guide.id, guide_digest=digest, rule=terms.rule, policy=terms.policy
    )
    return (opened, *panel)


def member_of(state: Assessment, stakeholder: str) -> StakeholderAdded:
    """A person on the panel, by pseudonym.

    Raises:
        Refused: nobody on the panel has this pseudonym.
    """
    if stakeholder not in state.panel:
        raise Refused(
            f"Nobody on the panel is called {stakeholder}.", Way("panel", "see who is on the panel")
        )
    return state.panel[stakeholder]


def refuse_if_signed_off(state: Assessment) -> None:
    """Refuse to change anything that was signed off, and say how to withdraw the sign-off."""
    if state.signed_off is not None:
        raise Refused(
            f"This assessment was signed off by the {state.signed_off.signed_as} and stands as "
            f"it is. To change it, withdraw the sign-off first.",
            WITHDRAW,
        )


def refuse_if_abandoned(state: Assessment) -> None:
    """Refuse to record anything more in an assessment that was abandoned."""
    if state.abandoned is not None:
        raise Refused(ABANDONED, OPEN_ANOTHER)
