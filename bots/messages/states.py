"""The state that messages depend on, folded fact by fact: panels, rounds and interviews.

No clock and no writes; a guide's file is read when it is first needed.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from ehsg_events.dates.worktime import Worktime, may_chase, next_chance, worktime
from ehsg_events.interview.questions import Ask, waiting
from ehsg_events.kernel import Recorded
from ehsg_events.states.assessment import Assessment
from ehsg_events.states.interview import Interview, Sitting
from ehsg_events.states.round import Round
from ehsg_events.states.streams import KINDS
from ehsg_events.values.policy import Policy
from guides import library

K = TypeVar("K")
InterviewKey = tuple[UUID, int, str]  # an interview: its assessment, round and stakeholder


@dataclass
class States:
    """The assessments, rounds and interviews that messages depend on.

    `folder` is the data folder, which may hold guides of its own.
    """

    folder: Path | None = None
    assessments: dict[UUID, Assessment] = field(default_factory=dict)
    rounds: dict[tuple[UUID, int], Round] = field(default_factory=dict)
    interviews: dict[InterviewKey, Interview] = field(default_factory=dict)

    def take(self, recorded: Recorded) -> None:
        """Fold one fact."""
        assessment, number = recorded.stream.assessment, recorded.stream.round or 0
        match recorded.stream.kind:
            case "assessment":
                _fold(self.assessments, assessment, recorded)
            case "round":
                _fold(self.rounds, (assessment, number), recorded)
            case "interview":
                place = (assessment, number, recorded.stream.stakeholder or "")
                _fold(self.interviews, place, recorded)

    def interview(self, place: InterviewKey) -> Interview:
        """What a person has said in a round."""
        return self.interviews.get(place, Interview())

    def ask(self, place: InterviewKey) -> Ask | None:
        """The question that waits in an interview."""
        guide = library.guide(self.assessments[place[0]].guide, self.folder)
        round = self.rounds[place[:2]]
        items = round.invited.get(place[2], ())
        sitting = Sitting(guide.guide, guide.digest, items, round.kind, closed=False, deadline="")
        away = round.kind == "workshop" and place[2] not in round.room.present
        sitting = replace(sitting, votes_over=round.room.over, away=away)
        return waiting(self.interview(place), sitting)

    def works(self, place: InterviewKey, kind: str, now: datetime) -> bool:
        """Whether it is within the hours that a message of a kind keeps to."""
        return may_chase(*self._hours(place, kind), now)

    def next_chance(self, place: InterviewKey, kind: str, now: datetime) -> datetime:
        """When the hours begin that a message of a kind keeps to."""
        return next_chance(*self._hours(place, kind), now)

    def _hours(self, place: InterviewKey, kind: str) -> tuple[Policy, Worktime]:
        """The policy and the hours that a message of a kind keeps to."""
        round = self.rounds.get(place[:2])
        if round is None:  # it belongs to none
            policy = self.assessments[place[0]].policy
            return policy, worktime(policy)
        own = kind == "reminder"
        return round.policy, round.worktime(place[2]) if own else worktime(round.policy)

    def is_between_votes(self, place: InterviewKey) -> bool:
        """Whether somebody in a workshop waits for the next vote."""
        return self.rounds[place[:2]].kind == "workshop" and self.ask(place) is None

    def of(self, assessment: UUID, person: str) -> list[tuple[InterviewKey, Interview]]:
        """A person's interviews in every round they were invited to, earliest first."""
        return [
            ((assessment, number, person), self.interview((assessment, number, person)))
            for (other, number), round in self.rounds.items()
            if other == assessment and person in round.invited
        ]


def _fold(states: dict[K, Any], key: K, recorded: Recorded) -> None:
    kind = KINDS[recorded.stream.kind]
    states[key] = kind.evolve(states.get(key, kind.start), recorded)
