"""Tells a log what happened, one short sentence at a time, through the product's own decisions."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self
from uuid import UUID, uuid5

from ehsg_events.agreement.measuring import measures
from ehsg_events.commands import assessments, outcomes, rounds
from ehsg_events.commands import panel as joining
from ehsg_events.commands.sitting import sit_down
from ehsg_events.interview import answers, notes
from ehsg_events.kernel import (
    COORDINATOR,
    Decision,
    Fact,
    Frozen,
    Role,
    Stamp,
    Stream,
    Words,
    stamped,
)
from ehsg_events.log.log import Log
from ehsg_events.log.transaction import Transaction
from ehsg_events.panel.member import Member
from ehsg_events.states.interview import Interview, InterviewFact, Sitting
from ehsg_events.states.streams import interview_stream
from ehsg_events.values.measure import Measure
from ehsg_events.values.policy import Terms
from projections.collecting.progress import progress
from projections.documents.formats import report_as
from projections.facts.view import View, view_at
from projections.results.results import results, trail, why
from support.story.told_beside import told_beside

ASSESSMENT = UUID("0e0f7a52-6a1f-4c84-9d0b-6a2f5d6b1c11")
NOON = datetime(2026, 10, 5, 12, tzinfo=UTC)  # a Monday
Says = Callable[[Transaction, Interview, Sitting], tuple[InterviewFact, ...]]


def member(person: str, agency: str, items: Sequence[str]) -> Member:
    """Somebody on the panel; their name is what must never come out."""
    return Member(person, f"Given Surname-of-{person}", agency, "practitioner", tuple(items), None)


PANEL = [
    member(f"{agency}-{n}", agency, ["5.1", "5.2"])
    for agency in ("police", "health", "school")
    for n in (1, 2)
]
NAMES = [person.id for person in PANEL]


class Story:
    """One assessment being told; every sentence takes a minute."""

    _seen: tuple[int, str | None, View] | None = None

    def __init__(self, folder: Path, assessment: UUID = ASSESSMENT) -> None:
        self.log, self.assessment = Log(folder), assessment
        self.minutes: float = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.log.close()

    def stamp(self, by: str = COORDINATOR, role: Role = "coordinator") -> Stamp:
        """Who acts, in the next minute."""
        self.minutes += 1
        return Stamp(
            at=NOON + timedelta(minutes=self.minutes),
            by=by,
            role=role,
            surface="terminal" if role == "stakeholder" else "command",
            cause="told",
            key=str(uuid5(self.assessment, str(self.minutes))),
        )

    # -- the coordinator -----------------------------------------------------------------------
    def opened(
        self, panel: Sequence[Member], terms: Terms | None = None, guide: str = "ehsg-2022@1"
    ) -> Self:
        """Open the assessment."""
        terms = terms or Terms()
        stamp = self.stamp()
        assessments.open_assessment(
            self.log, stamp, self.assessment, "Anytown", guide, panel, terms
        )
        return self

    def round_opened(self) -> Self:
        """Open the next round."""
        rounds.open_round(self.log, self.stamp(), self.assessment, None)
        return self

    def extended(self, days: int, because: str) -> Self:
        """Move the deadline, counted in days from the start."""
        until = NOON + timedelta(days=days)
        rounds.extend_round(self.log, self.stamp(), self.assessment, until, because)
        return self

    def reopened(self, days: int, because: str) -> Self:
        """Take answers again, until so many days from the start."""
        until = NOON + timedelta(days=days)
        rounds.reopen_round(self.log, self.stamp(), self.assessment, until, because)
        return self

    def released(self, person: str) -> Self:
        """Ask somebody nothing more."""
        joining.release(self.log, self.stamp(), self.assessment, person, "left the service")
        return self

    def round_closed(self) -> Self:
        """Close the round, measure it, adopt what is agreed."""
        rounds.close_round(self.log, self.stamp(), self.assessment)
        return self

    def moderated(self, item: str, level: str, because: str) -> Self:
        """Settle a descriptor."""
        outcomes.moderate(self.log, self.stamp(), self.assessment, item, level, because)
        return self

    def chose(self, *items: str, data_model: int | None = None) -> Self:
        """Choose priorities."""
        outcomes.choose_priorities(self.log, self.stamp(), self.assessment, items, data_model)
        return self

    def permitted(self, permission: str, *, granted: bool) -> Self:
        """Answer a question on sharing."""
        stamp = self.stamp()
        outcomes.set_permission(self.log, stamp, self.assessment, permission, granted=granted)
        return self

    def signed_off(self, signed_as: str, name: str) -> Self:
        """Sign off."""
        outcomes.sign_off(self.log, self.stamp(), self.assessment, signed_as, name)
        return self

    # -- the panel -----------------------------------------------------------------------------
    def said(self, person: str, says: Says) -> Self:
        """Somebody says something in the newest round."""

        def record(tx: Transaction) -> None:
            number, sitting, interview = sit_down(tx, self.assessment, person, tx.stamp.at)
            stream = interview_stream(self.assessment, number, person)
            tx.decide(stream, *says(tx, interview, sitting))

        self.log.record(self.stamp(person, "stakeholder"), record)
        return self

    def answered(self, person: str, item: str, value: str) -> Self:
        """Somebody gives or changes an answer."""
        return self.said(person, lambda _, now, at: answers.answer(now, at, item, value))

    def all_answered(self, item: str, values: Mapping[str, str]) -> Self:
        """Several people answer the same item."""
        for person, value in values.items():
            self.answered(person, item, value)
        return self

    def noted(self, person: str, item: str, field: str, text: str) -> Self:
        """Somebody types words under a field."""
        return self.said(
            person,
            lambda tx, now, at: notes.give_note(
                now, at, item, field, self.sealed(tx, person, text), None
            ),
        )

    def note_amended(self, person: str, text: str) -> Self:
        """Somebody rewords the last note they gave."""
        return self.said(
            person,
            lambda tx, now, at: notes.amend_note(
                now, at, list(now.notes)[-1], self.sealed(tx, person, text)
            ),
        )

    def finished(self, person: str, item: str, field: str) -> Self:
        """Somebody has no more to say under a field."""
        return self.said(person, lambda _, now, at: answers.finish_field(now, at, item, field))

    def note_retracted(self, person: str) -> Self:
        """Somebody takes back the last note they gave."""
        return self.said(
            person, lambda _, now, at: notes.retract_note(now, at, list(now.notes)[-1])
        )

    def withdrawn(self, person: str) -> Self:
        """Somebody withdraws."""
        return self.said(person, lambda _, now, __: answers.withdraw(now))

    def dissented(self, person: str, item: str, because: str) -> Self:
        """Somebody objects to an outcome."""
        stamp = self.stamp(person, "stakeholder")
        outcomes.dissent(self.log, stamp, self.assessment, item, person, because)
        return self

    def sealed(self, tx: Transaction, person: str, text: str | bytes) -> Words:
        """Words of a person in the newest round."""
        stream = interview_stream(self.assessment, self.newest, person)
        return tx.seal(text, stream, person)

    # -- looking -------------------------------------------------------------------------------
    @property
    def newest(self) -> int:
        """The number of the newest round."""
        tx = Transaction(self.log, self.stamp())
        return len(tx.situation(self.assessment).rounds)

    def view(self, as_of: str | None = None) -> View:
        """The assessment as it stands, or stood; the last one again while nothing was recorded."""
        last, seen = self.log.store.last_position(), self._seen
        if seen is None or seen[:2] != (last, as_of):
            seen = self._seen = (last, as_of, view_at(self.log, self.assessment, as_of))
        return seen[2]

    def measured(self, upto: int, items: Sequence[str]) -> dict[str, Measure]:
        """Agreement as the Python side computes it."""
        now = self.log.situation(self.assessment)
        return {one.item: one for one in measures(now, upto, items)}

    def wrote(self, stream: Stream, *facts: Fact) -> Self:
        """Put facts on a fresh stream as they are, for histories too long to be told."""
        self.log.save(*stamped([Decision(stream, 0, facts)], self.stamp()))
        return self


def printed(view: View) -> str:
    """Everything that a view can show, as text."""
    rows: Sequence[Frozen] = [*results(view), progress(view), *trail(view)]
    walks = [why(view, item) for item in ("5.2", "6.1")]
    plain = [row.model_dump(mode="json") for row in (*rows, *walks)]
    return "\n".join((json.dumps(plain), told_beside(view, NOON.date()), report_in(view, "md")))


def report_in(view: View, form: str) -> str:
    """The report in a form that is text."""
    return report_as(view, form).decode()


def agree_and_split(story: Story) -> Story:
    """A first round: agreed on 5.1, two camps on 5.2."""
    story.round_opened()
    story.all_answered("5.1", dict(zip(NAMES, "222334", strict=True)))
    return story.all_answered("5.2", dict(zip(NAMES, "000555", strict=True)))
