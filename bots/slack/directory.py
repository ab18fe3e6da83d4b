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
from ehsg_events.states.streams import assessment_stream


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

    def interviews(self, person: str) -> list[Address]:
        """Every interview of this person, in every assessment and round."""
        return [address for address, _ in self._rounds(person)]

    def open(self, person: str) -> list[Address]:
        """The interviews of this person in which something can still be said, newest first."""
        rounds = dict(self._rounds(person))
        return [address for address in self.every(person) if not rounds[address].closed]

    def person(self, user: str, team: str) -> str | None:
        """Somebody on a panel, or a coordinator, as `team/user`, by the user id alone.

        Args:
            team: the workspace of the app, of which somebody is taken to be if that is possible.
        """
        known = {person for person in self._known() if person.partition("/")[2] == user}
        own = f"{team}/{user}"
        return own if own in known else known.pop() if len(known) == 1 else None

    def knows(self, person: str) -> bool:
        """Whether somebody is on a panel or coordinates one, as far as Slack tells who they are."""
        return person in self._known()

    def _known(self) -> set[str]:
        panels = (self._panel(assessment) for assessment in self._assessments())
        return {person for panel in panels for person in (*panel.asked, *panel.coordinators)}

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

    def gave_up(self, person: str) -> list[str]:
        """The areas whose assessments this person coordinated and that were abandoned, newest first."""
        states = (self._state(assessment)[1] for assessment in reversed(self._assessments()))
        return [
            state.area
            for state in states
            if state and state.abandoned and person in self._opened(state.coordinators.values())
        ]

    # -- the panels ----------------------------------------------------------------------------
    def _panel(self, assessment: UUID) -> _Panel:
        version, state = self._state(assessment)
        panel = self._panels.get(assessment)
        if state is None or state.abandoned is not None:
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
