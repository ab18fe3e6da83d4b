"""What an area handed in, as one document: an imported form, or an assessment that was signed off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pydantic import Field

from ehsg_events.commands import submissions
from ehsg_events.kernel import Frozen, Refused, Way
from ehsg_events.log.log import Log
from ehsg_events.log.published_guides import guide_of
from ehsg_events.states.assessment import Assessment
from ehsg_events.states.streams import assessment_stream, outcome_stream, submission_stream
from ehsg_events.states.submission import Heading, Submission, submission_id
from guides.model import Guide

KEYS = {"evidence": "working_well", "next-step": "next"}  # a field's name in the document
ANSWERS = {True: "yes", False: "no", None: None}
Said = Mapping[tuple[str, str], list[str]]


class Described(Frozen):
    """One descriptor: its score, none where missing, and an entry for each bullet or paragraph.

    `level` is what the score is called, where people do not call it by that number; else left out.
    """

    item: str
    score: int | None
    level: str | None = Field(default=None, exclude_if=lambda level: level is None)
    working_well: tuple[str, ...]
    next: tuple[str, ...]


class Titled(Frozen):
    """A heading that stands in a field, above the entry with the number `before_item`, from 0."""

    descriptor: str
    field: str
    before_item: int
    heading: str


class Document(Frozen):
    """A whole submission: every descriptor in the guide's order, with null for a blank.

    Headings are kept apart from the entries, and left out where there are none; so is the answer on
    whether the data model changed, which only an imported form has.
    """

    area: str
    year: int
    guide: str
    descriptors: tuple[Described, ...]
    data_model: int | None
    priorities: tuple[str, ...]
    permissions: dict[str, str | None]
    headings: tuple[Titled, ...] = Field(default=(), exclude_if=lambda every: not every)
    data_model_changed: str | None = Field(default=None, exclude_if=lambda answer: answer is None)


@dataclass(frozen=True)
class HandedIn:
    """What stands for an area and a year: an imported form, or a signed-off assessment."""

    id: UUID
    area: str
    year: int
    guide: Guide
    priorities: tuple[str, ...]
    data_model: int | None
    permissions: Mapping[str, bool]
    submission: Submission | None = None


def handed_in(log: Log, area: str, year: int) -> HandedIn:
    """What an area handed in for a year: its imported form, or else its signed-off assessment.

    Raises:
        Refused: there is neither.
    """
    name = submission_id(area, year)
    submission = log.read(submission_stream(name))
    if submission is not None:
        return _imported(log, name, submission)
    for assessment, at, opened in reversed(log.assessments()):
        same = submission_id(opened.area, at.year) == name
        state = log.read(assessment_stream(assessment)) if same else None
        if state is not None and state.signed_off is not None:
            return _assessed(log, assessment, year, state)
    known = ", ".join(f"{form.area} {form.year}" for form in submissions.imported(log)) or "none"
    raise Refused(
        f"Nothing that {area} handed in for {year} is on the log: no imported submission (there "
        f"are: {known}), and no assessment opened in {year} and signed off.",
        Way("submission import", "bring a form in", {"area": area, "year": str(year)}),
    )


def _imported(log: Log, name: UUID, submission: Submission) -> HandedIn:
    return HandedIn(
        id=name,
        area=submission.imported.area,
        year=submission.imported.year,
        guide=submissions.guide_of(submission, log.folder),
        priorities=submission.choices.items if submission.choices else (),
        data_model=submission.choices.data_model if submission.choices else None,
        permissions=submission.permissions,
        submission=submission,
    )


def _assessed(log: Log, name: UUID, year: int, state: Assessment) -> HandedIn:
    return HandedIn(
        id=name,
        area=state.area,
        year=year,
        guide=guide_of(state, log.folder),
        priorities=state.priorities.items if state.priorities else (),
        data_model=state.priorities.data_model if state.priorities else None,
        permissions=state.permissions,
    )


def document(log: Log, handed_in: HandedIn) -> Document:
    """The whole submission.

    The words of a signed-off assessment are under their fields, without the names of people.
    """
    guide = handed_in.guide
    scores = _scores(log, handed_in)
    words = (
        _imported_words(log, handed_in.submission)
        if handed_in.submission
        else _notes(log, handed_in)
    )
    boxes = {item: _boxes(guide, item, words) for item in guide.descriptors}
    return Document(
        area=handed_in.area,
        year=handed_in.year,
        guide=guide.id,
        descriptors=tuple(
            Described(
                item=item,
                score=scores.get(item),
                level=_level(guide, item, scores.get(item)),
                **_entries(own),
            )
            for item, own in boxes.items()
        ),
        data_model=handed_in.data_model,
        priorities=handed_in.priorities,
        permissions={
            permission.id: ANSWERS[handed_in.permissions.get(permission.id)]
            for permission in guide.permissions
        },
        headings=tuple(_headings(boxes)),
        data_model_changed=_changed(handed_in.submission),
    )


def _changed(submission: Submission | None) -> str | None:
    choices = submission.choices if submission else None
    return ANSWERS[choices.data_model_changed] if choices else None


def _boxes(guide: Guide, item: str, words: Said) -> dict[str, list[str]]:
    """The texts in an item's fields, by the fields' names in the document."""
    boxes = guide.section_of(item).fields
    return {
        name: [text for box in boxes if box.kind == kind for text in words.get((item, box.id), ())]
        for kind, name in KEYS.items()
    }


def _level(guide: Guide, item: str, score: int | None) -> str | None:
    """What a score is called, unless that is its number."""
    levels = guide.scale_of(item).levels
    called = next((level.value for level in levels if level.score == score), None)
    return None if called == str(score) else called


def _entries(boxes: Mapping[str, list[str]]) -> dict[str, Any]:
    return {
        name: tuple(text for text in texts if not isinstance(text, Heading))
        for name, texts in boxes.items()
    }


def _headings(boxes: Mapping[str, Mapping[str, list[str]]]) -> Iterator[Titled]:
    for item, own in boxes.items():
        for name, texts in own.items():
            above = 0
            for text in texts:
                if isinstance(text, Heading):
                    yield Titled(descriptor=item, field=name, before_item=above, heading=text)
                above += not isinstance(text, Heading)


def _scores(log: Log, handed_in: HandedIn) -> dict[str, int | None]:
    if handed_in.submission is not None:
        imported = handed_in.submission.descriptors
        return {item: descriptor.score for item, descriptor in imported.items()}
    from projections.access.closes import withheld_outcomes
    from projections.facts.view import view_at

    withheld = withheld_outcomes(view_at(log, handed_in.id))
    return {
        item: None if item in withheld else log.read(outcome_stream(handed_in.id, item)).score
        for item in handed_in.guide.descriptors
    }


def _imported_words(log: Log, submission: Submission) -> Said:
    kept: dict[tuple[str, str], list[str]] = {}
    for (item, box), texts in submissions.entries(log, submission).items():
        kept[item, box] = [text for text in texts if text is not None]
    return kept


def _notes(log: Log, handed_in: HandedIn) -> Said:
    from projections.facts.view import view_at
    from projections.folded.notes import notes_unplaced
    from projections.results.results import opened

    view = view_at(log, handed_in.id)
    kept: dict[tuple[str, str], list[str]] = {}
    for note in notes_unplaced(view):
        text = opened(view, note.words)
        if text is not None:
            kept.setdefault((note.item, note.field), []).append(text)
    return kept
