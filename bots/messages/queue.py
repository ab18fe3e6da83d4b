"""What is still to be said, in order for each person, and where things were said. Pure: a fold.

The log is the outbox: a fact promises its message under a name that is always the same; which
facts do is in `owed`. A message's own facts (claimed, delivered, failed, withheld) say what became
of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby
from pathlib import Path
from uuid import UUID

from bots.messages.owed import IN_HOURS, TO_OTHERS, Kind, Owed, name_of, owed
from bots.messages.screen import about, asks, is_receipt_enough
from bots.messages.states import InterviewKey, States
from ehsg_events.dates.worktime import may_chase, worktime
from ehsg_events.events import MessageClaimed, MessageDelivered, MessageFailed, MessageWithheld
from ehsg_events.interview.questions import Ask
from ehsg_events.kernel import Recorded, Words
from ehsg_events.states.interview import SCORE

NUDGES: tuple[Kind, ...] = ("reminder", "moved")  # the newest says all that the older ones said
OVERTAKING: tuple[Kind, ...] = (*NUDGES, "reopened", "became")
Who = tuple[UUID, str]
Name = tuple[UUID, str]


@dataclass(frozen=True)
class Promise:
    """A message that is to be said once.

    `screen` is what stands now, `shown` a change of the message `changes`, which asked `ask`.
    `about` is what or whom a message to somebody else is about; `because` is the coordinator's
    reason, where one is told; `deadline` is the round's when it was promised.
    """

    assessment: UUID
    round: int
    to: str
    name: str
    kind: Kind
    cause: str
    deadline: datetime
    ask: Ask | None = None
    changes: str | None = None
    about: tuple[str, ...] = ()
    because: Words | None = None
    claims: int = 0
    lease_until: datetime | None = None

    @property
    def place(self) -> InterviewKey:
        """The interview it belongs to."""
        return self.assessment, self.round, self.to


@dataclass
class Promises:
    """What is still to be said, in order for each person, and where things were said.

    `folder` is the data folder, which may hold guides of its own. `latest` is the newest of the
    messages of which only the newest counts.
    """

    folder: Path | None = None
    waiting: dict[Who, dict[str, Promise]] = field(default_factory=dict)
    references: dict[Name, str] = field(default_factory=dict)
    latest: dict[tuple[InterviewKey, str | None], str] = field(default_factory=dict)
    _known: States = field(init=False)
    _named: set[Name] = field(default_factory=set)
    _asked_in: dict[InterviewKey, dict[Ask, list[str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._known = States(self.folder)

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

    # -- what stands -----------------------------------------------------------------------------
    def is_noticed(self, place: InterviewKey) -> bool:
        """Whether the notice of an interview was settled: nothing waits to be said before it."""
        waits = self.waiting.get((place[0], place[2]), {}).values()
        return not any(one.kind == "notice" and one.place == place for one in waits)

    def was_told(self, place: InterviewKey) -> bool:
        """Whether the notice of an interview was said."""
        return (place[0], name_of(place, "notice")) in self.references

    def is_again(self, promise: Promise) -> bool:
        """Whether somebody was invited before, and released meanwhile."""
        return promise.name != name_of(promise.place, "notice")

    def is_overtaken(self, promise: Promise) -> bool:
        """Whether a newer message of its kind, said or not, says all that it would say."""
        return self.latest[promise.place, _group(promise.kind)] != promise.name

    def is_moved_since(self, promise: Promise) -> bool:
        """Whether the round has another deadline than when a message was promised."""
        return self._known.rounds[promise.place[:2]].deadline != promise.deadline

    def answered(self) -> list[Who]:
        """Those who said something and wait for what comes next."""
        waiting = self.waiting.items()
        return [
            who
            for who, queue in waiting
            if any(one.kind in ("screen", "shown") for one in queue.values())
        ]

    def is_held(self, promise: Promise, now: datetime) -> bool:
        """Whether a message waits until whom it is for works: who is chased is chased then only."""
        if promise.kind not in IN_HOURS:
            return False
        one = self._known.rounds[promise.place[:2]]
        theirs = one.worktime(promise.to) if promise.kind == "reminder" else worktime(one.policy)
        return not may_chase(one.policy, theirs, now)

    # -- folding ---------------------------------------------------------------------------------
    def _take(self, facts: list[Recorded]) -> None:
        match facts[0].stream.kind:
            case "interview":
                self._heard(facts)
            case "message":
                for one in facts:
                    self._settle(one)
            case _:
                for one in facts:
                    self._known.take(one)
                    for what in owed(facts, one, self._known):
                        self._owe(what, one)

    def _owe(self, what: Owed, one: Recorded) -> None:
        """A message of a round; what is put to the vote is a question, and changed once answered."""
        ask = Ask(what.about[0], SCORE) if what.kind == "vote" else None
        name = self._promise(what, one, ask)
        if name and ask:
            self._asked_in.setdefault(what.place, {}).setdefault(ask, []).append(name)

    def _heard(self, facts: list[Recorded]) -> None:
        """One thing somebody said: the next screen, and a change of what asked for it."""
        last = facts[-1]
        place = (last.stream.assessment, last.stream.round or 0, last.stream.stakeholder or "")
        asked_in = self._asked_in.setdefault(place, {})
        before, state = self._known.ask(place), self._known.interview(place)
        touched = dict.fromkeys(ask for one in facts for ask in about(one, state))
        for one in facts:
            self._known.take(one)
        after = self._known.ask(place)
        shown = [name for ask in touched for name in asked_in.get(ask, ())]
        for name in shown:
            ask = next(ask for ask, names in asked_in.items() if name in names)
            what = f"{name.rpartition('/')[2]} as of version {last.version}"
            self._promise(Owed(place, what, "shown"), last, ask, changes=name)
        enough = is_receipt_enough(facts, before, after, shown) or (
            shown and self._known.is_between_votes(place)
        )
        if last.stamp.surface == "slack" and not enough:
            screen = self._promise(Owed(place, f"version {last.version}", "screen"), last, after)
            if screen and after and asks(self._known.interview(place)):
                asked_in.setdefault(after, []).append(screen)

    def _promise(
        self, what: Owed, one: Recorded, ask: Ask | None = None, changes: str | None = None
    ) -> str | None:
        """Promise a message; who cannot be spoken to first is promised a notice and no more."""
        assessment, number, person = what.place
        if what.kind != "notice" and not self._can_be_told(what):
            return None
        name = name_of(what.place, what.what)
        if (assessment, name) in self._named:
            name = name_of(what.place, what.what, one.version)
        self._named.add((assessment, name))
        deadline = self._known.rounds[assessment, number].deadline
        self.waiting.setdefault((assessment, person), {})[name] = Promise(
            assessment, number, person, name, what.kind, one.stamp.key, deadline,
            ask, changes, what.about, what.because,
        )  # fmt: skip
        if what.kind in ("screen", "shown"):
            self.latest[what.place, changes] = name
        elif what.kind in OVERTAKING:
            self.latest[what.place, _group(what.kind)] = name
        return name

    def _can_be_told(self, what: Owed) -> bool:
        """Whether somebody can be spoken to first; nothing is owed to others who cannot."""
        member = self._known.assessments[what.place[0]].panel.get(what.place[2])
        return what.kind in TO_OTHERS or (member is not None and member.address is not None)

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


def _group(kind: Kind) -> str:
    """What a message's kind competes with: a nudge with every later one."""
    return "became" if kind == "became" else "nudge"
