"""What a coordinator reads about each round in Prefect's own page: a short Markdown text.

Prefect stores it unencrypted, so it counts people and names none. Agencies appear only by size,
since the count of an agency with one person would name that person. No clock and no writes.
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
    """One round's text in Prefect's page, under a key that never changes."""

    key: str
    text: str


def pages(log: Log, assessment: UUID) -> list[Page]:
    """A page for each round of an assessment, and for a planned one."""
    situation = log.situation(assessment)
    number, milestones = _still_to_come(situation)
    texts = {round.number: _round(situation, round, milestones) for round in situation.rounds}
    if number > len(situation.rounds):
        texts[number] = _planned(situation.assessment, number)
    return [Page(f"round-{str(assessment)[:8]}-{number}", text) for number, text in texts.items()]


def _still_to_come(situation: Situation) -> tuple[int, list[Milestone]]:
    """The round that promises milestones and these, without moderation if nothing waits for it."""
    number, milestones = coming(situation.assessment, situation.newest)
    over = () if to_moderate(situation) else ("moderation",)
    return number, [milestone for milestone in milestones if milestone.kind not in over]


def _round(situation: Situation, round: Round, milestones: Sequence[Milestone]) -> str:
    parts = [
        f"# {situation.assessment.area}, round {round.number}",
        _stands(situation.assessment, round),
    ]
    newest = round is situation.newest
    if newest and any(milestone.kind != "open" for milestone in milestones):
        parts += ["## What comes next", "\n".join(_coming(milestones, round.policy.zone))]
    parts += ["## Who has finished", "\n".join([HEAD, *_finished(situation, round)])]
    return "\n\n".join(parts) + "\n"


def _stands(state: Assessment, round: Round) -> str:
    """The status of a round, in a sentence."""
    deadline = calendar.say(round.deadline, round.policy.zone)
    if round.closed_at is not None:
        closed = f"Closed at {calendar.say(round.closed_at, round.policy.zone)}."
        return f"{closed} The assessment is signed off." if state.signed_off else closed
    if round.paused:
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
    dues = {kind: [milestone.due for milestone in group] for kind, group in kinds}
    for kind, times in sorted(dues.items(), key=lambda entry: entry[1]):
        yield f"- {say_milestone(kind)}: {_from(times, zone)}"


def _from(times: Sequence[datetime], zone: str) -> str:
    first = calendar.say(times[0], zone)
    return f"from {first}, at people's own hours" if len(times) > 1 else first


def _finished(situation: Situation, round: Round) -> Iterator[str]:
    """How many people were asked and how many have finished, by the size of their agency."""
    asked = [person for person in round.invited if person not in round.released]
    panel = situation.assessment.panel
    of_agency = Counter(panel[person].agency for person in asked)
    smallest = 1
    for words, largest in SIZES.items():
        agencies = {name for name, many in of_agency.items() if smallest <= many <= largest}
        people = [person for person in asked if panel[person].agency in agencies]
        done = sum(situation.interviews[round.number, person].completed for person in people)
        if agencies:
            yield f"| {words} | {len(agencies)} | {len(people)} | {done} |"
        smallest = largest + 1
