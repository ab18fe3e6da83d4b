"""What an operation leaves for the coordinator to tell people herself."""

from __future__ import annotations

from bots.operations.operation import Doing
from bots.phrases import by_hand as phrases
from ehsg_events.commands import telling
from ehsg_events.reminders.still_due import Subject


def notes(doing: Doing) -> list[str]:
    """What this operation left for the coordinator's hand: a sentence for each subject."""
    waiting = telling.by_hand(doing.log, doing.assessment, doing.stamp.at, doing.writable)
    by_subject: dict[Subject, list[str]] = {}
    for one in waiting:
        if one.cause.startswith(doing.stamp.key):  # a step of an operation adds to its key
            by_subject.setdefault(one.of, []).append(doing.called(one.person))
    return [phrases.to_tell(subject, people) for subject, people in by_subject.items()]
