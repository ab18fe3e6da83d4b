"""The rehearsal of one assessment, from invitation to sign-off, day by simulated day.

Everything goes through the code of real use: decisions, flows, surfaces, outbox. What has been
done is read from the log, so a rehearsal that was killed continues when it is started again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Protocol
from uuid import UUID, uuid5

from bots.interview.record import talk_of
from bots.interview.said import Said
from bots.rehearsal import coordinator
from bots.rehearsal.cast import SPLIT, Cast, Player
from bots.rehearsal.clock import Clock
from bots.rehearsal.players import Mind, acts_on
from ehsg_events.commands import assessments, outcomes, rounds
from ehsg_events.dates import calendar
from ehsg_events.kernel import COORDINATOR, Stamp
from ehsg_events.log.log import Log
from ehsg_events.policy import rules_file
from ehsg_events.rounds.milestones import plan
from ehsg_events.states.round import Round
from ehsg_events.states.situation import Situation
from ehsg_events.states.streams import assessment_stream

TERMS = rules_file.usual()
REHEARSAL = "(rehearsal)"  # ends the area's name, so that nobody takes it for real
FIRST_DAY = date(2026, 10, 5)
OPENS, PLAYS, SETTLES = time(9), (time(9, 30), time(14)), time(11)
HOURS = (time(9), time(9, 30), time(10), time(14), time(17))
DISSENT = "We still key every case twice. I cannot call that brought together."
PUBLISHED = "The panel talked it through; this is the score all could live with."
SPLIT_SETTLED = (
    "Analysts see the warehouse, practitioners do not yet see its results. The feeds are in place, "
    "the view for practitioners comes in spring, so the partnership stands at 3 and says both."
)


class PlayerSurface(Protocol):
    """How a player's moves reach the product: one of its surfaces."""

    def does(self, player: Player, said: Said) -> None:
        """Make one move, as the person would make it."""


