"""What waits for whom: until when, whether it is overdue, and the operation that settles it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import Literal, NamedTuple
from uuid import UUID

from ehsg_events.commands import hand_over
from ehsg_events.dates import calendar
from ehsg_events.events import (
    Escalated,
    LinkIssued,
    StakeholderReminded,
    StandIn,
    SurfaceFellBack,
    SurfaceRegained,
)
from ehsg_events.kernel import Frozen, Way
from ehsg_events.log.log import Log
from ehsg_events.reminders.reminders import unfinished
from ehsg_events.states.round import Round
from ehsg_events.states.situation import Situation, asks_again, over, to_moderate, to_sign_off
from projections.figures.names import listed, named

ByHand = Literal["link", "reminder", "stand-in", "silence"]
Kind = ByHand | Literal["hand-on", "moderation", "priorities", "permission", "sign-off"]
BY_HAND = (
    SurfaceFellBack.TOPIC,
    SurfaceRegained.TOPIC,
    StakeholderReminded.TOPIC,
    Escalated.TOPIC,
    LinkIssued.TOPIC,
)


class Waiting(Frozen):
    """One thing that somebody is to decide or do, in a sentence.

    `about` is the person, item or permission; `due` is null where nothing sets a time, and
    `due_said` is the same in words.
    """

    kind: Kind
    whom: Literal["coordinator", "signatory"] = "coordinator"
    about: str | None = None
    due: str | None
    due_said: str | None
    overdue: bool
    way: Way
    says: str


class _Due(NamedTuple):
    """When something is due, what time it is now, and the zone that both are said in."""

    when: datetime | None
    now: datetime
    zone: str

    def task(self, kind: Kind, about: str | None, says: str, way: Way) -> Waiting:
        due_said = self._in_words()
        return Waiting(
            kind=kind,
            whom="signatory" if kind == "sign-off" else "coordinator",
            about=about,
            due=self.when.isoformat() if self.when else None,
            due_said=due_said,
            overdue=self.when is not None and self.when <= self.now,
            way=way,
            says=f"{says}, {due_said}." if due_said else f"{says}.",
        )

    def _in_words(self) -> str | None:
        if self.when is None:
            return None
        until = calendar.say(self.when, self.zone)
        return f"overdue since {until}" if self.when <= self.now else f"by {until}"


def waiting(log: Log, assessment: UUID, now: datetime) -> list[Waiting]:
    """Everything that waits at a time; nothing once the assessment is signed off."""
    situation = log.situation(assessment)
    newest = situation.newest
    if newest is None or situation.assessment.signed_off is not None:
        return []
    if not newest.closed:
        return [*_in_round(log, assessment, situation, newest, now)]
    requests = _requests(log, assessment, _Due(None, now, newest.policy.zone))
    return [*requests, *_after_rounds(situation, newest, now)]


# -- while a round is open ---------------------------------------------------------------------
def _in_round(
    log: Log, assessment: UUID, situation: Situation, newest: Round, at: datetime
) -> Iterator[Waiting]:
    if newest.deadline <= at and not newest.paused:
        return  # it is about to close, so nothing in it can be decided any more
    due = _Due(newest.deadline, at, newest.policy.zone)
    yield from _requests(log, assessment, due)
    for person, kind in _by_hand(log, assessment, situation, newest).items():
        task, way = TO_DO[kind]
        yield due.task(kind, person, f"{person} {task}", way(person))


def _requests(log: Log, assessment: UUID, due: _Due) -> Iterator[Waiting]:
    """The requests to hand on that wait, also once the round that they were made in is closed."""
    for request in hand_over.asked(log, assessment):
        person = request.stakeholder
        says = f"{person} asks to hand {listed(request.items)} on"
        yield due.task("hand-on", person, says, _to_a_colleague("hand-on agree", person))


def _link(person: str) -> Way:
    return Way("link", "make a link", {"stakeholder": person})


def _to_a_colleague(operation: str, person: str) -> Way:
    return Way(operation, "let a colleague answer", {"person": person, "to": "COLLEAGUE"})


_hand_over = partial(_to_a_colleague, "hand-over")
TO_DO: dict[ByHand, tuple[str, Callable[[str], Way]]] = {
    "link": ("cannot be reached by Slack and is to be given a personal link", _link),
    "reminder": (
        "is not in Slack and is to be reminded by you, with a new link perhaps",
        _link,
    ),
    "stand-in": (
        "is silent, and their manager or substitute is not in Slack and is to be told by you",
        _hand_over,
    ),
    "silence": (
        "is silent: talk to them, or let a colleague answer",
        _hand_over,
    ),
}


def _by_hand(log: Log, assessment: UUID, situation: Situation, newest: Round) -> dict[str, ByHand]:
    """The newest thing that only a coordinator can do, for each person who is not finished."""
    tasks: dict[str, ByHand] = {}
    panel = situation.assessment.panel
    for recorded in log.about(assessment, BY_HAND):
        if recorded.stream.round != newest.number:
            continue
        match recorded.fact:
            case SurfaceFellBack(fell_back=person):
                tasks[person] = "link"
            case StakeholderReminded(reminded=person) if panel[person].address is None:
                tasks.setdefault(person, "reminder")
            case Escalated(about=person, to="coordinator"):
                tasks[person] = "silence"
            case Escalated(about=person) if not _can_be_told(panel[person].backup):
                tasks[person] = "stand-in"
            case LinkIssued(issued_to=person) | SurfaceRegained(regained=person) if tasks.get(
                person
            ) in ("link", "reminder"):
                del tasks[person]
    left = unfinished(newest, over(situation))
    return {person: kind for person, kind in tasks.items() if person in left}


def _can_be_told(backup: StandIn | None) -> bool:
    return backup is not None and backup.address is not None


# -- after the rounds --------------------------------------------------------------------------
def _after_rounds(situation: Situation, newest: Round, at: datetime) -> Iterator[Waiting]:
    measured, zone = newest.measured, newest.policy.zone
    if measured is None or asks_again(situation, measured):
        return
    moderation = _Due(measured.moderation_due, at, zone)
    for item in to_moderate(situation):
        says = f"{named(situation.guide, item)} is to be settled in moderation"
        if situation.outcomes[item].withdrawal:
            says = f"{says}: somebody withdrew, and what was agreed does not hold without them"
        yield moderation.task(
            "moderation", item, says, Way("moderate", "settle it", {"item": item})
        )
    yield from _choices(situation, _Due(measured.sign_off_due, at, zone))


def _permit(permission: str) -> Way:
    return Way("permission", "answer it", {"permission": permission, "answer": "yes"})


def _choices(situation: Situation, due: _Due) -> Iterator[Waiting]:
    state, guide = situation.assessment, situation.guide
    if guide.selection is not None and state.priorities is None:
        says = f"The {guide.selection.count} priorities are to be chosen"
        given = {"items": "ITEM ITEM ...", "data_model": "N"}
        yield due.task("priorities", None, says, Way("priorities", "choose them", given))
    blank = [asked.id for asked in guide.permissions if asked.id not in state.permissions]
    for permission in blank:
        says = f"The permission {permission} is blank, and is to be answered with yes or no"
        yield due.task("permission", permission, says, _permit(permission))
    if to_sign_off(situation):
        says = "Every descriptor has its outcome, and the signature is to be given"
        yield due.task("sign-off", None, says, Way("sign-off", "sign it"))
