"""The items of a report: the score that stands, how the panel stood, and what was said and agreed.

How the panel stood is shown only as far as the board may see it, which
`projections.results.board_results` decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from ehsg_events.dates import calendar
from ehsg_events.interview.numbers import amount
from ehsg_events.states.interview import ANSWER_FIELD, REASON_FIELD
from guides.model import NarrativeField, Section
from projections.access.agencies import Agencies
from projections.facts.view import View
from projections.figures.agreement import score_mark
from projections.figures.names import named
from projections.folded.members import members
from projections.folded.notes import NoteRow, notes_unplaced
from projections.folded.outcome import Settled, settlings
from projections.folded.standing import stands_now
from projections.history.evidence_files import evidence_in, words_in
from projections.report.model import Act, Box, Entry, Part, Spread, Traced, Voice
from projections.results.actions import Action, agreed
from projections.results.peers import Companies, Peers, peers_told
from projections.results.results import Result
from projections.results.settled import how

GIVEN = ANSWER_FIELD.model_copy(update={"id": "number", "label": "Numbers given"})
IN_WORDS = ANSWER_FIELD.model_copy(update={"label": "Answers"})


class Beside(NamedTuple):
    """What entries show beside the results: who may be named, what was said, what was agreed."""

    agencies: Agencies
    voices: Mapping[tuple[str, str], list[Voice]]
    actions: Mapping[str, Sequence[Action]]
    peers: Mapping[str, tuple[Peers, ...]]
    settled: Mapping[str, Settled]


def parts(view: View, results: Mapping[str, Result], today: date) -> tuple[Part, ...]:
    """Every section of the guide with its items.

    Args:
        results: as the board may see them, by item.
        today: the day on which an action is overdue or not.
    """
    agencies = Agencies(view)
    actions: dict[str, list[Action]] = {}
    for action in agreed(view, today):
        actions.setdefault(action.item, []).append(action)
    settled = {row.item: row for row in settlings(view)}
    beside = Beside(agencies, _voices(view, agencies), actions, peers_told(view), settled)
    return tuple(
        Part(
            title=f"{section.number} {section.title}" if section.number else section.title,
            entries=tuple(
                _entry(view, beside, section, item.id, results.get(item.id))
                for item in section.items
                if item.ask
            ),
        )
        for section in view.guide.sections
    )


def notes(view: View) -> list[NoteRow]:
    """What people wrote, without their reasons, which would tell who changed their mind.

    Sorted by the ids of the words, which are random: sorted by the panel or by time, the first
    words about each descriptor would all be the same person's.
    """
    return [note for note in notes_unplaced(view) if note.field != REASON_FIELD.id]


class Number(NamedTuple):
    """A number that somebody gave in answer to a question."""

    item: str
    number: float
    agency: str


def numbers(view: View) -> list[Number]:
    """The numbers that stand, by item, the lowest first, which tells neither author nor time."""
    every = (
        Number(row.item, row.number, members(view)[row.stakeholder].agency)
        for row in stands_now(view)
        if row.kind == "number" and row.number is not None and row.stakeholder in members(view)
    )
    return sorted(every)


def _voices(view: View, agencies: Agencies) -> dict[tuple[str, str], list[Voice]]:
    """What was said, by item and heading."""
    voices: dict[tuple[str, str], list[Voice]] = {}
    companies = Companies(view)
    for item, given, agency in numbers(view):
        number = amount(given, view.guide.numbers[item].unit)
        voice = Voice(agency=agencies.name(item, agency), words=number)
        voices.setdefault((item, GIVEN.id), []).append(voice)
    for row in notes(view):
        words = words_in(view, row).says
        if words is not None:
            item, area = row.item, row.peer_of
            whose = companies.name(item, area) if area else agencies.name(item, row.agency)
            voice = Voice(agency=whose, words=words, **_rests_on(view, row))
            voices.setdefault((item, row.field), []).append(voice)
    return voices


def _rests_on(view: View, row: NoteRow) -> dict[str, str | None]:
    """Where evidence is from, the day it speaks of, and whether a file or a link was handed in."""
    kept = evidence_in(row)
    day = calendar.say_day(kept.dated) if kept.dated else None
    told = [day] if day else []
    told += ["a file was handed in with it"] if kept.kind == "file" else []
    return {"source": view.log.shown(kept.origin), "beside": ", ".join(told) or None}


def _entry(view: View, beside: Beside, section: Section, item: str, result: Result | None) -> Entry:
    asked = view.guide.items[item]
    if result is None:
        return Entry(
            item=item,
            title=named(view.guide, item),
            statement=asked.statement,
            asked=beside.agencies.asked(item),
            boxes=_boxes((GIVEN, *section.fields, IN_WORDS), item, beside.voices),
        )
    scale = view.guide.scale_of(item)
    return Entry(
        item=item,
        title=named(view.guide, item),
        statement=asked.statement,
        score=_score(result),
        mark=None if result.weighs is None else score_mark(result.weighs, scale),
        outcome=result.weighs,
        covered=result.covered_by is not None,
        ends=None if result.covered_by else (scale.lowest, scale.highest),
        marks=tuple(score_mark(level.score, scale) for level in scale.levels),
        asked=beside.agencies.asked(item),
        traced=_traced(view, result, beside.settled.get(item)),
        spread=_spread(view, result) if result.counts else None,
        how=_how(view, result),
        because=result.because,
        sentence=result.sentence,
        peers=tuple(figures.sentence for figures in beside.peers.get(item, ())),
        boxes=_boxes(section.fields, item, beside.voices),
        dissent=tuple(
            Voice(agency=dissent.agency, words=dissent.words or "") for dissent in result.dissent
        ),
        actions=tuple(map(_act, beside.actions.get(item, ()))),
    )


def _boxes(
    fields: Iterable[NarrativeField], item: str, voices: Mapping[tuple[str, str], list[Voice]]
) -> tuple[Box, ...]:
    return tuple(
        Box(label=box.label, voices=tuple(voices[item, box.id]))
        for box in sorted(
            fields, key=lambda box: box.kind == "next-step"
        )  # what is, then what next
        if (item, box.id) in voices
    )


def _score(result: Result) -> str:
    return result.stands or "No outcome shown yet"


def _spread(view: View, result: Result) -> Spread:
    scale = view.guide.scale_of(result.item)
    counted = list(zip(scale.levels, result.counts, strict=True))
    held = [level.score for level, people in counted if people]
    low, high = score_mark(held[0], scale), score_mark(held[-1], scale)
    middle = result.median or 0
    distance = sum(abs(level.score - middle) * people for level, people in counted)
    return Spread(
        levels=tuple(score_mark(level.score, scale) for level in scale.levels),
        people=result.counts,
        run=(held[0], held[-1]),
        ran=f"all {low}" if low == high else f"from {low} to {high}",
        apart=distance / sum(result.counts),
    )


def _how(view: View, result: Result) -> str | None:
    if result.outcome is None:
        return None
    middle = result.median
    words = None if middle is None else score_mark(middle, view.guide.scale_of(result.item))
    return how(moderated=result.moderated, where=result.against, median=words)


def _traced(view: View, result: Result, settled: Settled | None) -> Traced | None:
    if result.outcome is None or settled is None:
        return None
    return Traced(
        rounds=", ".join(map(str, result.rounds)) or "none",
        day=calendar.say_day(calendar.local_day(settled.said_at, view.state.policy.zone)),
        position=str(view.placed(settled.position) or ""),
    )


def _act(action: Action) -> Act:
    owner = (action.owner or "") if action.owned else "nobody yet"
    due = calendar.say_day(action.due) if action.due else "no date yet"
    ended = (
        f"{action.how} on {calendar.say_day(action.ended)}"
        if action.how and action.ended
        else "to do"
    )
    return Act(
        words=action.words or "",
        owner=owner,
        due=due,
        stands="overdue" if action.overdue else ended,
        whole=action.owned and action.due is not None,
        ended=action.how is not None,
    )
