"""What a round puts in front of one person: their items, their deadline, what they may see."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from ehsg_events.dates import calendar
from ehsg_events.events import HandOnAsked, HandOnDeclined, ItemsHandedOn
from ehsg_events.interview.others_reasons import chosen, drawn, may_be_seen, voice
from ehsg_events.kernel import Refused, interview_stream
from ehsg_events.log.log import Pen
from ehsg_events.log.published_guides import guide_of
from ehsg_events.states.assessment import Assessment, member_of
from ehsg_events.states.interview import Answer, Interview, Sitting
from ehsg_events.states.round import Round
from ehsg_events.values.exposure import Figures, Reasons
from ehsg_events.values.measure import Measure
from ehsg_events.workshop.votes import figures_seen
from guides import library

SPOKEN_OF = (HandOnAsked.TOPIC, HandOnDeclined.TOPIC, ItemsHandedOn.TOPIC)


def sit_down(
    pen: Pen, assessment: UUID, stakeholder: str, number: int | None = None
) -> tuple[int, Sitting, Interview]:
    """The newest round (or the one of a number) as one person sees it, and what they have said.

    Raises:
        Refused: no round was opened, or the person is not in it.
    """
    state = pen.assessment(assessment)
    member_of(state, stakeholder)
    one = newest_round(pen, assessment) if number is None else pen.round(assessment, number)
    if one is None or stakeholder not in one.invited:
        which = f"round {number or (one and one.number)}"
        raise Refused(f"{stakeholder} was not invited to {which}, so there is nothing to answer.")
    interview = pen.interview(assessment, one.number, stakeholder)
    sitting = Sitting(
        guide_digest=state.guide_digest,
        items=one.invited[stakeholder],
        kind=one.kind,
        closed=one.closed or pen.stamp.at >= one.deadline,
        deadline=calendar.say(one.deadline, one.policy.zone),
        paused=one.paused,
        released=stakeholder in one.released,
        signed_off=state.signed_off is not None,
        safeguarding=state.policy.safeguarding,
        **_wording(pen, state, stakeholder),
        **_feedback(pen, assessment, one, stakeholder),
    )
    if interview.screen == "handed-on":
        sitting = replace(sitting, decided=_decided(pen, assessment, one.number, stakeholder))
    gone = interview.withdrawn or _withdrew(pen, assessment, stakeholder)
    return one.number, sitting, replace(interview, withdrawn=gone)


def _withdrew(pen: Pen, assessment: UUID, stakeholder: str) -> bool:
    """Whether a person has withdrawn in any round, by a button of an old message perhaps."""
    number = 1
    while pen.round(assessment, number) is not None:
        if pen.interview(assessment, number, stakeholder).withdrawn:
            return True
        number += 1
    return False


def _decided(
    pen: Pen, assessment: UUID, number: int, stakeholder: str
) -> HandOnDeclined | ItemsHandedOn | None:
    """What the coordinator decided since this person asked to hand on; none while it waits."""
    found: HandOnDeclined | ItemsHandedOn | None = None
    for one in pen.log.all(topics=SPOKEN_OF):
        if (one.stream.assessment, one.stream.round) != (assessment, number):
            continue
        match one.fact:
            case HandOnAsked() if one.stream.stakeholder == stakeholder:
                found = None
            case HandOnDeclined(declined_to=person) if person == stakeholder:
                found = one.fact
            case ItemsHandedOn(handed_on_by=person) if person == stakeholder:
                found = one.fact
    return found


def _wording(pen: Pen, state: Assessment, stakeholder: str) -> dict[str, Any]:
    """The guide as this person is shown it: in their language, with the area's own notes."""
    guide_of(state, pen.log.folder)  # refuses a file that is not what the assessment recorded
    language = state.panel[stakeholder].language
    try:
        shown = library.wording(state.guide, language, pen.log.folder)
    except library.AlteredGuide as mistake:
        raise Refused(str(mistake)) from None
    return {
        "guide": shown.guide,
        "languages": shown.languages,
        "local_notes": shown.local_notes,
    }


