"""Settling descriptors on the page, one after another, each by a form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from urllib.parse import urlencode

from bots.operations.form import filled
from bots.operations.operation import Doing
from bots.operations.registry import OPERATIONS
from bots.phrases import board as phrases
from bots.phrases.pages.forms import settling
from bots.phrases.web import ago
from bots.web.desk.form import NONCE
from bots.web.desk.page import Asked, Drawn, Took, Visitor
from bots.web.desk.pages.disagreement import Split, split, splits
from bots.web.forms import Filled, Mistake
from ehsg_events.commands import outcomes
from ehsg_events.events import OutcomeAdopted, OutcomeModerated, OutcomeSetAside
from ehsg_events.kernel import Frozen, Recorded, Refused, Stamp
from ehsg_events.log.log import Log
from ehsg_events.states.situation import still_asked, to_moderate
from ehsg_events.states.streams import outcome_stream
from projections.facts.view import View
from projections.figures.agreement import score_words
from projections.figures.names import named
from projections.folded.outcome import settled_or_set_aside
from projections.report.report import signed
from projections.results.results import results

DOES = "moderate"
SAME = "same"  # that the reason is to be filled in for the next one
MOST_WORDS = 4000  # characters of a reason
MOST_DIGITS = 9
SETTLING = (OutcomeAdopted, OutcomeModerated, OutcomeSetAside)


class Level(Frozen):
    """One level that can be chosen."""

    value: str
    label: str


def draw(view: View, visitor: Visitor, asked: Asked) -> Drawn:
    """The form of the descriptor that was asked for, or the list of them when none was.

    Raises:
        Refused: the guide has no such descriptor, or it was not measured yet.
    """
    found = splits(view, results(view))
    left = _left(view, found)
    settled = asked.get("settled", "")
    item = asked.get("item", "") or (left[0] if settled and left else "")
    again = len(still_asked(view.log.situation(view.assessment)))
    says = settling.left(len(left), among_them=item in left, again=again)
    values: dict[str, object] = {
        "split": None,
        "open": found,
        "mistakes": [],
        "signed": signed(view),
        "done": list(_done(view, settled)),
        "left": says if left or settled or again else "",
        "more": any(other != item for other in left),
    }
    if item:
        values |= _form(view, visitor, item, asked) | {"reason": _reason(view, visitor, asked)}
    return Drawn("settle.html", values)


def _left(view: View, found: Sequence[Split]) -> list[str]:
    """The descriptors that wait for the coordinator, widest apart first; none that is asked again."""
    waits = to_moderate(view.log.situation(view.assessment))
    return [one.item for one in found if one.item in waits]


def _done(view: View, item: str) -> Iterator[str]:
    """What the form that led here came to, and what to watch for."""
    stands = (one for one in results(view) if one.item == item and one.moderated)
    settled = next(stands, None) if item else None
    if settled is not None and settled.outcome_level is not None:
        yield phrases.settled_at(item, f"{settled.outcome} ({settled.outcome_level})")
        yield from outcomes.cautions(view.log.situation(view.assessment), item)


def _reason(view: View, visitor: Visitor, asked: Asked) -> str:
    """What stands in the box for the reason: what was typed, or her last one where she wanted that."""
    if NONCE in asked or not asked.get(SAME):
        return asked.get("because", "")
    given = view.log.about(view.assessment, (OutcomeModerated.TOPIC,))
    mine = [one.fact for one in given if one.stamp.by == visitor.person]
    last = mine[-1] if mine else None
    return (isinstance(last, OutcomeModerated) and view.log.text(last.because)) or ""


def _form(view: View, visitor: Visitor, item: str, asked: Asked) -> dict[str, object]:
    if item not in view.guide.descriptors:
        raise Refused(f"{view.guide.id} has no descriptor {item}. Choose one from the board.")
    shown = split(view, item)
    if shown is None:
        raise Refused(
            f"{named(view.guide, item)} was not measured yet, so there is nothing to settle. "
            f"Wait until a round that asks it is closed."
        )
    scale = view.guide.scale_of(item)
    seen = _settled(view, item)
    return {
        "split": shown,
        "seen": seen,
        "statement": view.guide.items[item].statement,
        "levels": [
            Level(value=level.value, label=score_words(level.score, scale))
            for level in scale.levels
        ],
        "mistakes": [*mistakes(asked), *_moved(view, asked, seen, visitor.at)]
        if NONCE in asked
        else [],
        "now": not asked.get("as-of"),
    }


def _settled(view: View, item: str) -> int:
    """How often a descriptor had been settled in a view, which its form carries."""
    return sum(row.item == item for row in settled_or_set_aside(view))


def _moved(view: View, asked: Asked, settled: int, now: datetime) -> Iterator[Mistake]:
    """What stands now, if it is something else than the form was drawn from."""
    if _seen(asked) in (None, settled):
        return
    facts = view.log.facts(outcome_stream(view.assessment, asked["item"]))
    newest = [one for one in facts if isinstance(one.fact, SETTLING)][-1:]
    for recorded in newest:
        at = ago(recorded.stamp.at, now)
        yield Mistake("score", _says(view, asked["item"], recorded, at))


def _says(view: View, item: str, recorded: Recorded, at: str) -> str:
    """That a descriptor was settled meanwhile: at which level, by whom, when and why."""
    fact, scale = recorded.fact, view.guide.scale_of(item)
    if not isinstance(fact, OutcomeAdopted | OutcomeModerated):
        return phrases.settled_meanwhile(item, None, at)
    level = score_words(fact.score, scale)
    if isinstance(fact, OutcomeAdopted):
        return phrases.settled_meanwhile(item, level, at)
    named = view.state.coordinators.get(recorded.stamp.by)
    who = (view.log.text(named.name) if named else None) or recorded.stamp.by
    return phrases.settled_meanwhile(item, level, at, who, view.log.text(fact.because))


def _seen(asked: Asked) -> int | None:
    """How often the descriptor had been settled when the form was drawn."""
    seen = asked.get("seen", "")
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) <= MOST_DIGITS else None


def mistakes(asked: Asked) -> Iterator[Mistake]:
    """What is missing in the form."""
    if not asked.get("score"):
        yield Mistake("score", phrases.CHOOSE_LEVEL)
    if not asked.get("because", "").strip():
        yield Mistake("because", phrases.SAY_WHY)
    elif len(asked["because"]) > MOST_WORDS:
        yield Mistake("because", phrases.too_long(len(asked["because"]), MOST_WORDS))


def take(log: Log, visitor: Visitor, stamp: Stamp, sent: Filled) -> Took:
    """Settle the descriptor; the same form sent twice counts once.

    Returns:
        Where to go on to: the next descriptor that is left, below what this came to.

    Raises:
        Refused: something is missing in the form, or a rule says no.
    """
    asked = sent.fields
    wrong = list(mistakes(asked))
    if wrong:
        raise Refused(" ".join(mistake.words for mistake in wrong))
    item = asked.get("item", "")
    operation = OPERATIONS[DOES]
    doing = Doing(log.folder, lambda: log, stamp, visitor.assessment, _seen(asked))
    given = {name: asked.get(name, "") for name in operation.form.model_fields}
    operation.do(doing, filled(operation.form, given, doing.safeguarding))
    onward = {"settled": item} | ({SAME: "yes"} if asked.get(SAME) else {})
    return Took(f"settle?{urlencode(onward)}")
