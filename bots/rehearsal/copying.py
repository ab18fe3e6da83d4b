"""An assessment copied for a rehearsal: every fact as it is, the people without name or address."""

from __future__ import annotations

import shutil
from itertools import groupby
from pathlib import Path
from uuid import UUID

from ehsg_events.application import Log, Pen
from ehsg_events.events import CoordinatorNamed, StakeholderAdded, StandIn
from ehsg_events.kernel import Fact, Recorded, Stream, Words

TEAM = "T0REHEARSE"


def copy_of(log: Log, assessment: UUID, folder: Path) -> Log:
    """Copy one assessment into an empty folder, with the guides of the area.

    What people typed is not copied. Who is in Slack is in an invented workspace, under an id that
    tells nothing, so that no message can reach anybody.
    """
    if (log.folder / "guides").exists():
        shutil.copytree(log.folder / "guides", folder / "guides")
    copied = Log(folder)
    ours = (one for one in log.all() if one.stream.assessment == assessment)
    for _, together in groupby(ours, key=lambda one: one.stamp.key):
        _copy(copied, list(together))
    return copied


def _copy(copied: Log, transaction: list[Recorded]) -> None:
    def decide(pen: Pen) -> None:
        for one in transaction:
            pen.decide(one.stream, _without_the_person(pen, one.stream, one.fact))

    copied.record(transaction[0].stamp, decide)


def _without_the_person(pen: Pen, stream: Stream, fact: Fact) -> Fact:
    """A fact with a pseudonym for a name, and an invented address for a real one."""
    match fact:
        case StakeholderAdded(stakeholder=person):
            backup = fact.backup and _stand_in(pen, stream, person, fact.backup)
            return fact.model_copy(
                update={**_known_as(pen, stream, person, fact), "backup": backup}
            )
        case CoordinatorNamed(coordinator=person):
            return fact.model_copy(update=_known_as(pen, stream, person, fact))
    return fact


def _known_as(
    pen: Pen, stream: Stream, person: str, fact: StakeholderAdded | CoordinatorNamed
) -> dict[str, Words | None]:
    return {
        "name": pen.seal(person, stream, person),
        "slack": _address(pen, stream, person) if fact.slack else None,
    }


def _stand_in(pen: Pen, stream: Stream, person: str, known: StandIn) -> StandIn:
    name = pen.seal(f"the {known.kind} of {person}", stream, person)
    slack = _address(pen, stream, person) if known.slack else None
    return StandIn(kind=known.kind, name=name, slack=slack)


def _address(pen: Pen, stream: Stream, person: str) -> Words:
    return pen.seal(f"{TEAM}/U{len(pen.texts):04}X{pen.log.version(stream):04}", stream, person)
