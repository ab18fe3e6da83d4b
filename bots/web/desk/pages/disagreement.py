"""Where the panel disagrees, the widest first: the figures, and what was written without names."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from bots.phrases import board as phrases
from ehsg_events.kernel import Frozen
from projections.access.agencies import Agencies
from projections.facts.view import View
from projections.figures.agreement import figure, score_words
from projections.figures.disagreement import disagreements
from projections.figures.names import field_label, named
from projections.folded.notes import NoteRow, notes_unplaced
from projections.results.results import Result, opened, results

FEW = 20  # comments on one descriptor where many descriptors stand on a page
AGREED = ("agreed", "not_measured")  # nothing to settle, unless no outcome stands


class Comment(Frozen):
    """What somebody wrote, under which heading, and from which agency if it is large enough."""

    whose: str
    box: str
    words: str


class Split(Frozen):
    """One descriptor the panel does not simply agree on.

    `outcome` is the score that stands; `more` is whether there are comments beyond those shown.
    """

    item: str
    title: str
    sentence: str
    scores: str
    agencies: str
    comments: tuple[Comment, ...]
    more: bool
    outcome: str | None
    moderated: bool


class Written(NamedTuple):
    """The comments that are shown of a descriptor, and whether there are others."""

    comments: list[Comment]
    more: bool


def splits(view: View, found: Sequence[Result]) -> list[Split]:
    """Every descriptor that is not agreed, is to be settled or was; widest apart first."""
    wanted = {result.item: result for result in found if _is_wanted(result)}
    sides, comments = _sides(view), _comments(view, wanted, FEW)
    widest = [*(item for item in sides if item in wanted), *(i for i in wanted if i not in sides)]
    return [_split(view, wanted[item], comments, sides) for item in widest]


def split(view: View, item: str) -> Split | None:
    """One descriptor in the same way with all comments; none before it was measured."""
    shown = next((result for result in results(view) if result.item == item), None)
    if shown is None or shown.verdict == "not_measured":
        return None
    return _split(view, shown, _comments(view, (item,), None), _sides(view))


def _is_wanted(result: Result) -> bool:
    measured = result.verdict != "not_measured"
    return measured and (result.verdict not in AGREED or result.moderated or result.outcome is None)


def _split(
    view: View, result: Result, written: Mapping[str, Written], sides: Mapping[str, str]
) -> Split:
    scale = view.guide.scale_of(result.item)
    levels = [score_words(level.score, scale) for level in scale.levels]
    comments, more = written.get(result.item, Written([], more=False))
    return Split(
        item=result.item,
        title=named(view.guide, result.item),
        sentence=f"{result.sentence} {result.leaving or ''}".strip(),
        scores=phrases.scores(dict(zip(levels, result.counts, strict=True))),
        agencies=sides.get(result.item, ""),
        comments=tuple(comments),
        more=more,
        outcome=result.stands,
        moderated=result.moderated,
    )


def _sides(view: View) -> dict[str, str]:
    """Where each agency stands by its own middle score, the descriptors widest apart first."""
    return {
        disagreement.item: "; ".join(
            f"{side.agency} {figure(side.median)}" for side in disagreement.agencies
        )
        for disagreement in disagreements(view)
    }


def _comments(view: View, items: Collection[str], most: int | None) -> dict[str, Written]:
    """What was written about some items in closed rounds, without names.

    Args:
        most: how many comments of each are shown, the first ones; all of them when none is given.
    """
    notes: dict[str, list[NoteRow]] = {}
    for note in notes_unplaced(view):
        if note.item in items:
            notes.setdefault(note.item, []).append(note)
    agencies = Agencies(view)
    return {item: _written(view, agencies, of, most) for item, of in notes.items()}


def _written(view: View, agencies: Agencies, notes: list[NoteRow], most: int | None) -> Written:
    """Words are unsealed one by one, so only those that are shown are, and whether there are more."""
    each = _each_comment(view, agencies, notes)
    shown = [*islice(each, most)]
    return Written(shown, more=next(each, None) is not None)


def _each_comment(view: View, agencies: Agencies, notes: Iterable[NoteRow]) -> Iterator[Comment]:
    for note in notes:
        words = opened(view, note.words)
        if words is not None:
            box = field_label(view.guide, note.item, note.field)
            yield Comment(whose=_whose(note, agencies), box=box, words=words)


def _whose(note: NoteRow, agencies: Agencies) -> str:
    return phrases.A_PEER if note.peer_of else agencies.name(note.item, note.agency)
