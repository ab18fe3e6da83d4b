"""The walk back of one item: every step that made it what it is, and the step of each figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bots.phrases import board as phrases
from bots.web.desk.page import Asked, Drawn, Visitor
from bots.web.desk.pages.step import Turn, anchor, turn
from ehsg_events.interview.answers import NO_SCORE
from ehsg_events.kernel import Frozen, Refused
from projections.facts.view import View
from projections.figures.agreement import score_words
from projections.figures.names import how_settled, named
from projections.folded.notes import gone
from projections.folded.standing import Standing, stands_now
from projections.history.steps import Step, Why, whose_words
from projections.results.results import results, why

ANSWERS = ("AnswerGiven", "AnswerAmended")
MEASURES = ("RoundMeasured",)
OUTCOMES = ("OutcomeAdopted", "OutcomeModerated", "OutcomeSetAside")


class Figure(Frozen):
    """A figure in words, and the step it comes from, if it is a step of its own."""

    says: str
    anchor: str | None


class Walk(Frozen):
    """Everything the page says of one item."""

    item: str
    title: str
    statement: str
    figures: tuple[Figure, ...]
    answers: tuple[Figure, ...]
    peers: tuple[str, ...]
    steps: tuple[Turn, ...]
    times: str


def draw(view: View, visitor: Visitor, asked: Asked) -> Drawn:  # noqa: ARG001 - as every page
    """The walk back of the item that was asked for; none yet when none was.

    Raises:
        Refused: the guide has no such item.
    """
    item = asked.get("item", "")
    if not item:
        return Drawn("why.html", {"items": items_of(view), "walk": None})
    _refuse_unless_an_item(view, item)
    history = why(view, item)
    values = {"items": items_of(view), "walk": walk(view, history)}
    return Drawn("why.html", values, whose_words(history.steps), "why")


def items_of(view: View) -> list[tuple[str, str]]:
    """Every item of the guide with its name."""
    return [(item, named(view.guide, item)) for item in view.guide.items]


def _refuse_unless_an_item(view: View, item: str) -> None:
    if item not in view.guide.items:
        raise Refused(f"{view.guide.id} has no item {item}. Choose one of those listed below.")


def walk(view: View, history: Why) -> Walk:
    """The walk back of an item as plain values."""
    item = history.item
    return Walk(
        item=item,
        title=named(view.guide, item),
        statement=view.guide.items[item].statement,
        figures=tuple(_figures(view, history)),
        answers=tuple(_answers(view, history)),
        peers=history.peers,
        steps=tuple(turn(step, view.state.policy.zone) for step in history.steps),
        times=phrases.TIMES.format(view.state.policy.zone),
    )


def _figures(view: View, history: Why) -> Iterator[Figure]:
    """The outcome and the panel's figures; only a descriptor has them."""
    if history.item not in view.guide.descriptors:
        return
    scale = view.guide.scale_of(history.item)
    outcome = phrases.NO_OUTCOME
    found = next(result for result in results(view) if result.item == history.item)
    if found.outcome is not None:
        how = how_settled(moderated=found.moderated)
        outcome = phrases.outcome(score_words(found.outcome, scale), how)
    measured = f"{found.sentence} {found.leaving or ''}".strip()
    yield Figure(says=outcome, anchor=_last(history.steps, OUTCOMES))
    yield Figure(says=measured, anchor=_last(history.steps, MEASURES))


def _answers(view: View, history: Why) -> Iterator[Figure]:
    """Whose answers count, each with the step in which it was given."""
    counted = [row for row in stands_now(view) if row.item == history.item]
    for row in sorted(counted, key=lambda row: row.stakeholder):
        person = row.stakeholder
        if person in gone(view):
            continue
        given = [step for step in history.steps if step.stakeholder == person]
        given = [step for step in given if step.round == row.said_in]
        agency = view.state.panel[person].agency
        says = f"{person}, {agency}: {_answer(view, history.item, row)}"
        yield Figure(says=says, anchor=_last(given, ANSWERS))


def _answer(view: View, item: str, row: Standing) -> str:
    if row.score is not None:
        return score_words(row.score, view.guide.scale_of(item))
    return NO_SCORE.get(row.kind, phrases.OWN_WORDS)


def _last(steps: Sequence[Step], kinds: Sequence[str]) -> str | None:
    """The last step of some kinds."""
    last = next((step for step in reversed(steps) if step.what in kinds), None)
    return anchor(last.position, last.at, last.says) if last else None
