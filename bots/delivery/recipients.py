"""Whom a message is for, and what stand-ins and coordinators are told when its turn has come.

They hear who is silent, never what anybody said; a stand-in is a stranger to the app, so there are
no buttons and the message says whom to turn to.
"""

from __future__ import annotations

from bots.delivery.compose import Withheld, say, unwanted
from bots.interview.record import talk_of
from bots.interview.talk import Prompt, Talk
from bots.messages.owed import TO_COORDINATORS, TO_OTHERS
from bots.messages.queue import Promise, Promises
from bots.operations.typed import typed
from bots.phrases import stand_ins
from bots.phrases.questions import title
from ehsg_events.dates import calendar
from ehsg_events.kernel import Way
from ehsg_events.log.log import Log
from ehsg_events.log.transaction import Transaction
from ehsg_events.states.assessment import Assessment
from ehsg_events.states.situation import to_moderate, to_sign_off
from ehsg_events.states.streams import round_stream
from ehsg_events.values.address import Address

MODERATE = Way("moderate", "settle one", {"item": "ITEM"})
SIGN_OFF = Way("sign-off", "sign it")
THE_COORDINATOR = "the coordinator of the assessment"


def whom(log: Log, tx: Transaction, promise: Promise) -> str | Withheld:
    """Whom a message is for, as their surface knows them: in Slack `team/user`."""
    address = _address(tx.assessment(promise.assessment), promise)
    if isinstance(address, Withheld):
        return address
    return log.text(address.words) or Withheld("forgotten")


def _address(state: Assessment, promise: Promise) -> Address | Withheld:
    if promise.kind in TO_COORDINATORS:
        named = state.coordinators.get(promise.to)
        return (named and named.address) or Withheld("coordinates no more")
    if promise.kind == "stand-in-told":
        backup = state.panel[promise.about[0]].backup
        return (backup and backup.address) or Withheld("stands in no more")
    return state.panel[promise.to].address or Withheld("reached by another surface")


def tell(log: Log, tx: Transaction, promise: Promise, promises: Promises) -> Prompt | Withheld:
    """What somebody is told, on what stands now."""
    if promise.kind not in TO_OTHERS:
        return say(promise, _talk(tx, promise, promise.to), promises)
    match promise.kind:
        case "unreachable":
            return _unreachable(log, tx, promise)
        case "overdue":
            return _overdue(tx, promise)
    if promises.is_moved_since(promise):
        return Withheld("the deadline was moved")
    return _silent(log, tx, promise)


def _silent(log: Log, tx: Transaction, promise: Promise) -> Prompt | Withheld:
    """Of those a message is about, who is silent still."""
    talks = {person: _talk(tx, promise, person) for person in promise.about}
    against = {person: unwanted(talk) for person, talk in talks.items()}
    still = {person: talk for person, talk in talks.items() if against[person] is None}
    if not still:
        return against[promise.about[0]] or Withheld("finished")
    said = _to_a_stand_in if promise.kind == "stand-in-told" else _to_a_coordinator
    return Prompt("told", said(log, tx.assessment(promise.assessment), still))


def _talk(tx: Transaction, promise: Promise, person: str) -> Talk:
    return talk_of(tx, promise.assessment, person, tx.stamp.at, promise.round)[1]


def _to_a_stand_in(log: Log, state: Assessment, still: dict[str, Talk]) -> str:
    ((person, talk),) = still.items()
    member, until = state.panel[person], talk.sitting.deadline
    assert member.backup is not None, "they are told as the stand-in"
    names = [log.text(one.name) for one in state.coordinators.values()]
    tell = " or ".join(name for name in names if name) or THE_COORDINATOR
    name = _name(log, state, person)
    return stand_ins.silent(name, member.agency, state.area, until, member.backup.kind, tell)


def _to_a_coordinator(log: Log, state: Assessment, still: dict[str, Talk]) -> str:
    people = [(_name(log, state, person), talk.agency) for person, talk in still.items()]
    until = next(iter(still.values())).sitting.deadline
    return stand_ins.who_is_silent(state.area, people, until)


def _name(log: Log, state: Assessment, person: str) -> str:
    """A person's name; who was forgotten has their pseudonym alone."""
    return log.text(state.panel[person].name) or person


def _unreachable(log: Log, tx: Transaction, promise: Promise) -> Prompt | Withheld:
    """Of those Slack cannot reach, who was not given a link since."""
    state, one = (
        tx.assessment(promise.assessment),
        tx.read(round_stream(promise.assessment, promise.round)),
    )
    given = set(one.links.values()) if one else set()
    talks = {person: _talk(tx, promise, person) for person in promise.about}
    against = {
        person: Withheld("a link was made") if person in given else unwanted(talk)
        for person, talk in talks.items()
    }
    lost = {p: _name(log, state, p) for p in promise.about if against[p] is None}
    if not lost:
        return against[promise.about[0]] or Withheld("a link was made")
    links = {typed(Way("link", "", {"stakeholder": p})): name for p, name in lost.items()}
    return Prompt("told", stand_ins.unreachable(state.area, links))


def _overdue(tx: Transaction, promise: Promise) -> Prompt | Withheld:
    """What waits for the coordinator still."""
    now = tx.situation(promise.assessment)
    newest, area, guide = now.newest, now.assessment.area, now.guide
    if newest is None or newest.measured is None:
        return Withheld("the round is open again")
    measured, zone = newest.measured, newest.policy.zone
    if promise.about == ("moderation",):
        titles = [title(guide.items[item]) for item in to_moderate(now)]
        if not titles:
            return Withheld("nothing waits")
        due = calendar.say(measured.moderation_due or promise.deadline, zone)
        return Prompt("told", stand_ins.to_moderate(area, titles, due, typed(MODERATE)))
    if not to_sign_off(now):
        return Withheld("nothing waits")
    due = calendar.say(measured.sign_off_due or promise.deadline, zone)
    return Prompt("told", stand_ins.to_sign_off(area, due, typed(SIGN_OFF)))
