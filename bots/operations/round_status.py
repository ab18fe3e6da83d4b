"""Where an assessment's rounds stand, in sentences and for programs."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from bots.operations import by_hand, outages
from bots.operations.operation import Doing, Done
from bots.phrases.labels import counted, round_kind
from ehsg_events.dates import calendar
from ehsg_events.events import RoundMeasured
from ehsg_events.log.log import Log
from ehsg_events.rounds.milestones import Milestone, ahead, coming, say_milestone
from ehsg_events.states.outcome import Outcome
from ehsg_events.states.round import Round
from ehsg_events.states.situation import Situation, left_to_ask, to_moderate

LEFT = {
    "asked-again": "Asked again in the next round",
    "stable-disagreement": "Not agreed, and nobody changed their mind",
    "round-limit": "Not agreed in the last round",
    "nobody-left": "Not agreed, and nobody is left to ask",
    "moderated": "Not agreed, and moderated meanwhile",
    "withdrawal": "Agreed once, but not without those who withdrew since",
}
COORDINATORS = {"moderation": "Moderation", "sign-off": "Sign-off"}


def round_status(log: Log, assessment: UUID, now: datetime) -> tuple[str, dict[str, Any]]:
    """Where the newest round stands and what comes next: in lines, and for programs.

    Raises:
        Refused: no round was opened, and none is planned.
    """
    situation = log.situation(assessment)
    if situation.newest is None and opening(situation) is None:
        log.newest_round(assessment)  # raises: there is none
    refused = outages.sentence(log.folder)
    lines = [
        *([refused] if refused else ()),
        *(_sentences(situation, situation.newest, now) if situation.newest else ()),
        *planned(situation),
        *_due(situation, now),
    ]
    return "\n".join(lines), {"assessment": str(assessment), **_document(situation, now)}


def after(doing: Doing, says: str, notes: Collection[str] = ()) -> Done:
    """The result of an operation on a round: where it stands, and who is to be told by hand."""
    sentences, document = round_status(doing.log, doing.assessment, doing.stamp.at)
    return Done(says, document, [*notes, *by_hand.notes(doing)], sentences)


def opening_stands(doing: Doing, says: str, notes: Collection[str] = ()) -> Done:
    """The result of an operation on a planned opening, with what is planned now."""
    situation = doing.log.situation(doing.assessment)
    document = {"assessment": str(doing.assessment), "opening": opening(situation)}
    return Done(says, document, notes, "\n".join(planned(situation) or ["No opening is planned."]))


def opening(situation: Situation) -> dict[str, Any] | None:
    """The opening that is planned and still to come, for programs."""
    number, milestones, _ = _coming(situation)
    plan = situation.assessment.opening
    if plan is None or number != plan.round or not any(m.kind == "open" for m in milestones):
        return None
    return {
        "round": plan.round,
        "opens": plan.opens.isoformat(),
        "deadline": plan.deadline.isoformat(),
    }


def planned(situation: Situation) -> list[str]:
    """The planned opening in words; no line when none is planned."""
    plan, zone = situation.assessment.opening, situation.assessment.policy.zone
    if plan is None or opening(situation) is None:
        return []
    begin, end = calendar.say(plan.opens, zone), calendar.say(plan.deadline, zone)
    return [f"Round {plan.round} opens by itself at {begin}, and lasts until {end}."]


def _coming(situation: Situation) -> tuple[int, list[Milestone], str]:
    """What is to come: the round's number, its milestones, and the zone their times are said in."""
    number, milestones = coming(situation.assessment, situation.newest)
    policy = situation.newest.policy if situation.newest else situation.assessment.policy
    return number, milestones, policy.zone


def _document(situation: Situation, now: datetime) -> dict[str, Any]:
    """Where the rounds stand, for programs."""
    _, milestones, _ = _coming(situation)
    return {
        **(_of_round(situation.newest) if situation.newest else {"round": None}),
        "released": sorted(situation.assessment.released),
        "opening": opening(situation),
        "next": [
            {"what": milestone.kind, "due": milestone.due.isoformat()}
            for milestone in ahead(milestones, now)
        ],
    }


