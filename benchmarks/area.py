"""One area's assessment from its opening to its sign-off, by the product's own decisions.

Twenty-five people of eight agencies in three rounds, with words, changed minds, reminders and
messages: about five thousand facts, as a real assessment would leave them on the log.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from ehsg_events.commands import assessments, outcomes, rounds
from ehsg_events.commands.sitting import sit_down
from ehsg_events.events import MessageClaimed, MessageDelivered
from ehsg_events.interview import answers, notes
from ehsg_events.interview.questions import waiting
from ehsg_events.kernel import COORDINATOR, Decision, Fact, Recorded, Stamp, Stream, Words, stamped
from ehsg_events.log.log import Log
from ehsg_events.log.published_guides import published
from ehsg_events.log.vault import Sealed
from ehsg_events.panel.member import Member
from ehsg_events.policy.rules_file import usual
from ehsg_events.rounds.milestones import plan
from ehsg_events.states.interview import (
    PRIORITIES,
    SCORE,
    Interview,
    InterviewFact,
    Sitting,
    evolve,
)
from ehsg_events.states.streams import interview_stream, message_stream, outcome_stream
from ehsg_events.values.policy import Terms
from guides.model import Guide

AREA, GUIDE = "Anytown", "ehsg-2022@1"
PEOPLE, EACH, ROUNDS = 25, 8, 3
OPENED = datetime(2026, 9, 7, 8, tzinfo=UTC)
AGENCIES = (
    "Early Help Service", "Children's Social Care", "Police", "Health Visiting", "Schools",
    "Housing", "Voluntary Sector Alliance", "Parent Carer Forum",
)  # fmt: skip
SAID = (
    "Case audits in spring found this in about half of the files that were looked at.",
    "Three neighbourhood groups run this with us, and a list of them is kept online.",
    "The board minutes of March and June show that it was discussed, and by whom.",
    "We ask at closure, but fewer than half answer, so it is known of some teams only.",
)
Talk = tuple[Sitting, Interview]


def live(log: Log, assessment: UUID, seed: int, people: int = PEOPLE, rounds: int = ROUNDS) -> None:
    """Put one assessment of some rounds onto a log, the same for the same seed."""
    guide = published(GUIDE, log.folder).guide
    dice = random.Random(seed)  # noqa: S311 - repeatable
    area = _Area(log, assessment, dice, guide, people, rounds)
    area.live()


@dataclass
class _Round:
    """The facts of one round that are not saved yet, in the order of time, and their texts."""

    facts: list[Recorded] = field(default_factory=list)
    texts: list[Sealed] = field(default_factory=list)


@dataclass
class _Area:
    log: Log
    assessment: UUID
    dice: random.Random
    guide: Guide
    people: int
    rounds: int

    def live(self) -> None:
        terms = usual()
        rule = terms.rule.model_copy(update={"rounds": self.rounds, "stop": "settled-or-limit"})
        terms, panel = Terms(rule=rule, policy=terms.policy), list(self._panel())
        stamp, log, name = self._stamp(OPENED), self.log, self.assessment
        assessments.open_assessment(log, stamp, name, AREA, GUIDE, panel, terms)
        at = OPENED + timedelta(minutes=1)
        for _ in range(self.rounds):
            at = self._round(at)
        self._settle(at)

    def _panel(self) -> Iterator[Member]:
        items = list(self.guide.descriptors)
        for number in range(self.people):
            asked = tuple(items[(number * 5 + step) % len(items)] for step in range(EACH))
            agency = AGENCIES[number % len(AGENCIES)]
            slack = f"T0REHEARSE/U{number:03}"
            name = f"Person {number}"
            yield Member(f"panel-{number}", name, agency, "practitioner", asked, slack)

    def _round(self, at: datetime) -> datetime:
        """Open a round, have people answer and be reminded, close it; when the next may open."""
        rounds.open_round(self.log, self._stamp(at), self.assessment, None)
        round = self.log.newest_round(self.assessment)
        pending = _Round()
        for person in round.invited:
            self._interview(pending, person, round.number, at, round.deadline)
        pending.facts.sort(key=lambda recorded: recorded.stamp.at)
        for due in sorted({milestone.due for milestone in plan(round)}):
            self._save_until(pending, due)
            rounds.advance(self.log, self._stamp(due), self.assessment)
        return round.deadline + timedelta(days=3)

    def _save_until(self, pending: _Round, due: datetime) -> None:
        """Save what was said before a milestone, with its words, in one transaction."""
        before = [recorded for recorded in pending.facts if recorded.stamp.at < due]
        self.log.save(*before, sealed=self.log.vault.bound(pending.texts, before))
        pending.facts = pending.facts[len(before) :]

    def _interview(
        self, pending: _Round, person: str, number: int, opened: datetime, deadline: datetime
    ) -> None:
        """One person answers what is asked of them; one in ten stays silent."""
        if self.dice.random() < 0.1:
            return
        _, sitting, state = sit_down(self.log, self.assessment, person, opened)
        stream = interview_stream(self.assessment, number, person)
        at = opened + (deadline - opened) * self.dice.uniform(0.02, 0.9)
        version, facts = 0, answers.start(state, sitting, sitting.guide_digest)
        while facts:
            at += timedelta(seconds=self.dice.randint(5, 60))
            pending.facts += stamped([Decision(stream, version, facts)], self._stamp(at, person))
            version += len(facts)
            pending.facts += self._messages(
                f"round {number}/{person}/version {version}", person, at
            )
            for fact in facts:
                state = evolve(state, fact)
            facts = self._next(pending, (sitting, state), stream, person)

    def _next(
        self, pending: _Round, talk: Talk, stream: Stream, person: str
    ) -> tuple[InterviewFact, ...]:
        """What a person does next: answer the next question, or now and then change an answer."""
        sitting, state = talk
        ask = waiting(state, sitting)
        if ask is None:
            return ()
        if ask.item == PRIORITIES:
            return answers.finish_naming(state, sitting)
        if ask.field == SCORE:
            return answers.answer(state, sitting, ask.item, self._score(sitting, ask.item))
        if not any((note.item, note.field) == ask for note in state.notes.values()):
            words = self._words(pending, stream, person)
            return notes.give_note(state, sitting, ask.item, ask.field, words, None)
        if ask.field == "working-well" and self.dice.random() < 0.15:
            changed = self._score(sitting, ask.item)
            amended = answers.answer(state, sitting, ask.item, changed)
            if amended:
                return amended
        return answers.finish_field(state, sitting, ask.item, ask.field)

    def _score(self, sitting: Sitting, item: str) -> str:
        """A score near the item's own middle, nearer in a feedback round; some do not know."""
        if self.dice.random() < 0.06:
            return self.dice.choice(("dont-know", "not-my-area"))
        middle = 1 + list(self.guide.descriptors).index(item) * 7 % 4
        wide = 1 + (int(item[-1]) % 3) - 0.4 * (sitting.kind == "feedback")
        return str(min(5, max(0, round(self.dice.gauss(middle, wide)))))

    def _words(self, pending: _Round, stream: Stream, person: str) -> Words:
        sealed = self.log.vault.seal(self.dice.choice(SAID), stream, person)
        pending.texts.append(sealed)
        return sealed.words

    def _messages(self, name: str, person: str, at: datetime) -> Iterator[Recorded]:
        """The message that follows from what was said: claimed, then delivered."""
        stream = message_stream(self.assessment, name)
        claim = MessageClaimed(to=person, lease_until=at + timedelta(minutes=1))
        reference = f"{at.timestamp():.6f}"
        settled = MessageDelivered(to=person, reference=reference)
        yield from self._by_the_outbox(stream, 0, claim, at)
        yield from self._by_the_outbox(stream, 1, settled, at + timedelta(seconds=1))

    def _by_the_outbox(
        self, stream: Stream, version: int, fact: Fact, at: datetime
    ) -> Sequence[Recorded]:
        key = f"{self.assessment}/{stream.message}/{version}"
        stamp = Stamp(at=at, by="outbox", role="outbox", surface="outbox", cause=key, key=key)
        return stamped([Decision(stream, version, (fact,))], stamp)

    def _settle(self, at: datetime) -> None:
        """The coordinator settles what is left, one person dissents, and it is signed off."""
        log, name = self.log, self.assessment
        for number, item in enumerate(self.guide.descriptors):
            stamp = self._stamp(at + timedelta(minutes=number))
            if not log.read(outcome_stream(name, item)).score:
                outcomes.moderate(log, stamp, name, item, "2", "As was said in the meeting.")
        later = at + timedelta(hours=2)
        dissenter, item = "panel-0", next(iter(self.guide.descriptors))
        outcomes.dissent(log, self._stamp(later), name, item, dissenter, "It is lower here.")
        signed = self._stamp(later + timedelta(days=1))
        outcomes.sign_off(log, signed, name, "Senior Responsible Officer", "Jane Smith")

    def _stamp(self, at: datetime, by: str = COORDINATOR) -> Stamp:
        key = f"{self.assessment}/{by}/{at.isoformat()}"
        person = by != COORDINATOR
        return Stamp(
            at=at,
            by=by,
            role="stakeholder" if person else "coordinator",
            surface="slack" if person else "command",
            cause="choice" if person else "command",
            key=key,
        )
