"""What stood on somebody's screen in Slack when they typed: the messages delivered until then.

An index of the log's deliveries, for each process; only new facts are read.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Lock
from typing import NamedTuple
from uuid import UUID

from bots.interview.late import Stood
from bots.interview.record import talk_of
from bots.interview.typed_words import answers_aside, anywhere
from bots.messages.screen import asks
from bots.slack.block_kit.blocks import Address
from ehsg_events.events import MessageClaimed, MessageDelayed, MessageDelivered
from ehsg_events.interview.questions import Ask, waiting
from ehsg_events.kernel import TOPICS, Recorded
from ehsg_events.log.log import Log
from ehsg_events.states.interview import Interview, evolve
from ehsg_events.states.streams import interview_stream

Ts = tuple[int, int]  # Slack's timestamp of a message: seconds, and the number within
Who = tuple[UUID, str]
OF_MESSAGES = tuple(topic for topic in TOPICS if topic.startswith("message."))
TIMESTAMP = re.compile(r"([0-9]{1,12})\.([0-9]{1,9})")
NAME = re.compile(r"round ([0-9]+)/[^/]+/(.+)")
CHANGES = re.compile(r"(?:.*/)?([^/]+) as of version [0-9]+")  # of a message that stood before
REPLIES = re.compile(r"(?:as of version [0-9]+/)?(version ([0-9]++)|notice|vote [0-9]++).*")
SETTLED = ("done", "waiting", "notice", "closed", "became")  # where nothing is asked any more
ASIDE = ("withdraw", "hand-on")  # screens that ask something else than the interview does


class Shown(NamedTuple):
    """A message as it was delivered: when, to which interview it belongs, and what it asks."""

    ts: Ts
    address: Address
    name: str
    kind: str | None
    ask: Ask | None

    @property
    def is_reply(self) -> bool:
        """Whether it follows from what the person did, or begins the interview."""
        return REPLIES.fullmatch(self.name) is not None


class Standing(NamedTuple):
    """The interview that words belong to, and what stood there; none where that is not known.

    `unknown` are the messages of which nobody knew, at that very moment, whether they stood there
    too, by whose they are. Looked up any later, one that was found meanwhile would count neither
    as known nor as in doubt.
    """

    address: Address
    stood: Stood | None
    unknown: Mapping[Who, AbstractSet[str]]

    @property
    def is_in_doubt_elsewhere(self) -> bool:
        """Whether a message of another assessment may have stood that asks for words."""
        mine = (self.address.assessment, self.address.stakeholder)
        others = (names for who, names in self.unknown.items() if who != mine)
        return any(REPLIES.fullmatch(name) for names in others for name in names)


@dataclass
class Screens:
    """Finds the message that somebody answered, by the time they typed."""

    log: Log
    _seen: int = 0
    _shown: dict[Who, list[Shown]] = field(default_factory=lambda: defaultdict(list))
    _claimed: dict[Who, set[str]] = field(default_factory=lambda: defaultdict(set))
    _answered: dict[tuple[Address, str], datetime] = field(default_factory=dict)  # on the screen
    _changing: dict[tuple[Address, str], datetime] = field(default_factory=dict)  # since when
    _lock: Lock = field(default_factory=Lock)

    # -- what stood ----------------------------------------------------------------------------
    def standing(
        self, addresses: Sequence[Address], newest: Address, text: str, ts: str
    ) -> Standing:
        """The interview that words belong to, and what stood there when they were typed.

        Args:
            addresses: every interview of the person, in every assessment and round.
            newest: the one that words belong to when nothing is known to have stood.
            text: the words: those that are understood anywhere belong to the newest message of
                all, others to the newest question.
        """
        at = _time(ts)
        self._read()
        with self._lock:
            before = self._before(addresses, at) if at else []
            address = self._meant(before, text) if before else newest
            mine = [shown for shown in before if shown.address == address]
            people = {(one.assessment, one.stakeholder) for one in addresses}
            unknown = {who: frozenset(self._claimed[who]) for who in people}
            return Standing(address, self._stood(mine, ts) if at else None, unknown)

    def stood(self, address: Address, ts: str) -> Stood | None:
        """What stood in one interview when something was typed; none where that is not known."""
        at = _time(ts)
        self._read()
        with self._lock:
            return self._stood(self._before([address], at), ts) if at else None

    def is_in_doubt(self, standing: Standing) -> bool:
        """Whether another question may have stood: one that was sent, and maybe not delivered."""
        address, stood, unknown = standing
        return stood is not None and (
            (stood.may_be_answered and self._waits(address, stood) != stood.ask)
            or any(
                self._asked_otherwise(address, name, stood)
                for name in sorted(unknown[address.assessment, address.stakeholder])
            )
        )

    def _waits(self, address: Address, stood: Stood) -> Ask | None:
        """The question that waits now."""
        person, at = address.stakeholder, stood.at
        return talk_of(self.log, address.assessment, person, at, address.round)[1].ask

    def _meant(self, before: list[Shown], text: str) -> Address:
        """The interview that words belong to, of those that something stood of."""
        last = {shown.address.assessment: shown.address for shown in before}
        current = [shown for shown in before if shown.address == last[shown.address.assessment]]
        general = anywhere(text) or text.strip().lower().startswith("change ")
        asking = None if general else self._asking(current, text)
        return (asking or current[-1]).address

    def _asking(self, current: list[Shown], text: str) -> Shown | None:
        """The newest message that asks for such words and is not followed by the end of its talk.

        What cannot answer a question put aside is for the newest question of the interviews.
        """
        asking = [
            shown for shown in current if shown.kind in ASIDE or self._is_open(shown, current)
        ]
        newest = asking[-1] if asking else None
        if newest is None or newest.kind not in ASIDE or answers_aside(newest.kind, text):
            return newest
        return next((shown for shown in reversed(asking) if shown.kind not in ASIDE), newest)

    @staticmethod
    def _is_open(shown: Shown, current: list[Shown]) -> bool:
        mine = (other for other in current if other.address == shown.address)
        return shown.ask is not None and _setting(mine) is shown

    def _before(self, addresses: Iterable[Address], at: Ts) -> list[Shown]:
        known = set(addresses)
        people = {(address.assessment, address.stakeholder) for address in known}
        found = [
            shown
            for who in people
            for shown in self._shown[who][: bisect_left(self._shown[who], (at,))]
            if shown.address in known
        ]
        return sorted(found)

    def _stood(self, mine: list[Shown], ts: str) -> Stood | None:
        """What stood in one interview; none where its messages do not say what they ask."""
        replies = [shown for shown in mine if shown.is_reply]
        if any(shown.kind is None for shown in replies[-1:]):
            return None
        setting, at = _setting(mine), datetime.fromtimestamp(float(ts), UTC)
        name = (setting.address, setting.name.rpartition("/")[2]) if setting else None
        answered = self._answered.get(name) if name else None
        return Stood(
            at=at,
            ask=setting.ask if setting else None,
            screen=(replies[-1].kind or "") if replies else "",
            is_answered=answered is not None and answered <= at,
            may_be_answered=name in self._changing,
        )

    def _asked_otherwise(self, address: Address, name: str, stood: Stood) -> bool:
        """Whether a message that was claimed asks another question than the one that stood."""
        match = REPLIES.fullmatch(name)
        if match is None or match[2] is None:
            return match is not None and match[1].startswith("vote")
        _, talk = talk_of(
            self.log, address.assessment, address.stakeholder, stood.at, address.round
        )
        then = self._then(address, int(match[2]))
        if then.screen in ASIDE:
            return stood.screen != then.screen
        return asks(then) and waiting(then, talk.sitting) != stood.ask

    def _then(self, address: Address, version: int) -> Interview:
        state = Interview()
        for recorded in self.log.facts(interview_stream(*address)):
            if recorded.version <= version:
                state = evolve(state, recorded.fact)  # type: ignore[arg-type]  # of an interview
        return state

    # -- the index -----------------------------------------------------------------------------
    def _read(self) -> None:
        with self._lock:
            last = self.log.store.last_position()
            if last > self._seen:
                for recorded in self.log.all(self._seen, last, OF_MESSAGES):
                    self._take(recorded)
                self._seen = last

    def _take(self, recorded: Recorded) -> None:
        match = NAME.fullmatch(recorded.stream.message or "")
        if match is None:
            return
        to, name = str(getattr(recorded.fact, "to", "")), match[2]
        who = (recorded.stream.assessment, to)
        if change := CHANGES.fullmatch(name):
            self._take_change((Address(who[0], int(match[1]), to), change[1]), recorded)
            return
        if isinstance(recorded.fact, MessageClaimed):
            self._claimed[who].add(name)
            return
        if isinstance(recorded.fact, MessageDelayed):
            return  # it may have been sent by an earlier claim
        self._claimed[who].discard(name)
        if isinstance(recorded.fact, MessageDelivered):
            ts = _time(recorded.fact.reference)
            if ts is not None:
                address = Address(who[0], int(match[1]), to)
                insort(self._shown[who], _shown(ts, address, name, recorded.fact))

    def _take_change(self, of: tuple[Address, str], recorded: Recorded) -> None:
        """Note whether a message still asks what it asked, now that it was changed."""
        if isinstance(recorded.fact, MessageDelayed):
            return  # it may have been changed by an earlier claim
        if isinstance(recorded.fact, MessageClaimed):
            self._changing.setdefault(of, recorded.stamp.at)
            return
        since = self._changing.pop(of, recorded.stamp.at)
        if isinstance(recorded.fact, MessageDelivered):
            self._answered.pop(of, None)
            if recorded.fact.shows == "noted":
                self._answered[of] = since  # from the claim on it may have stood there


def _shown(ts: Ts, address: Address, name: str, fact: MessageDelivered) -> Shown:
    ask = Ask(fact.asks_item, fact.asks_field) if fact.asks_item and fact.asks_field else None
    return Shown(ts, address, name, fact.shows, ask)


def _setting(mine: Iterable[Shown]) -> Shown | None:
    """The newest message that says where the talk is: a question, or that none is open."""
    settings = (shown for shown in reversed([*mine]) if shown.ask or shown.kind in SETTLED)
    return next(settings, None)


def _time(ts: str) -> Ts | None:
    """A timestamp that can be compared; none where it is not one of Slack's."""
    match = TIMESTAMP.fullmatch(ts)
    return (int(match[1]), int(match[2])) if match else None
