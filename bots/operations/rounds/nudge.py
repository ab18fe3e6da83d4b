"""Those whose interview is unfinished are reminded now."""

from __future__ import annotations

from typing import Annotated, NamedTuple

from bots.operations.form import Asked, Form
from bots.operations.operation import Doing, Done, Operation
from bots.phrases import by_hand as phrases
from ehsg_events.commands import nudge, telling
from ehsg_events.commands.nudge import Nudged
from ehsg_events.dates import calendar, worktime


class Nudging(Form):
    """Whom to remind, if not everybody."""

    agency: Annotated[str | None, Asked("Only people of this agency.", example="Police")] = None
    person: Annotated[
        list[str] | None, Asked("Only this person, by id or by name; may be said again.")
    ] = None


def do(doing: Doing, form: Nudging) -> Done:
    """Remind them under the same rules as the clock; say for each person what comes of it."""
    agency = _agency(doing, form.agency) if form.agency else None
    chosen = [doing.person(typed) for typed in form.person or ()]
    nudged = nudge.nudge(doing.log, doing.stamp, doing.assessment, chosen, agency)
    fates = _fates(doing, nudged)
    later: dict[str, list[str]] = {}
    for person, when in fates.later.items():
        later.setdefault(when, []).append(doing.called(person))
    withheld: dict[str, list[str]] = {}
    for person, rule in nudged.withheld.items():
        withheld.setdefault(rule, []).append(doing.called(person))
    now, by_hand = ([doing.called(who) for who in people] for people in (fates.now, fates.by_hand))
    document = {
        "now": fates.now,
        "later": fates.later,
        "by_hand": fates.by_hand,
        "withheld": dict(nudged.withheld),
    }
    return Done(phrases.nudged(now, later, by_hand, withheld), document)


class _Fates(NamedTuple):
    """Who is written to now, who later and when, and whom no message reaches."""

    now: list[str]
    later: dict[str, str]
    by_hand: list[str]


def _fates(doing: Doing, nudged: Nudged) -> _Fates:
    situation, at = doing.log.situation(doing.assessment), doing.stamp.at
    newest, fates = situation.newest, _Fates([], {}, [])
    assert newest is not None, "only in a round is anybody reminded"
    failed = {
        one.person for one in telling.by_hand(doing.log, doing.assessment, at, doing.writable)
    }
    for person in (*nudged.decided, *nudged.waiting):
        theirs = newest.worktime(person)
        chance = worktime.next_chance(newest.policy, theirs, at)
        if person in failed:
            fates.by_hand.append(person)
        elif chance == at:
            fates.now.append(person)
        else:
            fates.later[person] = calendar.say(chance, theirs.zone)
    return fates


def _agency(doing: Doing, typed: str) -> str:
    """An agency as the panel writes it, however it was typed."""
    panel = doing.log.assessment(doing.assessment).panel.values()
    known = {member.agency.casefold(): member.agency for member in panel}
    return known.get(typed.casefold(), typed)


OPERATION = Operation(
    "nudge",
    "Remind now those whose interview is unfinished; say who was not reminded, and why.",
    Nudging,
    do,
    surfaces=("command", "slack", "web"),
)
