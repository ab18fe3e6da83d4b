"""The messages still to be sent, in order for each person, and where the sent ones stand.

The log is the outbox: a fact promises its message under a name that is always the same; `owed` says
which facts do. A message's own facts (claimed, delivered, failed, withheld) say what became of it.
A fold over facts, without clock and without writes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from pathlib import Path
from uuid import UUID

from bots.messages.addresses import addresses_of, is_for
from bots.messages.by_letter import told
from bots.messages.on_behalf import is_told
from bots.messages.owed import ANSWERS, IN_HOURS, Kind, Owed, group_of, name_of, owed
from bots.messages.promise import Name, Promise, Who, tried
from bots.messages.screen import Answered, about, answered, asks, is_receipt_enough, may_be_asked
from bots.messages.standing import Standing
from bots.messages.states import InterviewKey, States
from ehsg_events.events import (
    AssessmentAbandoned,
    InterviewCompleted,
    MessageBounced,
    MessageClaimed,
    MessageDelayed,
    MessageDelivered,
    MessageFact,
    MessageFailed,
    ToldByHand,
)
from ehsg_events.interview.questions import Ask
from ehsg_events.kernel import Recorded, Surface
from ehsg_events.states.interview import SCORE

NUDGES: tuple[Kind, ...] = ("reminder", "wished", "moved")  # the newest says all of them
OF_WHAT_WAS_ABANDONED: tuple[Kind, ...] = ("retention", "sign-in")  # what is said of it still
OVERTAKING: tuple[Kind, ...] = (*NUDGES, "reopened", "became", "link-again", "sign-in")


@dataclass
class Promises:
    """The messages still to be sent, in order for each person, and where the sent ones stand.

    `folder` is the data folder, which may hold guides of its own. `waiting` holds only people who
    have something to be sent. `latest` names the newest of those messages of which only the newest
    counts.
    """

    folder: Path | None = None
    waiting: dict[Who, dict[str, Promise]] = field(default_factory=dict)
    references: dict[Name, str] = field(default_factory=dict)
    latest: dict[tuple[InterviewKey, str | None], str] = field(default_factory=dict)
    _states: States = field(init=False)
    _moved: dict[Who, bool] = field(default_factory=dict)
    _named: set[Name] = field(default_factory=set)
    _asked_in: dict[InterviewKey, dict[Ask, list[str]]] = field(default_factory=dict)
    _dictating: set[InterviewKey] = field(default_factory=set)
    _standing: Standing = field(default_factory=Standing)

    def __post_init__(self) -> None:
        self._states = States(self.folder)

    def take(self, facts: Iterable[Recorded]) -> int:
        """Fold facts in the log's order; whole transactions at a time.

        Returns:
            The position of the last fact, 0 when there was none.
        """
        position = 0
        by_cause = groupby(facts, key=lambda recorded: (recorded.stream, recorded.stamp.key))
        for _, together in by_cause:
            transaction = list(together)
            self._take(transaction)
            position = transaction[-1].position
        return position

    # -- what stands -----------------------------------------------------------------------------
    def is_noticed(self, place: InterviewKey) -> bool:
        """Whether the notice of an interview was settled: it waits no longer."""
        queue = self.waiting.get((place[0], place[2]), {}).values()
        return not any(promise.kind == "notice" and promise.place == place for promise in queue)

    def was_told(self, place: InterviewKey) -> bool:
        """Whether the notice of an interview was delivered."""
        return (place[0], name_of(place, "notice")) in self.references

    def is_again(self, promise: Promise) -> bool:
        """Whether somebody was invited before, and released meanwhile."""
        return promise.name != name_of(promise.place, "notice")

    def is_repeated(self, promise: Promise) -> bool:
        """Whether the screen that a reply shows was asked for again since."""
        same = promise.answered and promise.answered.same
        return bool(same) and self.latest[promise.place, same] != promise.name

    def is_for(self, promise: Promise, surface: Surface, writable: Collection[Surface]) -> bool:
        """Whether a surface is the one that sends a message."""
        return is_for(promise, self._states.assessments[promise.assessment], surface, writable)

    def is_overtaken(self, promise: Promise) -> bool:
        """Whether a newer message of its kind, sent or not, says all that it would say."""
        return self.latest[promise.place, group_of(promise.kind)] != promise.name

    def is_moved_since(self, promise: Promise) -> bool:
        """Whether the round's deadline was moved since a message was promised."""
        return self._states.rounds[promise.place[:2]].deadline != promise.deadline

    def moved(self) -> dict[Who, bool]:
        """The people whose messages changed since this was last asked.

        Returns:
            Each person, with whether something new answers what they did.
        """
        moved, self._moved = self._moved, {}
        return moved

    def is_held(self, promise: Promise, now: datetime) -> bool:
        """Whether a message waits for its person's working hours: nobody is chased outside them."""
        return promise.kind in IN_HOURS and not self._states.works(promise.place, promise.kind, now)

    def held_until(self, promise: Promise, now: datetime) -> datetime:
        """When the working hours begin that a message waits for."""
        return self._states.next_chance(promise.place, promise.kind, now)

    # -- folding ---------------------------------------------------------------------------------
    def _take(self, facts: list[Recorded]) -> None:
        match facts[0].stream.kind:
            case "interview":
                self._take_input(facts)
            case "message":
                for recorded in facts:
                    self._settle(recorded)
            case _:
                for recorded in facts:
                    self._states.take(recorded)
                    if isinstance(recorded.fact, AssessmentAbandoned):
                        self._drop(recorded.stream.assessment)
                    if isinstance(recorded.fact, ToldByHand):
                        self._told(recorded.stream.assessment, recorded.fact)
                    for message in owed(facts, recorded, self._states):
                        self._owe(message, recorded)

    def _drop(self, assessment: UUID) -> None:
        """Send nothing more that an abandoned assessment has promised."""
        for who in [who for who in self.waiting if who[0] == assessment]:
            del self.waiting[who]
            self._moved.setdefault(who, False)

    def _told(self, assessment: UUID, fact: ToldByHand) -> None:
        """Mark what the coordinator has told somebody by a letter of her own."""
        for promise in list(told(self.waiting, assessment, fact)):
            self.waiting[assessment, promise.to][promise.name] = promise
            self._moved.setdefault((assessment, promise.to), False)

    def _owe(self, message: Owed, recorded: Recorded) -> None:
        """Promise a message of a round; one that asks for a vote changes once it is answered."""
        ask = Ask(message.about[0], SCORE) if message.kind == "vote" else None
        if message.kind == "screen":  # said again at another address, where nothing can be changed
            self._asked_in.pop(message.place, None)
            ask = self._states.ask(message.place)
        name = self._promise(message, recorded, ask)
        if name and ask:
            self._asked_in.setdefault(message.place, {}).setdefault(ask, []).append(name)

    def _take_input(self, facts: list[Recorded]) -> None:
        """Promise what one input leads to: the next screen, and a change of what asked for it."""
        last = facts[-1]
        place = (last.stream.assessment, last.stream.round or 0, last.stream.stakeholder or "")
        asked_in = self._asked_in.setdefault(place, {})
        before, state = self._states.ask(place), self._states.interview(place)
        touched = dict.fromkeys(ask for recorded in facts for ask in about(recorded, state))
        for recorded in facts:
            self._states.take(recorded)
        after = self._states.ask(place)
        shown = [name for ask in touched for name in asked_in.get(ask, ())]
        for name in shown:
            ask = next(ask for ask, names in asked_in.items() if name in names)
            what = f"{name.rpartition('/')[2]} as of version {last.version}"
            self._promise(Owed(place, what, "shown"), last, ask, changes=name)
        between = self._states.is_between_votes(place)
        enough = is_receipt_enough(facts, before, after, shown) or (shown and between)
        state = self._states.interview(place)
        reply = answered(facts, state, before, after) if last.stamp.surface == "slack" else None
        if reply and reply.changed_nothing and self._is_answered_anyway(place, last):
            reply = None
        if is_told(facts, self._dictating, place):
            self._promise(Owed(place, f"acted for {last.version}", "acted-for"), last)
        if any(isinstance(one.fact, InterviewCompleted) for one in facts):
            self._thank(place, last)
        what = f"version {last.version}"
        if reply:
            self._promise(Owed(place, what, "reply", answered=reply), last)
            what = f"{what} and question"
        if self._is_to_be_asked(place, last, reply, enough=bool(enough)):
            self._ask(Owed(place, what, "screen"), last)

    def _is_to_be_asked(
        self, place: InterviewKey, last: Recorded, reply: Answered | None, *, enough: bool
    ) -> bool:
        """Whether the question is put after an input: a new one, or one that did not arrive."""
        if last.stamp.surface == "slack" and not (reply or enough):
            return True
        if not self._takes_answers(place, reply):
            return False
        lost = not self._standing.stands(place)
        return lost if last.stamp.surface == "slack" else self._standing.failed(place) is not None

    def _is_answered_anyway(self, place: InterviewKey, pressed: Recorded) -> bool:
        """Whether what is about to be said answers a click as well, which changed nothing."""
        queue = self.waiting.get((place[0], place[2]), {}).values()
        owed = any(promise.kind in ANSWERS and promise.place == place for promise in queue)
        lost = not self._standing.stands(place) or self._states.is_between_votes(place)
        return pressed.stamp.cause == "choice" and (owed or lost)

    def _takes_answers(self, place: InterviewKey, reply: Answered | None = None) -> bool:
        """Whether a question that did not arrive may be put again."""
        round, state = self._states.rounds[place[:2]], self._states.interview(place)
        return not round.closed and place[2] not in round.released and may_be_asked(state, reply)

    def _thank(self, place: InterviewKey, last: Recorded) -> None:
        """Promise a receipt, the first time that somebody has finished a round."""
        if (place[0], name_of(place, "thanks")) not in self._named:
            self._promise(Owed(place, "thanks", "thanks"), last)

    def _ask(self, message: Owed, recorded: Recorded) -> None:
        """Promise the question that waits, or the notice before the first."""
        place, waits = message.place, self._states.ask(message.place)
        name = self._promise(message, recorded, waits)
        if name and waits and asks(self._states.interview(place)):
            self._asked_in.setdefault(place, {}).setdefault(waits, []).append(name)

    def _promise(
        self, message: Owed, recorded: Recorded, ask: Ask | None = None, changes: str | None = None
    ) -> str | None:
        """Promise a message and return its name; people without an address get a notice only."""
        assessment, number, person = message.place
        state = self._states.assessments[assessment]
        gone = state.abandoned is not None and message.kind not in OF_WHAT_WAS_ABANDONED
        if gone or (message.kind != "notice" and not addresses_of(message, state)):
            return None
        name = name_of(message.place, message.what)
        if (assessment, name) in self._named:
            name = name_of(message.place, message.what, recorded.version)
        self._named.add((assessment, name))
        deadline = message.until or self._states.rounds[assessment, number].deadline
        self.waiting.setdefault((assessment, person), {})[name] = Promise(
            assessment, number, person, name, message.kind, recorded.stamp.key, deadline,
            recorded.stamp.at, ask, changes, message.about, message.because, message.answered,
        )  # fmt: skip
        answers = message.kind in ANSWERS
        self._moved[assessment, person] = answers or self._moved.get((assessment, person), False)
        if message.kind in ("screen", "vote", "notice"):
            self._standing.promised(message.place, name)
        if message.kind in ("screen", "shown"):
            self.latest[message.place, changes] = name
        elif message.answered and message.answered.same:
            self.latest[message.place, message.answered.same] = name
        elif message.kind in OVERTAKING:
            self.latest[message.place, group_of(message.kind)] = name
        return name

    def _settle(self, recorded: Recorded) -> None:
        """Fold what became of a message: it is claimed, or waits no longer."""
        assessment, name = recorded.stream.assessment, recorded.stream.message or ""
        fact = recorded.fact
        assert isinstance(fact, MessageFact)
        who = (assessment, fact.to)
        queue = self.waiting.get(who, {})
        self._moved.setdefault(who, False)
        if isinstance(fact, MessageClaimed | MessageDelayed):
            if name in queue:
                queue[name] = tried(queue[name], recorded.version, fact)
            return
        promise = queue.pop(name, None)
        if not queue:
            self.waiting.pop(who, None)
        if isinstance(fact, MessageDelivered):
            self.references[assessment, name] = fact.reference
            self._ask_again(recorded, fact.to)
        else:
            changes = promise.changes if promise else None
            failed = isinstance(fact, MessageFailed | MessageBounced)
            self._standing.lost(assessment, changes, name, failed=failed)

    def _ask_again(self, recorded: Recorded, person: str) -> None:
        """Promise a question again that failed, since another message has reached its person."""
        for place, _ in self._states.of(recorded.stream.assessment, person):
            failed = self._standing.failed(place)
            if failed is not None and self._takes_answers(place):
                self._ask(Owed(place, f"{failed.rpartition('/')[2]} again", "screen"), recorded)