def _of_round(round: Round) -> dict[str, Any]:
    return {
        "round": round.number,
        "kind": round.kind,
        "open": not round.closed,
        "paused": round.paused,
        "reopened": round.reopened,
        "deadline": round.deadline.isoformat(),
        "deadline_said": calendar.say(round.deadline, round.policy.zone),
        "invited": _invited(round),
        **_of_measured(round.measured),
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
        "left": {left.item: left.because for left in measured.left},
        "then": measured.then,
        "moderation_due": moderation.isoformat() if moderation else None,
        "sign_off_due": sign_off.isoformat() if sign_off else None,
    }


def _sentences(situation: Situation, round: Round, now: datetime) -> Iterator[str]:
    """Where a round stands, for people."""
    paused = ", but paused" if round.paused else ""
    until = calendar.say(round.deadline, round.policy.zone)
    state = "closed" if round.closed else f"open until {until}{paused}"
    kind, invited = round_kind(round.kind), counted(_invited(round), "person")
    yield f"Round {round.number} ({kind}), {invited} asked: {state}."
    if round.reopened:
        yield "It was reopened: answers given before and after are told apart."
    if situation.assessment.released:
        yield f"Asked nothing more: {', '.join(sorted(situation.assessment.released))}."
    if round.measured:
        yield from _measured(situation, round.measured)
        yield from _to_do(situation, round.measured, round.policy.zone, now)


def _measured(situation: Situation, measured: RoundMeasured) -> Iterator[str]:
    """How each descriptor left the round, and what became of it since; a peer review settles none."""
    settled, unsettled = ", ".join(measured.settled), ", ".join(measured.unsettled)
    if settled or unsettled:
        yield f"Agreed: {settled or 'none'}. Not agreed: {unsettled or 'none'}."
    for reason, words in LEFT.items():
        items = [left.item for left in measured.left if left.because == reason]
        if items:
            yield f"{words}: {', '.join(items)}."
    since = [item for item in measured.unsettled if _is_moderated(situation.outcomes[item])]
    if since:
        yield f"Settled by the coordinator: {', '.join(since)}."
    yield _next(situation)


def _is_moderated(outcome: Outcome) -> bool:
    return outcome.moderated and outcome.score is not None


def _next(situation: Situation) -> str:
    """What comes after a round as matters stand now, whatever it was when the round was measured."""
    if situation.assessment.signed_off is not None:
        return "The assessment is signed off."
    if left_to_ask(situation):
        return "Next comes a feedback round."
    if to_moderate(situation):
        return "Next comes moderation."
    return "Next come priorities and sign-off."


def _to_do(
    situation: Situation, measured: RoundMeasured, zone: str, now: datetime
) -> Iterator[str]:
    """By when the coordinator is to do what is left; nothing once it is signed off."""
    dues = {
        "moderation": measured.moderation_due if to_moderate(situation) else None,
        "sign-off": measured.sign_off_due if situation.assessment.signed_off is None else None,
    }
    for what, due in dues.items():
        if due is not None:
            verb = "is" if due > now else "was"
            yield f"{COORDINATORS[what]} {verb} to be done by {calendar.say(due, zone)}."


def _due(situation: Situation, now: datetime) -> Iterator[str]:
    """What comes by itself, but for the opening, which `planned` says."""
    _, milestones, zone = _coming(situation)
    for milestone in ahead(milestones, now):
        if milestone.kind not in ("open", *COORDINATORS):
            yield f"Due: {say_milestone(milestone.kind)}, {calendar.say(milestone.due, zone)}."


def _invited(round: Round) -> int:
    """How many people are asked something; those who handed everything on or were released are not.

    In a workshop everybody is, though what they vote on is put to them only there.
    """
    workshop = round.kind == "workshop"
    return sum(
        workshop or bool(items)
        for person, items in round.invited.items()
        if person not in round.released
    )