@dataclass
class Stage:
    """One rehearsal in progress.

    Args:
        tick: runs the round's flow at a simulated time.
        surface: the surface of each player.
        after: called after every move, to deliver the messages that it promised.
        tell: called at the end of each day with that day and the situation.
    """

    log: Log
    cast: Cast
    assessment: UUID
    clock: Clock
    tick: Callable[[UUID, datetime], object]
    surface: Callable[[Player], PlayerSurface]
    after: Callable[[], object]
    tell: Callable[[date, Situation], object]
    chat: Callable[[str], object] | None = None
    _chatted: set[int] = field(default_factory=set)

    def run(self) -> None:
        """Play the assessment to its end, from where it stands."""
        self._open()
        for day in self._days():
            self._day(day)
            self.tell(day, self.situation())
            if self._collected():
                break
        self._settle(calendar.working_days(day, 1))

    def situation(self) -> Situation:
        """The assessment as it stands, with its rounds and interviews."""
        return self.log.situation(self.assessment)

    def _open(self) -> None:
        """Open the assessment and its first round, unless that was done before."""
        zone = TERMS.policy.zone
        self.clock.forward(calendar.moment(FIRST_DAY, OPENS, zone))
        panel = [player.member for player in self.cast.players.values()]
        area, guide = self.cast.published["area"], self.cast.guide.id
        stamp = self._by_hand("open")
        assessments.open_assessment(
            self.log, stamp, self.assessment, f"{area} {REHEARSAL}", guide, panel, TERMS
        )
        coordinator.name_readers(self.log, self._by_hand, self.assessment)
        if not self.situation().rounds:
            rounds.open_round(self.log, self._by_hand("open round"), self.assessment, None)
        self.after()

    def _days(self) -> Iterator[date]:
        day = calendar.local_day(self.clock(), TERMS.policy.zone)
        while True:
            yield day
            day = calendar.working_days(day, 1)

    def _day(self, day: date) -> None:
        """One working day: what falls due, and who acts."""
        zone = TERMS.policy.zone
        before = calendar.moment(calendar.working_days(day, -1), HOURS[-1], zone)
        for hour in HOURS:
            at = calendar.moment(day, hour, zone)
            self.clock.forward(at)
            newest = self.situation().rounds[-1]
            if any(before < milestone.due <= at for milestone in plan(newest)):
                self.tick(self.assessment, max(at, self.clock()))
                self.after()
            if hour in PLAYS:
                self._play(day)
            before = at

    def _play(self, day: date) -> None:
        situation = self.situation()
        newest = situation.rounds[-1]
        if newest.closed:
            return
        zone = newest.policy.zone
        days = list(_working(calendar.local_day(newest.opened, zone), newest.deadline, zone))
        middles = self._middles(situation)
        for person in newest.invited:
            player = self.cast.players[person]
            upto = acts_on(player, days.index(day), len(days) - 1)
            if person == self.cast.chat:
                self._newcomer(person, newest)
            elif upto is not None:
                self._acts(Mind(self.cast, player, middles), upto)

    def _newcomer(self, person: str, newest: Round) -> None:
        if self.chat is not None and newest.number not in self._chatted:
            self._chatted.add(newest.number)
            self.chat(person)

    def _acts(self, mind: Mind, upto: int) -> None:
        """Let one player make moves until they stop, or until a move records nothing."""
        surface, before = self.surface(mind.player), -1
        while (position := self.log.store.last_position()) > before:
            before = position
            _, talk = talk_of(self.log, self.assessment, mind.player.id, self.clock())
            said = mind.next_move(talk, upto)
            if said is None:
                return
            self.clock.step()
            surface.does(mind.player, said)
            self.after()

    def _middles(self, situation: Situation) -> Mapping[str, float]:
        measured = situation.rounds[0].measured
        measures = measured.measures if measured else ()
        return {measure.item: measure.median for measure in measures if measure.median is not None}

    def _collected(self) -> bool:
        measured = self.situation().rounds[-1].measured
        return measured is not None and measured.then == "moderation"

    def _settle(self, day: date) -> None:
        """Let the coordinator settle what is left, as the area once published it."""
        self.clock.forward(calendar.moment(day, SETTLES, TERMS.policy.zone))
        published, assessment = self.cast.published, self.assessment
        for item, outcome in self.situation().outcomes.items():
            score = str(published["scores"][item])
            if outcome.score is None:
                because = SPLIT_SETTLED if item == SPLIT else PUBLISHED
                stamp = self._by_hand(f"moderate {item}")
                outcomes.moderate(self.log, stamp, assessment, item, score, because)
        self._dissent()
        choice = published["priorities"]
        outcomes.choose_priorities(
            self.log, self._by_hand("priorities"), assessment, choice, published["data_model"]
        )
        coordinator.agree_actions(self.log, self._by_hand, assessment)
        for asked, answer in published["permissions"].items():
            stamp = self._by_hand(f"permission {asked}")
            outcomes.set_permission(self.log, stamp, assessment, asked, granted=answer == "yes")
        if self.situation().assessment.signed_off is None:
            stamp = self._by_hand("sign-off")
            outcomes.sign_off(
                self.log, stamp, assessment, "Senior Responsible Officer", "Morgan Ellery"
            )
        self.after()
        self.tell(day, self.situation())

    def _dissent(self) -> None:
        """Let two of the low camp object to the outcome of the split descriptor."""
        outcome = self.situation().outcomes[SPLIT]
        asked = [p for p in self.cast.players.values() if SPLIT in p.member.items]
        low_camp = [player.id for player in asked if not player.high_camp]
        for person in low_camp[:2]:
            if person not in outcome.dissent:
                stamp = self._by_hand(f"dissent {person}")
                outcomes.dissent(self.log, stamp, self.assessment, SPLIT, person, DISSENT)

    def _by_hand(self, what: str) -> Stamp:
        """A stamp of the coordinator, with the same key each time the same thing is done."""
        return _stamp(self.clock.step(), what, f"rehearsal/{self.assessment}/{what}")


def _stamp(at: datetime, cause: str, key: str) -> Stamp:
    return Stamp(at=at, by=COORDINATOR, role="coordinator", surface="command", cause=cause, key=key)


def _working(first: date, until: datetime, zone: str) -> Iterator[date]:
    last = calendar.local_day(until, zone)
    while first <= last:
        yield first
        first = calendar.working_days(first, 1)


def next_rehearsal(log: Log, seed: int) -> UUID:
    """The rehearsal of a seed to continue: the first that is not signed off, perhaps a new one."""
    number = 1
    while True:
        assessment = uuid5(UUID(int=seed), f"rehearsal {number}")
        state = log.read(assessment_stream(assessment))
        if state is None or state.signed_off is None:
            return assessment
        number += 1


def finished(log: Log) -> UUID | None:
    """The newest rehearsal that came to its end; none if none did."""
    ended = (
        assessment
        for assessment, _, fact in log.assessments()
        if fact.area.endswith(REHEARSAL) and log.assessment(assessment).signed_off is not None
    )
    return max(ended, key=lambda one: log.rounds(one)[0].opened, default=None)


def last_moment(log: Log) -> datetime:
    """When the newest fact of a log was recorded, before which no other is; long ago of an empty one."""
    newest = (recorded.stamp.at for recorded in log.all(log.store.last_position() - 1))
    return max(newest, default=datetime(2000, 1, 1, tzinfo=UTC))
