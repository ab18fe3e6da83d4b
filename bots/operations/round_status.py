"""Where an assessment's rounds stand, in sentences and for programs."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from bots.operations.operation import Doing, Done
from bots.phrases.labels import counted, round_kind
from ehsg_events.dates import calendar
from ehsg_events.events import RoundMeasured
from ehsg_events.log.log import Log
from ehsg_events.rounds.milestones import Milestone, ahead, coming, say_milestone
from ehsg_events.states.round import Round
from ehsg_events.states.situation import Situation, to_moderate

LEFT = {
    "asked-again": "Asked again in the next round",
    "stable-disagreement": "Not agreed, and nobody changed their mind",
    "round-limit": "Not agreed in the last round",
    "nobody-left": "Not agreed, and nobody is left to ask",
    "moderated": "Not agreed, and moderated meanwhile",
}
NEXT = {"feedback": "a feedback round", "moderation": "moderation"}
COORDINATORS = {"moderation": "Moderation", "sign-off": "Sign-off"}


def round_status(log: Log, assessment: UUID, at: datetime) -> tuple[str, dict[str, Any]]:
    """Where the newest round stands and what comes: in lines, and for programs.

    Raises:
        Refused: no round was opened, and none is planned.
    """
    now = log.situation(assessment)
    if now.newest is None and opening(now) is None:
        log.newest_round(assessment)
    lines = [*(_said(now, now.newest, at) if now.newest else ()), *planned(now), *_due(now, at)]
    return "\n".join(lines), {"assessment": str(assessment), **_document(now, at)}


def after(doing: Doing, says: str, notes: Collection[str] = ()) -> Done:
    """What came of an operation on a round: where it stands now."""
    stands, document = round_status(doing.log, doing.assessment, doing.stamp.at)
    return Done(says, document, notes, stands)


def opening_stands(doing: Doing, says: str, notes: Collection[str] = ()) -> Done:
    """What came of an operation on a planned opening: what is planned now."""
    now = doing.log.situation(doing.assessment)
    document = {"assessment": str(doing.assessment), "opening": opening(now)}
    return Done(says, document, notes, "\n".join(planned(now) or ["No opening is planned."]))


def opening(now: Situation) -> dict[str, Any] | None:
    """The opening that is planned and has not come, for programs."""
    number, found, _ = _coming(now)
    one = now.assessment.opening
    if one is None or number != one.round or not any(m.kind == "open" for m in found):
        return None
    return {
        "round": one.round,
        "opens": one.opens.isoformat(),
        "deadline": one.deadline.isoformat(),
    }


def planned(now: Situation) -> list[str]:
    """The same in words; no line when none is planned."""
    one, zone = now.assessment.opening, now.assessment.policy.zone
    if one is None or opening(now) is None:
        return []
    begin, end = calendar.say(one.opens, zone), calendar.say(one.deadline, zone)
    return [f"Round {one.round} opens by itself at {begin}, and lasts until {end}."]


def _coming(now: Situation) -> tuple[int, list[Milestone], str]:
    """What is promised: the round's number, its milestones, and the zone they are said in."""
    number, found = coming(now.assessment, now.newest)
    policy = now.newest.policy if now.newest else now.assessment.policy
    return number, found, policy.zone


def _document(now: Situation, at: datetime) -> dict[str, Any]:
    """Where the rounds stand, for programs."""
    _, found, _ = _coming(now)
    return {
        **(_of_round(now.newest) if now.newest else {"round": None}),
        "released": sorted(now.assessment.released),
        "opening": opening(now),
        "next": [{"what": one.kind, "due": one.due.isoformat()} for one in ahead(found, at)],
    }


def _of_round(one: Round) -> dict[str, Any]:
    return {
        "round": one.number,
        "kind": one.kind,
        "open": not one.closed,
        "paused": one.paused,
        "reopened": one.reopened,
        "deadline": one.deadline.isoformat(),
        "deadline_said": calendar.say(one.deadline, one.policy.zone),
        "invited": _invited(one),
        **_of_measured(one.measured),
    }


def _of_measured(measured: RoundMeasured | None) -> dict[str, Any]:
    if measured is None:
        return dict.fromkeys(
            ("settled", "unsettled", "left", "then", "moderation_due", "sign_off_due")
        )
    moderation, sign_off = measured.moderation_due, measured.sign_off_due
    return {
        "settled": list(measured.settled),
        "unsettled": list(measured.unsettled),
        "left": {one.item: one.because for one in measured.left},
        "then": measured.then,
        "moderation_due": moderation.isoformat() if moderation else None,
        "sign_off_due": sign_off.isoformat() if sign_off else None,
    }


def _said(now: Situation, one: Round, at: datetime) -> Iterator[str]:
    """Where a round stands, for people."""
    rests = ", but paused" if one.paused else ""
    until = calendar.say(one.deadline, one.policy.zone)
    state = "closed" if one.closed else f"open until {until}{rests}"
    kind, invited = round_kind(one.kind), counted(_invited(one), "person")
    yield f"Round {one.number} ({kind}), {invited} invited: {state}."
    if one.reopened:
        yield "It was reopened: answers given before and after are told apart."
    if now.assessment.released:
        yield f"Asked nothing more: {', '.join(sorted(now.assessment.released))}."
    if one.measured:
        yield from _measured(one.measured)
        yield from _to_do(now, one.measured, one.policy.zone, at)


def _measured(measured: RoundMeasured) -> Iterator[str]:
    """How each descriptor left; a peer review settles none."""
    settled, unsettled = ", ".join(measured.settled), ", ".join(measured.unsettled)
    if settled or unsettled:
        yield f"Agreed: {settled or 'none'}. Not agreed: {unsettled or 'none'}."
    yield f"Next comes {NEXT[measured.then]}."
    for because, words in LEFT.items():
        items = [one.item for one in measured.left if one.because == because]
        if items:
            yield f"{words}: {', '.join(items)}."


def _to_do(now: Situation, measured: RoundMeasured, zone: str, at: datetime) -> Iterator[str]:
    """Until when the coordinator has for what is left; nothing once it is signed off."""
    dues = {
        "moderation": measured.moderation_due if to_moderate(now) else None,
        "sign-off": measured.sign_off_due if now.assessment.signed_off is None else None,
    }
    for what, due in dues.items():
        if due is not None:
            verb = "is" if due > at else "was"
            yield f"{COORDINATORS[what]} {verb} to be done by {calendar.say(due, zone)}."


def _due(now: Situation, at: datetime) -> Iterator[str]:
    """What comes by itself, the opening apart, which was said."""
    _, found, zone = _coming(now)
    for one in ahead(found, at):
        if one.kind not in ("open", *COORDINATORS):
            yield f"Due: {say_milestone(one.kind)}, {calendar.say(one.due, zone)}."


def _invited(one: Round) -> int:
    """How many are asked something; who handed everything on is not, nor who was released.

    In a workshop all are, though what they vote on is put to them there.
    """
    live = one.kind == "workshop"
    return sum(live or bool(asked) for who, asked in one.invited.items() if who not in one.released)
