"""Who in Slack is who on the panels; sealed Slack ids are unsealed once for each version."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from bots.slack.block_kit.blocks import Address
from ehsg_events.events import AssessmentOpened, CoordinatorNamed, StakeholderAdded
from ehsg_events.log.log import Log
from ehsg_events.states.assessment import Assessment
from ehsg_events.states.round import Round
from ehsg_events.states.streams import assessment_stream, interview_stream


class _Panel(NamedTuple):
    """Pseudonyms by Slack's `team/user`: of the people who are asked, and of the coordinators."""

    version: int
    asked: Mapping[str, str]
    coordinators: Mapping[str, str]


class Coordinated(NamedTuple):
    """An assessment that somebody coordinates, and by which pseudonym they act on it."""

    assessment: UUID
    area: str
    coordinator: str


class Directory:
    """Finds the stakeholder and the round that an input from Slack belongs to."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._seen = 0
        self._panels: dict[UUID, _Panel] = {}

    # -- who is asked --------------------------------------------------------------------------
    def belongs_to(self, address: Address, person: str) -> bool:
        """Whether an interview is this person's own."""
        return self._panel(address.assessment).asked.get(person) == address.stakeholder

    def newest(self, person: str) -> Address | None:
        """The newest open round this person is invited to, else the newest closed one."""
        return next(iter(self.every(person)), None)

    def every(self, person: str) -> list[Address]:
        """The round that matters in each assessment of this person, newest first."""
        by_assessment: dict[UUID, Address] = {}
        for address, _ in sorted(self._rounds(person), key=_recency, reverse=True):
            by_assessment.setdefault(address.assessment, address)
        return list(by_assessment.values())

    def of_note(self, person: str, source: str) -> Address | None:
        """The interview that holds the note typed in this message."""
        for address, _ in self._rounds(person):
            stream = interview_stream(address.assessment, address.round, address.stakeholder)
            notes = self._log.read(stream).notes.values()
            if any(note.source == source for note in notes):
                return address
        return None

    def _rounds(self, person: str) -> list[tuple[Address, Round]]:
        return [
            (Address(assessment, round.number, stakeholder), round)
            for assessment in self._assessments()
            if (stakeholder := self._panel(assessment).asked.get(person))
            for round in self._log.rounds(assessment)
            if stakeholder in round.invited
        ]

    # -- who coordinates -----------------------------------------------------------------------
    def coordinated_by(self, person: str) -> list[Coordinated]:
        """The assessments that this person coordinates, the newest first."""
        coordinated = []
        for assessment in reversed(self._assessments()):
            pseudonym = self._panel(assessment).coordinators.get(person)
            state = self._state(assessment)[1]
            if pseudonym and state:
                coordinated.append(Coordinated(assessment, state.area, pseudonym))
        return coordinated

    # -- the panels ----------------------------------------------------------------------------
    def _panel(self, assessment: UUID) -> _Panel:
        version, state = self._state(assessment)
        panel = self._panels.get(assessment)
        if state is None:
            return _Panel(0, {}, {})
        if panel is None or panel.version != version:
            panel = _Panel(
                version,
                self._opened(state.panel.values()),
                self._opened(state.coordinators.values()),
            )
            self._panels[assessment] = panel
        return panel

    def _opened(self, people: Iterable[StakeholderAdded | CoordinatorNamed]) -> Mapping[str, str]:
        opened = ((self._log.text(person.slack), _pseudonym(person)) for person in people)
        return {slack: pseudonym for slack, pseudonym in opened if slack}

    def _state(self, assessment: UUID) -> tuple[int, Assessment | None]:
        return self._log.states.fold(assessment_stream(assessment))

    def _assessments(self) -> list[UUID]:
        """Every assessment, in the order they were opened; only new facts are searched."""
        last = self._log.store.last_position()
        if last > self._seen:
            for opened in self._log.all(self._seen, last, (AssessmentOpened.TOPIC,)):
                self._panel(opened.stream.assessment)
            self._seen = last
        return list(self._panels)


def _recency(invited: tuple[Address, Round]) -> tuple[bool, datetime]:
    return not invited[1].closed, invited[1].opened


def _pseudonym(person: StakeholderAdded | CoordinatorNamed) -> str:
    return person.stakeholder if isinstance(person, StakeholderAdded) else person.coordinator
