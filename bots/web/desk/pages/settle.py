"""Settling a descriptor on the page, by a form."""

from __future__ import annotations

from collections.abc import Iterator

from bots.operations.form import filled
from bots.operations.operation import Doing
from bots.operations.registry import OPERATIONS
from bots.phrases import board as phrases
from bots.web.desk.form import NONCE
from bots.web.desk.page import Asked, Drawn, Visitor
from bots.web.desk.pages.disagreement import split, splits
from bots.web.forms import Mistake
from ehsg_events.kernel import Frozen, Refused, Stamp
from ehsg_events.log.log import Log
from projections.facts.view import View
from projections.figures.agreement import score_words
from projections.figures.names import named
from projections.report.report import signed

DOES = "moderate"
MOST_WORDS = 4000  # characters of a reason


class Level(Frozen):
    """One level that can be chosen."""

    value: str
    label: str


def draw(view: View, visitor: Visitor, asked: Asked) -> Drawn:  # noqa: ARG001 - as every page
    """The form of the descriptor that was asked for, or the list of them when none was.

    Raises:
        Refused: the guide has no such descriptor, or it was not measured yet.
    """
    item = asked.get("item", "")
    values: dict[str, object] = {"split": None, "open": splits(view), "mistakes": []}
    values["signed"] = signed(view)
    if item:
        values |= _form(view, item, asked)
    return Drawn("settle.html", values)


def _form(view: View, item: str, asked: Asked) -> dict[str, object]:
    if item not in view.guide.descriptors:
        raise Refused(f"{view.guide.id} has no descriptor {item}. Choose one from the board.")
    shown = split(view, item)
    if shown is None:
        raise Refused(
            f"{named(view.guide, item)} was not measured yet, so there is nothing to settle. "
            f"Wait until a round that asks it is closed."
        )
    scale = view.guide.scale_of(item)
    return {
        "split": shown,
        "statement": view.guide.items[item].statement,
        "levels": [
            Level(value=level.value, label=score_words(level.score, scale))
            for level in scale.levels
        ],
        "mistakes": [*mistakes(asked)] if NONCE in asked else [],
        "now": not asked.get("as-of"),
    }


def mistakes(asked: Asked) -> Iterator[Mistake]:
    """What is missing in the form."""
    if not asked.get("score"):
        yield Mistake("score", phrases.CHOOSE_LEVEL)
    if not asked.get("because", "").strip():
        yield Mistake("because", phrases.SAY_WHY)
    elif len(asked["because"]) > MOST_WORDS:
        yield Mistake("because", phrases.too_long(len(asked["because"]), MOST_WORDS))


def take(log: Log, visitor: Visitor, stamp: Stamp, asked: Asked) -> str:
    """Settle the descriptor; the same form sent twice counts once.

    Returns:
        Where to go on to: the board, which says what it came to.

    Raises:
        Refused: something is missing in the form, or a rule says no.
    """
    wrong = list(mistakes(asked))
    if wrong:
        raise Refused(" ".join(mistake.words for mistake in wrong))
    item = asked.get("item", "")
    operation = OPERATIONS[DOES]
    doing = Doing(log.folder, lambda: log, stamp, visitor.assessment)
    given = {name: asked.get(name, "") for name in operation.form.model_fields}
    operation.do(doing, filled(operation.form, given, doing.safeguarding))
    return f"board?settled={item}"
