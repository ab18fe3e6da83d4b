"""What stands, folded fact by fact, as far as messages go: panels, rounds and interviews. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from ehsg_events.interview.questions import Ask, waiting
from ehsg_events.kernel import Recorded
from ehsg_events.states.assessment import Assessment
from ehsg_events.states.interview import Interview, Sitting
from ehsg_events.states.round import Round
from ehsg_events.states.streams import KINDS
from guides import library

K = TypeVar("K")
InterviewKey = tuple[UUID, int, str]  # an interview: its assessment, round and stakeholder


@dataclass
class States:
    """Everything that messages rest on.

    `folder` is the data folder, which may hold guides of its own.
    """

    folder: Path | None = None
    assessments: dict[UUID, Assessment] = field(default_factory=dict)
    rounds: dict[tuple[UUID, int], Round] = field(default_factory=dict)
    interviews: dict[InterviewKey, Interview] = field(default_factory=dict)

    def take(self, one: Recorded) -> None:
        """Fold one fact."""
        name, number = one.stream.assessment, one.stream.round or 0
        match one.stream.kind:
            case "assessment":
                _fold(self.assessments, name, one)
            case "round":
                _fold(self.rounds, (name, number), one)
            case "interview":
                _fold(self.interviews, (name, number, one.stream.stakeholder or ""), one)

    def interview(self, place: InterviewKey) -> Interview:
        """What a person has said in a round."""
        return self.interviews.get(place, Interview())

    def ask(self, place: InterviewKey) -> Ask | None:
        """The question that waits in an interview."""
        guide = library.guide(self.assessments[place[0]].guide, self.folder)
        one = self.rounds[place[:2]]
        items = one.invited.get(place[2], ())
        sitting = Sitting(guide.guide, guide.digest, items, one.kind, closed=False, deadline="")
        away = one.kind == "workshop" and place[2] not in one.room.present
        sitting = replace(sitting, votes_over=one.room.over, away=away)
        return waiting(self.interview(place), sitting)

    def is_between_votes(self, place: InterviewKey) -> bool:
        """Whether somebody in a workshop waits for the next vote."""
        return self.rounds[place[:2]].kind == "workshop" and self.ask(place) is None

    def of(self, assessment: UUID, person: str) -> list[tuple[InterviewKey, Interview]]:
        """A person's interviews in every round they were invited to, the first first."""
        return [
            ((assessment, number, person), self.interview((assessment, number, person)))
            for (name, number), one in self.rounds.items()
            if name == assessment and person in one.invited
        ]


def _fold(states: dict[K, Any], key: K, one: Recorded) -> None:
    kind = KINDS[one.stream.kind]
    states[key] = kind.evolve(states.get(key, kind.start), one)
