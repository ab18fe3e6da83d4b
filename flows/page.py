"""What a coordinator reads about each round in Prefect's own page: a short Markdown text. Pure.

Prefect keeps it in clear, so it counts people and names none; agencies are told by their size
only, since of an agency with one person a count would name them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple
from uuid import UUID

from ehsg_events.dates import calendar
from ehsg_events.log.log import Log
from ehsg_events.rounds.milestones import Milestone, coming, say_milestone
from ehsg_events.states.assessment import Assessment
from ehsg_events.states.round import Round
from ehsg_events.states.situation import Situation, to_moderate

SIZES = {"1": 1, "2 to 4": 4, "5 or more": 10_000}  # people asked in an agency, at most
HEAD = "| people asked in the agency | agencies | people | finished |\n|---|---:|---:|---:|"


class Page(NamedTuple):
    """A text of Prefect's page, under a key that is always the same."""

    key: str
    text: str


def pages(log: Log, assessment: UUID) -> list[Page]:
    """A page for each round of an assessment, and for the one that is planned to open."""
    situation = log.situation(assessment)
    number, milestones = _still_to_come(situation)
    texts = {one.number: _round(situation, one, milestones) for one in situation.rounds}
    if number > len(situation.rounds):
        texts[number] = _planned(situation.assessment, number)
    return [Page(f"round-{str(assessment)[:8]}-{one}", text) for one, text in texts.items()]


def _still_to_come(situation: Situation) -> tuple[int, list[Milestone]]:
    """What is promised; not that moderation is to be done where nothing waits for it."""
    number, milestones = coming(situation.assessment, situation.newest)
    over = () if to_moderate(situation) else ("moderation",)
    return number, [one for one in milestones if one.kind not in over]


def _round(situation: Situation, one: Round, milestones: Sequence[Milestone]) -> str:
    parts = [
        f"# {situation.assessment.area}, round {one.number}",
        _stands(situation.assessment, one),
    ]
    newest = one is situation.newest
    if newest and any(milestone.kind != "open" for milestone in milestones):
        parts += ["## What comes next", "\n".join(_coming(milestones, one.policy.zone))]
    parts += ["## Who has finished", "\n".join([HEAD, *_finished(situation, one)])]
    return "\n\n".join(parts) + "\n"


def _stands(state: Assessment, one: Round) -> str:
    """Where a round stands, in a sentence."""
    deadline = calendar.say(one.deadline, one.policy.zone)
    if one.closed_at is not None:
        closed = f"Closed at {calendar.say(one.closed_at, one.policy.zone)}."
        return f"{closed} The assessment is signed off." if state.signed_off else closed
    if one.paused:
        return f"Paused: nobody is reminded. Answers are taken until {deadline}."
    return f"Open until {deadline}."


def _planned(state: Assessment, number: int) -> str:
    opening = state.opening
    assert opening is not None, "a round that is not there yet is planned"
    opens, until = (calendar.say(at, state.policy.zone) for at in (opening.opens, opening.deadline))
    return f"# {state.area}, round {number}\n\nOpens at {opens}, until {until}.\n"


def _coming(milestones: Sequence[Milestone], zone: str) -> Iterator[str]:
    """Each kind of milestone once, in the order they first fall due."""
    kinds = groupby(sorted(milestones), key=attrgetter("kind"))
    dues = {kind: [one.due for one in every] for kind, every in kinds}
    for kind, times in sorted(dues.items(), key=lambda one: one[1]):
        yield f"- {say_milestone(kind)}: {_from(times, zone)}"


def _from(times: Sequence[datetime], zone: str) -> str:
    first = calendar.say(times[0], zone)
    return f"from {first}, at people's own hours" if len(times) > 1 else first


def _finished(situation: Situation, one: Round) -> Iterator[str]:
    """How many were asked and have finished, by the size of their agency."""
    asked = [person for person in one.invited if person not in one.released]
    of_agency = Counter(situation.assessment.panel[person].agency for person in asked)
    smallest = 1
    for words, largest in SIZES.items():
        agencies = {name for name, many in of_agency.items() if smallest <= many <= largest}
        people = [p for p in asked if situation.assessment.panel[p].agency in agencies]
        done = sum(situation.interviews[one.number, person].completed for person in people)
        if agencies:
            yield f"| {words} | {len(agencies)} | {len(people)} | {done} |"
        smallest = largest + 1
