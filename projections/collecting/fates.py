"""What became of every nudge that was decided: each a row, for sentences to be made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Literal, NamedTuple

from ehsg_events.events import Means
from projections.collecting.decided import (
    BESIDE,
    DECIDED,
    ENDED,
    OF_COORDINATORS,
    STAND_INS,
    Decided,
    Kind,
    NudgeFact,
    decided,
    is_of,
    reached,
)
from projections.facts.view import View
from projections.folded.members import members
from projections.folded.once import once

FAILED = ("MessageFailed", "MessageBounced")
BY_HAND = {"person": ("reminder",), **dict.fromkeys(STAND_INS, ("stand-in",))}
LINKS = ("LinkIssued", "PersonalLinkIssued")  # of a round, or of the whole assessment
LINKS_BY_HAND = ("invitation", "new-round", "workshop")
Fate = Literal["sent", "by-hand", "not-sent", "waiting", "failed", "uncertain", "no-surface"]


class _Message(NamedTuple):
    """What became of the message that a nudge promised."""

    ended: int | None = None
    sent_at: datetime | None = None
    ended_at: datetime | None = None
    failed: bool = False
    uncertain: bool = False
    reason: str | None = None


class NudgeRow(NamedTuple):
    """A nudge: the rule that withheld it, or what became of its message.

    Or by which `means` the coordinator did it by hand; when the person finished or withdrew before
    that; and, where that withheld it, how often and when last a reminder had reached them in this
    round. `person` is null for the coordinators' own reminders.
    """

    position: int
    round: int
    person: str | None
    kind: Kind
    milestone: str
    decided_at: datetime
    told: str | None
    rule: str | None
    fate: Fate
    settled_at: datetime | None
    means: Means | None
    reason: str | None
    finished_at: datetime | None
    withdrawn_at: datetime | None
    times: int
    last_at: datetime | None


@once
def nudge_rows(view: View) -> list[NudgeRow]:
    """Every nudge, in the order in which they were decided."""
    facts = view.facts(
        NudgeFact,
        (*DECIDED, *ENDED, *BESIDE),
        rule="rule.$",
        slack="slack.id",
        email="email.id",
    )
    return [*_Fates(view, facts).rows()]


class _Fates:
    """The facts that nudges end in, laid so that each nudge finds its own."""

    def __init__(self, view: View, facts: list[NudgeFact]) -> None:
        self._view = view
        self._decided = [decided(fact) for fact in facts if fact.what in DECIDED]
        self._of: defaultdict[str, list[NudgeFact]] = defaultdict(list)
        self._caused: defaultdict[str, list[NudgeFact]] = defaultdict(list)
        self._whose: defaultdict[tuple[str, str | None], list[NudgeFact]] = defaultdict(list)
        for fact in facts:
            self._of[fact.what].append(fact)
            self._whose[fact.what, fact.stakeholder or fact.spoken_to or fact.to].append(fact)
            if fact.what in ENDED:
                self._caused[fact.cause].append(fact)

    def rows(self) -> Iterable[NudgeRow]:
        """Each nudge with what became of it."""
        again: dict[tuple[object, ...], int] = {}
        ends = {}
        for nudge in reversed(self._decided):
            if nudge.rule is None:
                place = nudge.round, nudge.person, nudge.told
                ends[nudge.position], again[place] = again.get(place), nudge.position
        return [self._row(nudge, ends.get(nudge.position)) for nudge in self._decided]

    def _row(self, nudge: Decided, again: int | None) -> NudgeRow:
        message, hand = self._message(nudge), self._hand(nudge, again)
        link, regained = self._later(nudge, *LINKS), self._later(nudge, "SurfaceRegained")
        finished_at, withdrawn_at = self._interview(nudge, message)
        given = self._given(nudge)
        by_hand = hand[0].said_at if hand else None
        settled = (message.sent_at, by_hand, link, regained, message.ended_at)
        return NudgeRow(
            nudge.position,
            nudge.round,
            nudge.person,
            nudge.kind,
            nudge.milestone,
            nudge.decided_at,
            nudge.told,
            nudge.rule,
            self._fate(nudge, message, link, by_hand, regained),
            next((at for at in settled if at is not None), None),
            hand[0].means if hand and message.sent_at is None else None,
            message.reason if regained is None else "reached again",
            finished_at,
            withdrawn_at,
            len(given),
            max((fact.said_at for fact in given), default=None),
        )

    def _message(self, nudge: Decided) -> _Message:
        """Caused by the fact that promised it, and named after what it says to whom."""
        ends = [fact for fact in self._caused[nudge.key] if is_of(nudge, fact.message or "")]
        if not ends:
            return _Message()
        sent = [fact.said_at for fact in ends if fact.what == "MessageDelivered"]
        whys = (fact.status if fact.reason is None else fact.reason for fact in ends)
        return _Message(
            ended=ends[-1].position,
            sent_at=min(sent, default=None),
            ended_at=max(fact.said_at for fact in ends),
            failed=any(fact.what in FAILED for fact in ends),
            uncertain=any(fact.what == "MessageUncertain" for fact in ends),
            reason=next((why for why in whys if why is not None), None),
        )

    def _hand(self, nudge: Decided, again: int | None) -> list[NudgeFact]:
        """The times the coordinator did it by hand, before it was decided again."""
        if nudge.rule is not None:
            return []
        matters = LINKS_BY_HAND if nudge.kind == "link" else BY_HAND.get(nudge.told or "", ())
        return [
            fact
            for fact in self._whose["ToldByHand", nudge.person]
            if fact.round == nudge.round
            and fact.of in matters
            and fact.position > nudge.position
            and (again is None or fact.position < again)
        ]

    def _later(self, nudge: Decided, *kinds: str) -> datetime | None:
        """When first a link was made, or Slack reached again, whom it fell back for."""
        every = (fact for kind in kinds for fact in self._of[kind]) if nudge.kind == "link" else ()
        later = (
            fact.said_at
            for fact in every
            if nudge.person in (fact.issued_to, fact.regained)
            and fact.round in (nudge.round, None)
            and fact.position > nudge.position
        )
        return min(later, default=None)

    def _given(self, nudge: Decided) -> list[NudgeFact]:
        """The reminders that had reached somebody when the next was withheld for that."""
        if nudge.rule not in ("capped", "overtaken"):
            return []
        of_theirs = (self._whose[what, nudge.person] for what in ("ToldByHand", "MessageDelivered"))
        facts = (fact for facts in of_theirs for fact in facts)
        return [fact for fact in facts if fact.position < nudge.position and reached(nudge, fact)]

    def _interview(
        self, nudge: Decided, message: _Message
    ) -> tuple[datetime | None, datetime | None]:
        """When the person finished in this round, and when they withdrew, before it ended."""
        before = nudge.position if message.ended is None else message.ended
        finished, withdrew = (
            [fact for fact in self._whose[what, nudge.person] if fact.position < before]
            for what in ("InterviewCompleted", "InterviewWithdrawn")
        )
        in_round = (fact.said_at for fact in finished if fact.round == nudge.round)
        return max(in_round, default=None), max((f.said_at for f in withdrew), default=None)

    def _fate(
        self,
        nudge: Decided,
        message: _Message,
        link: datetime | None,
        by_hand: datetime | None,
        regained: datetime | None,
    ) -> Fate:
        sent = message.sent_at is not None
        fates: tuple[tuple[Fate, bool], ...] = (
            ("not-sent", nudge.rule is not None),
            ("failed", sent and message.failed),
            ("sent", sent or link is not None),
            ("by-hand", by_hand is not None),
            ("not-sent", regained is not None),
            ("failed", message.failed),
            ("uncertain", message.uncertain),
            ("not-sent", message.ended is not None),
            ("no-surface", self._reaches_nobody(nudge)),
        )
        return next((fate for fate, holds in fates if holds), "waiting")

    def _reaches_nobody(self, nudge: Decided) -> bool:
        """Whether no message reaches whom it tells."""
        person = members(self._view).get(nudge.person or "")
        if nudge.told == "person":
            return person is not None and person.reached_by not in ("slack", "mail")
        if nudge.told in STAND_INS:
            return person is not None and not (person.backup_slack or person.backup_email)
        return nudge.kind in OF_COORDINATORS and nudge.told is not None and not self._desk(nudge)

    def _desk(self, nudge: Decided) -> bool:
        """Whether a message reached any coordinator, each as they stood when it was decided."""
        here: dict[str | None, bool] = {}
        every = (*self._of["CoordinatorNamed"], *self._of["CoordinatorRemoved"])
        for fact in sorted(every, key=lambda fact: fact.position):
            if fact.position < nudge.position:
                named = fact.what == "CoordinatorNamed"
                here[fact.coordinator] = named and bool(fact.slack or fact.email)
        return any(here.values())
