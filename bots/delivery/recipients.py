"""Whom a message is for, and what stand-ins and coordinators are told when its turn has come.

They are told who is silent, never what anybody said. A stand-in is unknown to the app, so their
message has no buttons and says whom to turn to.
"""

from __future__ import annotations

from bots.delivery.compose import say, unwanted
from bots.delivery.withheld import Withheld
from bots.interview.record import talk_of
from bots.interview.talk import Prompt, Talk
from bots.messages.addresses import addresses_of
from bots.messages.owed import TO_COORDINATORS, TO_OTHERS, Kind
from bots.messages.promise import Promise
from bots.messages.queue import Promises
from bots.operations.typed import typed
from bots.phrases import stand_ins
from bots.phrases.questions import title
from ehsg_events.dates import calendar
from ehsg_events.kernel import Surface, Way
from ehsg_events.log.log import Log
from ehsg_events.log.transaction import Transaction
from ehsg_events.rights.retention_hold import standing
from ehsg_events.states.assessment import Assessment
from ehsg_events.states.situation import to_moderate, to_sign_off
from ehsg_events.states.streams import round_stream
from ehsg_events.values.address import reached_at
from ehsg_events.values.unsaid import Unsaid

MODERATE = Way("moderate", "settle one", {"item": "ITEM"})
SIGN_OFF = Way("sign-off", "sign it")
HOLD = Way("retention hold", "keep everything", {"because": "WHY"})
THE_COORDINATOR = "the coordinator of the assessment"
UNADDRESSED: dict[Kind, Unsaid] = {
    **dict.fromkeys(TO_COORDINATORS, "coordinates no more"),
    "stand-in-told": "stands in no more",
    "sign-in": "named no more",
}


def whom(log: Log, tx: Transaction, promise: Promise, surface: Surface) -> str | Withheld:
    """Whom a message is for, as a surface knows them: in Slack `team/user`."""
    known = addresses_of(promise, tx.assessment(promise.assessment))
    address = reached_at(known, {surface})
    if address is None:
        return Withheld(UNADDRESSED.get(promise.kind, "reached by another surface"))
    return log.text(address.words) or Withheld("forgotten")


def tell(log: Log, tx: Transaction, promise: Promise, promises: Promises) -> Prompt | Withheld:
    """What a message says now, or why it is withheld."""
    if promise.kind not in TO_OTHERS:
        return say(promise, _talk(tx, promise, promise.to), promises)
    match promise.kind:
        case "unreachable":
            return _unreachable(log, tx, promise)
        case "overdue":
            return _overdue(tx, promise)
        case "retention":
            return _retention(log, tx, promise)
    if promises.is_moved_since(promise):
        return Withheld("the deadline was moved")
    return silent(log, tx, promise)


def still_concerned(tx: Transaction, promise: Promise) -> list[str]:
    """Of the people whom a message to a coordinator is about, those of whom it still is true."""
    match promise.kind:
        case "overdue":
            return []
        case "retention":
            return [*promise.about]
    reasons = _lost(tx, promise) if promise.kind == "unreachable" else _wanted(tx, promise)
    return [person for person, reason in reasons.items() if reason is None]


def _wanted(tx: Transaction, promise: Promise) -> dict[str, Withheld | None]:
    """Why each of the people a message is about is to be chased no more; none if they are."""
    return {person: unwanted(_talk(tx, promise, person)) for person in promise.about}


def silent(log: Log, tx: Transaction, promise: Promise) -> Prompt | Withheld:
    """Who is still silent, of the people a message is about."""
    reasons = _wanted(tx, promise)
    talks = {person: _talk(tx, promise, person) for person in promise.about if not reasons[person]}
    if not talks:
        return reasons[promise.about[0]] or Withheld("finished")
    compose = _to_a_stand_in if promise.kind == "stand-in-told" else _to_a_coordinator
    return Prompt("told", compose(log, tx.assessment(promise.assessment), talks))


