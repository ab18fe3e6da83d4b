"""What a round puts in front of one person: their items, their deadline, what they may see."""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import UUID

from ehsg_events import calendar, progress
from ehsg_events.application import Log, Pen, guide_of
from ehsg_events.interview import Figures, Interview, Sitting
from ehsg_events.kernel import Refused
from ehsg_events.round import Round

SEEN_FROM = (5, 3)  # a group's figures are shown from this many people, of this many agencies


def sit_down(
    log: Log, pen: Pen, assessment: UUID, stakeholder: str, number: int | None = None
) -> tuple[int, Sitting, Interview]:
    """The newest round (or the one of a number) as one person sees it, and what they have said.

    Raises:
        Refused: no round was opened, or the person is not in it.
    """
    state = pen.assessment(assessment)
    if stakeholder not in state.panel:
        raise Refused(
            f"Nobody on the panel is called {stakeholder}. `ehsg panel` lists the panel."
        )
    one = newest_round(log, pen, assessment) if number is None else pen.round(assessment, number)
    if one is None or stakeholder not in one.invited:
        which = "this round" if number is None and one is None else f"round {one and one.number}"
        raise Refused(f"{stakeholder} was not invited to {which}, so there is nothing to answer.")
    interview = pen.interview(assessment, one.number, stakeholder)
    sitting = Sitting(
        guide=guide_of(state),
        guide_digest=state.guide_digest,
        items=one.invited[stakeholder],
        kind=one.kind,
        closed=one.closed or pen.stamp.at >= one.deadline,
        deadline=calendar.say(one.deadline, one.policy.zone),
        **_feedback(log, pen, assessment, one, stakeholder),
    )
    return one.number, sitting, interview


def _feedback(
    log: Log, pen: Pen, assessment: UUID, one: Round, stakeholder: str
) -> dict[str, Any]:
    """In a feedback round: the person's own earlier answers, and the group's figures."""
    if one.kind != "feedback":
        return {}
    aside = Pen(log, pen.stamp)  # earlier rounds are over: nothing here need be pinned
    now = log.situation(aside, assessment)
    stands = progress.standing(now, one.number - 1)
    previous = {i: stands[i][stakeholder] for i in one.items if stakeholder in stands.get(i, {})}
    figures = {}
    for item in one.invited[stakeholder]:
        heard = progress.heard(now, item, stands.get(item, {}))
        agencies = len({score.agency for score in heard.scores})
        if len(heard.scores) >= SEEN_FROM[0] and agencies >= SEEN_FROM[1]:
            levels = now.guide.scale_of(item).levels
            counts = tuple(
                sum(score.score == level.score for score in heard.scores) for level in levels
            )
            digest = hashlib.sha256(f"{one.number - 1}|{item}|{counts}".encode()).hexdigest()
            figures[item] = Figures(one.number - 1, counts, agencies, digest)
    return {"previous": previous, "figures": figures}


def newest_round(log: Log, pen: Pen, assessment: UUID) -> Round:
    """The newest round, pinned; refused when none was opened."""
    found, number = None, 1
    while (after := pen.round(assessment, number)) is not None:
        found, number = after, number + 1
    if found is None:
        raise Refused("No round was opened yet. `ehsg round open` opens the first.")
    return found
