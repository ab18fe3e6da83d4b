"""Who in Slack is who on the panels: sealed Slack ids, opened and remembered by version."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from bots.slack.blocks import Address
from ehsg_events.application import Log
from ehsg_events.events import AssessmentOpened
from ehsg_events.kernel import assessment_stream, interview_stream, round_stream
from ehsg_events.round import Round


class _Panel(NamedTuple):
    version: int
    people: dict[str, str]  # Slack's team/user, and the stakeholder


class Directory:
    """Finds the stakeholder and the round that something heard in Slack belongs to."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._seen = 0
        self._panels: dict[UUID, _Panel] = {}

    def belongs_to(self, address: Address, person: str) -> bool:
        """Whether an interview is this person's own."""
        return self._panel(address.assessment).get(person) == address.stakeholder

    def newest(self, person: str) -> Address | None:
        """The newest open round this person is invited to, else the newest closed one."""
        rounds = self._rounds(person)
        if not rounds:
            return None
        return max(rounds, key=lambda one: (not one[1].closed, one[1].opened))[0]

    def of_note(self, person: str, source: str) -> Address | None:
        """The interview that holds the note typed in this message."""
        for address, _ in self._rounds(person):
            stream = interview_stream(address.assessment, address.round, address.stakeholder)
            notes = self._log.folding.interview(stream)[1].notes.values()
            if any(note.source == source for note in notes):
                return address
        return None

    def _rounds(self, person: str) -> list[tuple[Address, Round]]:
        found = []
        for assessment in self._assessments():
            stakeholder = self._panel(assessment).get(person)
            number = 1
            while stakeholder and (
                one := self._log.folding.round(round_stream(assessment, number))[1]
            ):
                if stakeholder in one.invited:
                    found.append((Address(assessment, number, stakeholder), one))
                number += 1
        return found

    def _panel(self, assessment: UUID) -> dict[str, str]:
        version, state = self._log.folding.assessment(assessment_stream(assessment))
        known = self._panels.get(assessment)
        if state is None:
            return {}
        if known is None or known.version != version:
            opened = ((self._log.read(who.slack), name) for name, who in state.panel.items())
            known = _Panel(version, {slack: name for slack, name in opened if slack})
            self._panels[assessment] = known
        return known.people

    def _assessments(self) -> list[UUID]:
        """Every assessment; only facts since the last look are searched."""
        last = self._log.store.max_notification_id() or 0
        if last > self._seen:
            for opened in self._log.all(self._seen, last, (AssessmentOpened.TOPIC,)):
                self._panel(opened.stream.assessment)
            self._seen = last
        return list(self._panels)