def _talk(tx: Transaction, promise: Promise, person: str) -> Talk:
    return talk_of(tx, promise.assessment, person, tx.stamp.at, promise.round)[1]


def _to_a_stand_in(log: Log, state: Assessment, silent: dict[str, Talk]) -> str:
    ((person, talk),) = silent.items()
    member, until = state.panel[person], talk.sitting.deadline
    assert member.backup is not None, "they are told as the stand-in"
    names = [log.text(coordinator.name) for coordinator in state.coordinators.values()]
    contact = " or ".join(name for name in names if name) or THE_COORDINATOR
    name = _name(log, state, person)
    what = f"{talk.sitting.guide.topic.subject} in {state.area}"
    said = stand_ins.silent(name, member.agency, what, until, member.backup.kind, contact)
    return f"{said}{stand_ins.NOBODY_READS}"


def _to_a_coordinator(log: Log, state: Assessment, silent: dict[str, Talk]) -> str:
    people = [(_name(log, state, person), talk.agency) for person, talk in silent.items()]
    until = next(iter(silent.values())).sitting.deadline
    return stand_ins.who_is_silent(state.area, people, until)


def _name(log: Log, state: Assessment, person: str) -> str:
    """A person's name, or their pseudonym once they were forgotten."""
    return log.text(state.panel[person].name) or person


def _lost(tx: Transaction, promise: Promise) -> dict[str, Withheld | None]:
    """Why each of the people a message is about needs no link by hand; none if they do."""
    state = tx.assessment(promise.assessment)
    round = tx.read(round_stream(promise.assessment, promise.round))
    linked = {*state.links, *(round.links.values() if round else ())}
    lost = round.fell_back if round else frozenset()
    return {
        person: Withheld("a link was made")
        if person in linked
        else reason
        if person in lost
        else Withheld("reached again")
        for person, reason in _wanted(tx, promise).items()
    }


def _unreachable(log: Log, tx: Transaction, promise: Promise) -> Prompt | Withheld:
    """Who still has no link, of the people Slack cannot reach."""
    state, reasons = tx.assessment(promise.assessment), _lost(tx, promise)
    names = {p: _name(log, state, p) for p in promise.about if reasons[p] is None}
    if not names:
        return reasons[promise.about[0]] or Withheld("a link was made")
    links = {typed(Way("link", "", {"stakeholder": p})): name for p, name in names.items()}
    return Prompt("told", stand_ins.unreachable(state.area, links))


def _retention(log: Log, tx: Transaction, promise: Promise) -> Prompt | Withheld:
    """What will be destroyed by itself, while that stands announced."""
    announced = standing(log, promise.assessment).announced
    if announced is None:
        return Withheld("nothing waits")
    area, day = tx.assessment(promise.assessment).area, calendar.say_day(announced.destroyed_from)
    told = stand_ins.destroyed_soon(area, len(announced.people), day, typed(HOLD))
    return Prompt("told", told)


def _overdue(tx: Transaction, promise: Promise) -> Prompt | Withheld:
    """What still waits for the coordinator."""
    situation = tx.situation(promise.assessment)
    newest, area, guide = situation.newest, situation.assessment.area, situation.guide
    if newest is None or newest.measured is None:
        return Withheld("the round is open again")
    measured, zone = newest.measured, newest.policy.zone
    if promise.about == ("moderation",):
        titles = [title(guide.items[item]) for item in to_moderate(situation)]
        if not titles:
            return Withheld("nothing waits")
        due = calendar.say(measured.moderation_due or promise.deadline, zone)
        return Prompt("told", stand_ins.to_moderate(area, titles, due, typed(MODERATE)))
    if not to_sign_off(situation):
        return Withheld("nothing waits")
    due = calendar.say(measured.sign_off_due or promise.deadline, zone)
    return Prompt("told", stand_ins.to_sign_off(area, due, typed(SIGN_OFF)))
