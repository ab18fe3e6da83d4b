"""What if: the closed rounds under another rule, without an agency, or by blind answers alone."""

from __future__ import annotations

from collections.abc import Iterable

from bots.phrases.pages import looks as phrases
from bots.web.desk.hubs.hub import Link, Section, Table
from bots.web.desk.operations.boxes import Box, Kind
from bots.web.desk.operations.choice import Choice
from bots.web.desk.page import Asked, Drawn, Visitor
from ehsg_events.kernel import Refused
from ehsg_events.policy.rules_file import other_rule
from projections.facts.view import View
from projections.figures.agreement import VERDICTS
from projections.results.what_if import If, Otherwise, Stands, what_if

HEADINGS = (phrases.DESCRIPTOR, phrases.STANDS, phrases.WOULD, phrases.OUTCOME)
WHOLE = 100
MOST_DIGITS = 3
FIELDS = ("weights", "agreed", "without", "blind")


def draw(view: View, visitor: Visitor, asked: Asked) -> Drawn:  # noqa: ARG001 - as every page
    """The form, and what would come of what was supposed in it.

    Raises:
        Refused: nothing would be left, or no rule has such a number.
    """
    values: dict[str, object] = {
        "boxes": _boxes(view, asked),
        "says": "",
        "sections": [],
        "is_closed": any(round.closed for round in view.log.rounds(view.assessment)),
    }
    if any(asked.get(name, "").strip() for name in FIELDS):
        compared = what_if(view, _supposed(view, asked))
        differ = [one for one in compared.descriptors if one.differs]
        same = [one for one in compared.descriptors if not one.differs]
        values["says"] = compared.sentence
        values["sections"] = [_table(phrases.DIFFERS, differ), _table(phrases.SAME, same)]
    return Drawn("what-if.html", values)


def _supposed(view: View, asked: Asked) -> If:
    parts: dict[str, object] = {}
    if weights := asked.get("weights", ""):
        parts["weights"] = weights
    if agreed := asked.get("agreed", "").strip():
        parts["agreed_share"] = _share(agreed)
    without = tuple(one for one in asked.get("without", "").split("\n") if one)
    own = view.state.rule
    return If(rule=other_rule(own, parts), without=without, blind_only=bool(asked.get("blind")))


def _share(typed: str) -> float:
    if not (typed.isascii() and typed.isdigit() and len(typed) <= MOST_DIGITS):
        raise Refused(phrases.NOT_A_SHARE, field="agreed")
    return int(typed) / WHOLE


def _boxes(view: View, asked: Asked) -> list[Box]:
    agencies = sorted({one.agency for one in view.state.panel.values() if one.peer_of is None})
    people = Choice("people", phrases.PEOPLE_COUNT), Choice("agencies", phrases.AGENCIES_COUNT)
    left_out = tuple(Choice(agency, agency) for agency in agencies)
    return [
        _box(asked, "weights", phrases.WEIGHTS, "", "one", people),
        _box(asked, "agreed", phrases.AGREED_SHARE, phrases.SHARE_HINT, "line", ()),
        _box(asked, "without", phrases.WITHOUT, "", "several", left_out),
        _box(asked, "blind", phrases.BLIND_ONLY, phrases.BLIND_HINT, "tick", ()),
    ]


def _box(  # what stands beside a field
    asked: Asked, name: str, label: str, hint: str, kind: Kind, choices: tuple[Choice, ...]
) -> Box:
    value = asked.get(name, "")
    return Box(name, label, hint, kind, needed=True, value=value, choices=choices, mistakes=())


def _table(title: str, descriptors: Iterable[Otherwise]) -> Section:
    rows: tuple[tuple[str | Link, ...], ...] = tuple(
        (
            f"{one.item} {one.label}",
            _standing(one.stands),
            _standing(one.would),
            one.not_needed or ("–" if one.outcome is None else str(one.outcome)),
        )
        for one in descriptors
    )
    return Section(title, table=Table(title, HEADINGS, rows))


def _standing(stands: Stands) -> str:
    middle = "–" if stands.median is None else f"{stands.median:g}"
    adopts = "" if stands.adopts is None else f", adopts {stands.adopts}"
    if stands.not_needed:
        return f"{VERDICTS[stands.verdict]}, n {stands.n}, not needed"
    return f"{middle} ({VERDICTS[stands.verdict]}, n {stands.n}){adopts}"