def _feedback(pen: Pen, assessment: UUID, one: Round, stakeholder: str) -> dict[str, Any]:
    """In a feedback round: the person's own earlier answers, and what may be seen of the others.

    The figures are those measured when the round before closed, the same for everyone.
    """
    if one.kind == "workshop":
        away = stakeholder not in one.room.present
        return {"figures": dict(figures_seen(one)), "votes_over": one.room.over, "away": away}
    if one.kind != "feedback":
        return {}
    previous: dict[str, Answer] = {}
    for number in range(1, one.number):
        said = pen.interview(assessment, number, stakeholder).answers.items()
        previous |= {i: a for i, a in said if a.kind != "skip" or i not in previous}
    found: dict[str, Any] = {"previous": previous, "shows_others": one.policy.shown != "nothing"}
    if found["shows_others"]:
        found["figures"] = _figures_of(pen, assessment, one)
    if one.policy.shown == "figures-and-reasons":
        seen = [item for item in one.invited[stakeholder] if item in found["figures"]]
        mine = {item: previous.get(item) for item in seen}
        found["reasons"] = _reasons(pen, assessment, one, stakeholder, mine)
    return found


def _figures_of(pen: Pen, assessment: UUID, one: Round) -> dict[str, Figures]:
    """The group's figures after the round before, of those descriptors that enough people scored."""
    before = pen.round(assessment, one.number - 1)
    measured = before.measured.measures if before and before.measured else ()
    return {m.item: _figures(m, one.number - 1) for m in measured if may_be_seen(m)}


def _reasons(
    pen: Pen, assessment: UUID, one: Round, stakeholder: str, mine: Mapping[str, Answer | None]
) -> dict[str, Reasons]:
    """What others gave as their reasons in earlier rounds; nobody's who has withdrawn since.

    Args:
        mine: the person's own earlier answer to each descriptor whose figures they may see.
    """
    state = pen.assessment(assessment)
    guide = guide_of(state, pen.log.folder)
    wrote = _authors(pen, assessment, one.number, mine) - {stakeholder}
    own = [person for person in wrote if state.panel[person].peer_of is None]
    others = [_before(pen, assessment, one.number, person) for person in drawn(stakeholder, own)]
    found = {}
    for item, answer in mine.items():
        voices = (voice(guide, item, rounds) for rounds in others)
        found[item] = chosen(answer.score if answer else None, filter(None, voices))
    return {item: reasons for item, reasons in found.items() if reasons}


def _authors(pen: Pen, assessment: UUID, number: int, items: Collection[str]) -> set[str]:
    """Those who have typed words under some of these items before a round."""
    found = set()
    for earlier in range(1, number if items else 1):
        before = pen.round(assessment, earlier)
        for person in before.invited if before else ():
            stream = interview_stream(assessment, earlier, person)
            _, interview = pen.log.folding.interview(stream)
            if any(note.item in items for note in interview.notes.values()):
                found.add(person)
    return found


def _before(pen: Pen, assessment: UUID, number: int, person: str) -> list[Interview]:
    """A person's interviews before a round, none when they have withdrawn by now.

    What was typed in a round whose notice did not announce that it may be shown is left out. Not
    pinned: whoever answers need not wait for what anybody else is doing.
    """
    streams = (interview_stream(assessment, n, person) for n in range(1, number + 1))
    every = [pen.log.folding.interview(stream)[1] for stream in streams]
    if any(interview.withdrawn for interview in every):
        return []
    return [
        interview if _announced(pen, assessment, n) else replace(interview, notes={})
        for n, interview in enumerate(every[:-1], start=1)
    ]


def _announced(pen: Pen, assessment: UUID, number: int) -> bool:
    one = pen.round(assessment, number)
    return one is not None and one.policy.shown == "figures-and-reasons"


def _figures(measure: Measure, after: int) -> Figures:
    shown = f"{after}|{measure.item}|{measure.counts}"
    digest = hashlib.sha256(shown.encode()).hexdigest()
    return Figures(after, measure.counts, measure.agencies, digest)


def newest_round(pen: Pen, assessment: UUID) -> Round:
    """The newest round, pinned; refused when none was opened."""
    found, number = None, 1
    while (after := pen.round(assessment, number)) is not None:
        found, number = after, number + 1
    if found is None:
        raise Refused("No round was opened yet. `ehsg round open` opens the first.")
    return found
