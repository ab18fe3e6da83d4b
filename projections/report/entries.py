"""The items of a report: the score that stands, how the panel stood, and what was said and agreed.

How the panel stood is shown only as far as the board may see it, which
`projections.results.board_results` decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from ehsg_events.dates import calendar
from ehsg_events.interview.numbers import amount
from ehsg_events.states.interview import ANSWER_FIELD, REASON_FIELD
from ehsg_events.states.outcome import differs
from guides.model import NarrativeField, Section
from projections.access.agencies import Agencies
from projections.facts.view import View
from projections.figures.agreement import figure
from projections.figures.names import how_settled, named
from projections.report.model import Act, Box, Entry, Part, Spread, Voice
from projections.results.actions import Action, plans
from projections.results.peers import Companies, Peers, peers
from projections.results.results import Result, opened

GIVEN = ANSWER_FIELD.model_copy(update={"id": "number", "label": "Numbers given"})
NUMBERS = """
  SELECT item, agency, number
  FROM standing
  JOIN (SELECT stakeholder, agency FROM member) USING (stakeholder)
  WHERE kind = 'number' AND round = (SELECT max(round) FROM standing)
  ORDER BY item, number"""
NOTES = "SELECT * FROM notes WHERE field <> ? ORDER BY words.id"
FORGOTTEN = "The words were forgotten."
IN_WORDS = ANSWER_FIELD.model_copy(update={"label": "Answers"})


class Beside(NamedTuple):
    """What entries show beside the results: who may be named, what was said, what was agreed."""

    agencies: Agencies
    voices: Mapping[tuple[str, str], list[Voice]]
    actions: Mapping[str, tuple[Action, ...]]
    peers: Mapping[str, tuple[Peers, ...]]


def parts(view: View, results: Mapping[str, Result], today: date) -> tuple[Part, ...]:
    """Every section of the guide with its items.

    Args:
        results: as the board may see them, by item.
        today: the day on which an action is overdue or not.
    """
    agencies = Agencies(view)
    actions = {plan.item: plan.actions for plan in plans(view, today).descriptors}
    beside = Beside(agencies, _voices(view, agencies), actions, peers(view))
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


def notes(view: View) -> list[dict[str, Any]]:
    """What people wrote, without their reasons, which would tell who changed their mind.

    Sorted by the ids of the words, which are random: sorted by the panel or by time, the first
    words about each descriptor would all be the same person's.
    """
    return view.ask(NOTES, REASON_FIELD.id)


def _voices(view: View, agencies: Agencies) -> dict[tuple[str, str], list[Voice]]:
    """What was said, by item and heading."""
    voices: dict[tuple[str, str], list[Voice]] = {}
    companies = Companies(view)
    for row in view.ask(NUMBERS):
        number = amount(row["number"], view.guide.numbers[row["item"]].unit)
        voice = Voice(agency=agencies.name(row["agency"]), words=number)
        voices.setdefault((row["item"], GIVEN.id), []).append(voice)
    for row in notes(view):
        words = opened(view, row["words"])
        if words is not None:
            area = row["peer_of"]
            whose = companies.name(area) if area else agencies.name(row["agency"])
            voice = Voice(agency=whose, words=words)
            voices.setdefault((row["item"], row["field"]), []).append(voice)
    return voices


def _entry(view: View, beside: Beside, section: Section, item: str, result: Result | None) -> Entry:
    asked = view.guide.items[item]
    if result is None:
        boxes = _boxes((GIVEN, *section.fields, IN_WORDS), item, beside.voices)
        return Entry(
            item=item, title=named(view.guide, item), statement=asked.statement, boxes=boxes
        )
    scale = view.guide.scale_of(item)
    return Entry(
        item=item,
        title=named(view.guide, item),
        statement=asked.statement,
        score=_score(result),
        outcome=result.weighs,
        ends=None if result.covered_by else (scale.lowest, scale.highest),
        covered=result.covered_by is not None,
        spread=_spread(view, result) if result.counts else None,
        how=_how(result),
        because=result.because,
        sentence=result.sentence,
        peers=tuple(figures.sentence for figures in beside.peers.get(item, ())),
        boxes=_boxes(section.fields, item, beside.voices),
        dissent=tuple(
            Voice(agency=beside.agencies.name(dissent.agency), words=dissent.words or FORGOTTEN)
            for dissent in result.dissent
        ),
        actions=tuple(map(_act, beside.actions.get(item, ()))),
    )


def _boxes(
    fields: Iterable[NarrativeField], item: str, voices: Mapping[tuple[str, str], list[Voice]]
) -> tuple[Box, ...]:
    return tuple(
        Box(label=box.label, voices=tuple(voices[item, box.id]))
        for box in fields
        if (item, box.id) in voices
    )


def _score(result: Result) -> str:
    return result.stands or "No outcome yet"


def _spread(view: View, result: Result) -> Spread:
    levels = view.guide.scale_of(result.item).levels
    held = [level.score for level, people in zip(levels, result.counts, strict=True) if people]
    return Spread(
        levels=tuple(level.value for level in levels),
        people=result.counts,
        run=(held[0], held[-1]),
    )


def _how(result: Result) -> str | None:
    if result.outcome is None:
        return None
    if not result.moderated:
        return how_settled(moderated=False)
    settled = how_settled(moderated=True)
    if result.median is None or not differs(result.outcome, result.median):
        return settled
    return f"{settled}, which differs from the panel's middle score of {figure(result.median)}"


def _act(action: Action) -> Act:
    owner = (action.owner or "a forgotten name") if action.owned else "nobody yet"
    due = calendar.say_day(action.due) if action.due else "no date yet"
    ended = (
        f"{action.how} on {calendar.say_day(action.ended)}"
        if action.how and action.ended
        else "to do"
    )
    return Act(
        words=action.words or FORGOTTEN,
        owner=owner,
        due=due,
        stands="overdue" if action.overdue else ended,
    )
