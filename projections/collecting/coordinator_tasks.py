"""What waits for whom: until when, whether it is overdue, and the operation that settles it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from functools import partial
from typing import Literal, NamedTuple
from uuid import UUID

from ehsg_events.commands import hand_over, telling
from ehsg_events.dates import calendar
from ehsg_events.kernel import Frozen, Surface, Way
from ehsg_events.log.log import Log
from ehsg_events.reminders.still_due import AFTERWARDS, INVITING, Subject, Telling
from ehsg_events.rights.retention import is_past, keeping_of, whose
from ehsg_events.rights.retention_hold import standing
from ehsg_events.states.round import Round
from ehsg_events.states.situation import Situation, asks_again, to_moderate, to_sign_off
from ehsg_events.values.address import WRITABLE
from projections.figures.agreement import people
from projections.figures.names import listed, named

Kind = (
    Subject | Literal["hand-on", "moderation", "priorities", "permission", "sign-off", "retention"]
)
Calling = Callable[[str], str]  # what a reader calls a person whom the log knows by a pseudonym
SAYS: dict[Subject, str] = {
    "link": "cannot be reached by Slack and is to be given a personal link",
    "invitation": "is to be invited by you, with their personal link",
    "new-round": "is to be told by you that a new round asks them, at the same personal link",
    "workshop": "is to be told by you of the workshop",
    "reopening": "is to be told by you that the round takes answers again",
    "extension": "is to be told by you of the new deadline",
    "reminder": "is to be reminded by you",
    "handing-over": "is to be told by you who answers what was handed on",
    "declined": "is to be told by you that they are asked to answer themselves, and why",
    "release": "is to be told by you that they are asked nothing more",
    "close": "is to be told by you that the round is closed, and thanked",
    "agreed-on": "is to be told by you that a colleague answers in the next round",
    "lapsed": "is to be told by you that nobody is asked any more what they wanted to hand on",
    "outcome": "is to be told by you what became of their answers, at the same personal link",
    "stand-in": "is silent, and their manager or substitute is to be told by you",
    "silence": "is silent: talk to them, or let a colleague answer",
}


class Waiting(Frozen):
    """One thing that somebody is to decide or do, in a sentence.

    `about` is the person, item or permission; `due` is null where nothing sets a time, and
    `due_said` is the same in words. `since` is when a person was to be told, and `way` records that
    they were; `first` is what is to be done before, if anything.
    """

    kind: Kind
    whom: Literal["coordinator", "signatory"] = "coordinator"
    about: str | None = None
    due: str | None
    due_said: str | None
    overdue: bool
    since: str | None = None
    first: Way | None = None
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


def waiting(
    log: Log,
    assessment: UUID,
    now: datetime,
    writable: Collection[Surface] = WRITABLE,
    called: Calling = str,
) -> list[Waiting]:
    """Everything that waits at a time; once it is signed off, only what is left to tell and destroy.

    Args:
        writable: the surfaces that are set up to write to people.
        called: what the reader calls people; by pseudonym if it is not said.
    """
    situation = log.situation(assessment)
    newest = situation.newest
    if newest is None:
        return []
    by_hand = _by_hand(log, assessment, newest, now, writable, called)
    if situation.assessment.signed_off is not None:
        return [*by_hand, *_retention(log, assessment, now)]
    if not newest.closed:
        return [*_in_round(log, assessment, newest, now, called), *by_hand]
    due = _Due(None, now, newest.policy.zone)
    requests = _requests(log, assessment, due, called)
    after = _after_rounds(situation, newest, now)
    return [*requests, *by_hand, *after, *_retention(log, assessment, now)]


# -- who asks that a colleague answers -------------------------------------------------------------
def _in_round(
    log: Log, assessment: UUID, newest: Round, at: datetime, called: Calling
) -> Iterator[Waiting]:
    if newest.deadline <= at and not newest.paused:
        return  # it is about to close, so nothing in it can be decided any more
    yield from _requests(log, assessment, _Due(newest.deadline, at, newest.policy.zone), called)


def _requests(log: Log, assessment: UUID, due: _Due, called: Calling) -> Iterator[Waiting]:
    """The requests to hand on that wait, also once the round that they were made in is closed."""
    for request in hand_over.asked(log, assessment):
        person = request.stakeholder
        says = f"{called(person)} asks to hand {listed(request.items)} on"
        yield due.task("hand-on", person, says, _to_a_colleague("hand-on agree", person))


def _to_a_colleague(operation: str, person: str) -> Way:
    return Way(operation, "let a colleague answer", {"person": person, "to": "COLLEAGUE"})


# -- what is told by hand ------------------------------------------------------------------------
def _by_hand(
    log: Log,
    assessment: UUID,
    newest: Round,
    at: datetime,
    writable: Collection[Surface],
    called: Calling,
) -> Iterator[Waiting]:
    """What nobody but the coordinator tells people, by when, and since when it waits."""
    for one in telling.by_hand(log, assessment, at, writable):
        by = None if one.of in AFTERWARDS else newest.deadline
        due = _Due(by, at, newest.policy.zone)
        task = due.task(one.of, one.person, f"{called(one.person)} {SAYS[one.of]}", _told(one))
        first = Way("link", "show their link", {"stakeholder": one.person})
        gives_link = one.of in (*INVITING, "outcome") and one.of != "workshop"
        yield task.model_copy(
            update={"since": one.since.isoformat(), "first": first if gives_link else None}
        )


def _told(one: Telling) -> Way:
    if one.of == "silence":
        return _to_a_colleague("hand-over", one.person)
    of = "invitation" if one.of == "link" else one.of
    return Way("told", "record that you told them", {"person": one.person, "by": "HOW", "of": of})


# -- what is to be destroyed -----------------------------------------------------------------------
def _retention(log: Log, assessment: UUID, at: datetime) -> Iterator[Waiting]:
    """What is destroyed by itself, is on hold, or waits for the coordinator to destroy it."""
    (announced, held), zone = standing(log, assessment), log.assessment(assessment).policy.zone
    task = partial(_Due(None, at, zone).task, "retention", None)
    if held:
        resume = Way("retention resume", "let it go on")
        yield task(
            "Names and words are kept until further notice, whatever the policy says", resume
        )
    elif announced is not None:
        day, who = calendar.say_day(announced.destroyed_from), people(len(announced.people))
        says = f"The names and words of {who} are destroyed from {day} on"
        yield task(says, Way("retention hold", "keep everything", {"because": "WHY"}))
    elif is_past(log, assessment, at) and whose(log, assessment):
        says = "Names and words were to be kept until a day that is over, and are there still"
        review = keeping_of(log, assessment).then == "review"
        apply = Way("retention apply", "do what the policy says")
        yield task(says, Way("forget", "forget one", {"person": "PERSON"}) if review else apply)


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
    blank = [asked for asked in guide.permissions if asked.id not in state.permissions]
    for asked in blank:
        says = f"Sharing ({asked.recipient}) is blank, and is to be answered with yes or no"
        yield due.task("permission", asked.id, says, _permit(asked.id))
    if to_sign_off(situation):
        says = "Every descriptor has its outcome, and the signature is to be given"
        yield due.task("sign-off", None, says, Way("sign-off", "sign it"))
