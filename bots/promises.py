"""Which messages the log promises, to whom and in which order. Pure: facts in, promises out.

The log is the outbox: an invitation, a reminder, a moved deadline, a close and everything a
person says is a fact, and each promises its message under a name that is always the same. A
message's own facts (claimed, delivered, failed, withheld) say what became of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Literal
from uuid import UUID

from bots.asked import about, asks, has_answered, is_asked_still, is_receipt_enough
from ehsg_events import round as rounds
from ehsg_events.asking import Ask, waiting
from ehsg_events.events import (
    AssessmentOpened,
    DeadlineMoved,
    HandOnDeclined,
    ItemsHandedOn,
    MessageClaimed,
    MessageDelivered,
    MessageFailed,
    MessageWithheld,
    RoundClosed,
    StakeholderAdded,
    StakeholderInvited,
    StakeholderReminded,
)
from ehsg_events.interview import Interview, Sitting, evolve
from ehsg_events.kernel import Recorded, Words
from guides import library

Kind = Literal[
    "notice",
    "reminder",
    "moved",
    "handed-on",
    "taken-over",
    "declined",
    "closed",
    "screen",
    "shown",
]
NUDGES: tuple[Kind, ...] = ("reminder", "moved")  # the newest says all that the older ones said
Place = tuple[UUID, int, str]  # an interview: its assessment, round and stakeholder
Who = tuple[UUID, str]
Name = tuple[UUID, str]


@dataclass(frozen=True)
class Promise:
    """A message that is to be said once.

    `screen` is what stands now, `shown` a change of the message `changes`, which asked `ask`.
    `because` is the coordinator's reason, where one is told.
    """

    assessment: UUID
    round: int
    to: str
    name: str
    kind: Kind
    cause: str
    ask: Ask | None = None
    changes: str | None = None
    because: Words | None = None
    claims: int = 0
    lease_until: datetime | None = None

    @property
    def place(self) -> Place:
        """The interview it belongs to."""
        return self.assessment, self.round, self.to


@dataclass
class _Interview:
    """One interview as far as messages go: its state, and which messages asked what."""

    state: Interview = field(default_factory=Interview)
    asked_in: dict[Ask, list[str]] = field(default_factory=dict)


@dataclass
class Promises:
    """What is still to be said, in order for each person, and where things were said.

    `folder` is the data folder, which may hold guides of its own.
    """

    folder: Path | None = None
    waiting: dict[Who, dict[str, Promise]] = field(default_factory=dict)
    references: dict[Name, str] = field(default_factory=dict)
    latest: dict[tuple[Place, str | None], str] = field(default_factory=dict)
    _guides: dict[UUID, str] = field(default_factory=dict)
    _in_slack: set[Who] = field(default_factory=set)
    _rounds: dict[tuple[UUID, int], rounds.Round] = field(default_factory=dict)
    _interviews: dict[Place, _Interview] = field(default_factory=dict)

    def take(self, facts: Iterable[Recorded]) -> int:
        """Fold facts in the log's order; whole transactions at a time.

        Returns:
            The position of the last one, 0 when there was none.
        """
        position = 0
        for _, together in groupby(facts, key=lambda one: (one.stream, one.stamp.key)):
            transaction = list(together)
            self._take(transaction)
            position = transaction[-1].position
        return position

    def is_noticed(self, place: Place) -> bool:
        """Whether the notice of an interview was settled: nothing waits to be said before it."""
        waits = self.waiting.get((place[0], place[2]), {}).values()
        return not any(one.kind == "notice" and one.place == place for one in waits)

    def is_overtaken(self, nudge: Promise) -> bool:
        """Whether a newer nudge of the same interview waits too."""
        waits = self.waiting[nudge.assessment, nudge.to].values()
        nudges = [one.name for one in waits if one.place == nudge.place and one.kind in NUDGES]
        return nudges[-1] != nudge.name

    def _take(self, facts: list[Recorded]) -> None:
        match facts[0].stream.kind:
            case "interview":
                self._heard(facts)
            case "message":
                for one in facts:
                    self._settle(one)
            case "round":
                for one in facts:
                    self._round(one)
            case "assessment":
                for one in facts:
                    self._panel(one)

    def _panel(self, one: Recorded) -> None:
        if isinstance(one.fact, AssessmentOpened):
            self._guides[one.stream.assessment] = one.fact.guide
        elif isinstance(one.fact, StakeholderAdded) and one.fact.reached_by == "slack":
            self._in_slack.add((one.stream.assessment, one.fact.stakeholder))

    # -- the round -----------------------------------------------------------------------------
    def _round(self, one: Recorded) -> None:
        assessment, number = one.stream.assessment, one.stream.round or 0
        before = self._rounds.get((assessment, number))
        self._rounds[assessment, number] = rounds.evolve(before, one.fact, number, one.stamp.at)  # type: ignore[arg-type]
        match one.fact:
            case StakeholderInvited(invited=person):
                self._promise((assessment, number, person), "notice", "notice", one)
            case StakeholderReminded(reminded=person):
                name = f"reminder {one.fact.milestone}"
                self._promise((assessment, number, person), name, "reminder", one)
            case ItemsHandedOn(handed_on_by=giver, to=taker):
                name = f"handed on {one.version}"
                self._promise((assessment, number, giver), name, "handed-on", one)
                self._promise((assessment, number, taker), name, "taken-over", one)
            case HandOnDeclined(declined_to=person):
                name = f"declined {one.version}"
                self._promise((assessment, number, person), name, "declined", one)
            case DeadlineMoved():
                self._promise_to_those(one, f"deadline {one.version}", "moved", is_asked_still)
            case RoundClosed():
                self._promise_to_those(one, "closed", "closed", has_answered)

    def _promise_to_those(
        self, one: Recorded, what: str, kind: Kind, chosen: Callable[[Interview], bool]
    ) -> None:
        assessment, number = one.stream.assessment, one.stream.round or 0
        for person in self._rounds[assessment, number].invited:
            place = (assessment, number, person)
            if chosen(self._interview(place).state):
                self._promise(place, what, kind, one)

    # -- the interview -------------------------------------------------------------------------
    def _heard(self, facts: list[Recorded]) -> None:
        """One thing somebody said: the next screen, and a change of what asked for it."""
        last = facts[-1]
        place = (last.stream.assessment, last.stream.round or 0, last.stream.stakeholder or "")
        interview = self._interview(place)
        before = self._ask(place)
        touched = dict.fromkeys(ask for one in facts for ask in about(one, interview.state))
        for one in facts:
            interview.state = evolve(interview.state, one.fact)  # type: ignore[arg-type]
        after = self._ask(place)
        shown = [name for ask in touched for name in interview.asked_in.get(ask, ())]
        for name in shown:
            ask = next(ask for ask, names in interview.asked_in.items() if name in names)
            what = f"{name.rpartition('/')[2]} as of version {last.version}"
            self._promise(place, what, "shown", last, ask, changes=name)
        if last.stamp.surface == "slack" and not is_receipt_enough(facts, before, after, shown):
            screen = self._promise(place, f"version {last.version}", "screen", last, after)
            if screen and after and asks(interview.state):
                interview.asked_in.setdefault(after, []).append(screen)

    def _ask(self, place: Place) -> Ask | None:
        guide = library.guide(self._guides[place[0]], self.folder)
        one = self._rounds[place[:2]]
        items = one.invited.get(place[2], ())
        sitting = Sitting(guide.guide, guide.digest, items, one.kind, closed=False, deadline="")
        return waiting(self._interview(place).state, sitting)

    def _interview(self, place: Place) -> _Interview:
        return self._interviews.setdefault(place, _Interview())

    # -- promising and settling ----------------------------------------------------------------
    def _promise(
        self,
        place: Place,
        what: str,
        kind: Kind,
        one: Recorded,
        ask: Ask | None = None,
        changes: str | None = None,
    ) -> str | None:
        """Promise a message; who is not in Slack is promised a notice and nothing else."""
        assessment, number, person = place
        if kind != "notice" and (assessment, person) not in self._in_slack:
            return None
        name = f"round {number}/{person}/{what}"
        because = one.fact.because if isinstance(one.fact, HandOnDeclined) else None
        promise = Promise(
            assessment, number, person, name, kind, one.stamp.key, ask, changes, because
        )
        self.waiting.setdefault((assessment, person), {})[name] = promise
        if kind in ("screen", "shown"):
            self.latest[place, changes] = name
        return name

    def _settle(self, one: Recorded) -> None:
        assessment, name = one.stream.assessment, one.stream.message or ""
        assert isinstance(
            one.fact, MessageClaimed | MessageDelivered | MessageFailed | MessageWithheld
        )
        queue = self.waiting.get((assessment, one.fact.to), {})
        if isinstance(one.fact, MessageClaimed):
            if name in queue:
                until = one.fact.lease_until
                queue[name] = replace(queue[name], claims=one.version, lease_until=until)
            return
        queue.pop(name, None)
        if isinstance(one.fact, MessageDelivered):
            self.references[assessment, name] = one.fact.reference
