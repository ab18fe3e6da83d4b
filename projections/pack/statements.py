"""A signed statement for each score: what it is, and the facts and the rule that it rests on.

Each is an in-toto statement (https://in-toto.io/Statement/v1) in a DSSE envelope, of which other
people's programs check the signature and read the form. It says nothing that the pack does not hold.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ehsg_events import __version__
from ehsg_events.ledger.base64_text import encoded
from ehsg_events.ledger.envelopes import Enclose, canonical
from ehsg_events.ledger.notes import checkpoint_of
from projections.facts.view import View, view_at
from projections.figures.agreement import Record
from projections.folded.measured import measurings
from projections.folded.members import members
from projections.folded.outcome import outcomes, settlings
from projections.folded.panel_facts import answers, opened
from projections.folded.rounds import closed
from projections.folded.standing import stands_by_item
from projections.pack.facts import Facts
from projections.pack.ledger import InPack, OfLedger

FOLDER, ENDING = "statements", ".dsse.json"
KIND = "application/vnd.in-toto+json"
FORM = "https://in-toto.io/Statement/v1"
SAYS = "urn:uuid:6f1fdc93-f3e2-426d-95b7-c3149ddf49cc#score-v1"
"""What the predicate is: an address of nobody's host, and of no other predicate."""


class Score(NamedTuple):
    """A score as it is published, and the positions of the facts that it rests on."""

    result: Mapping[str, Any]
    rests_on: tuple[int, ...]


def statements(
    view: View, facts: Facts, ledger: OfLedger, enclose: Enclose | None
) -> dict[str, bytes]:
    """The statements by name, for every score of which the shown checkpoint covers everything.

    Args:
        enclose: signs them; where nothing does, there are none.
    """
    shown = ledger.shown
    if shown is None or enclose is None:
        return {}
    covered = _covered(view, shown.signed.size)
    return {
        f"{FOLDER}/{item}{ENDING}": enclose(KIND, _statement(view, shown, score))
        for item, score in scores(view).items()
        if covered.get(item) == score and all(map(facts.told.__contains__, score.rests_on))
    }


def scores(view: View) -> dict[str, Score]:
    """Every score that stands in a view, by its descriptor, in the guide's order."""
    record, settled = Record(view), {fact.item: fact for fact in settlings(view)}
    found = {}
    for item in view.guide.descriptors:
        stands, row = outcomes(view).get(item), record.stands(item)
        if stands is None:
            continue
        result = {
            "area": view.state.area,
            "guide": view.guide.id,
            "item": item,
            "level": stands.level,
            "score": stands.score,
            "reached": "moderated" if stands.moderated else "adopted",
            "round": row and row.round,
            "n": row.n if row else 0,
            "median": row and row.median,
            "verdict": row.verdict if row else "not_measured",
        }
        panel = _measured(view, row.round, item) if row else ()
        found[item] = Score(result, tuple(sorted({settled[item].position, *panel})))
    return found


def _measured(view: View, number: int, item: str) -> Iterator[int]:
    """The answers that counted after a round, its close, and the newest measure of an item by then."""
    said = {(one.round, one.stakeholder): one for one in answers(view) if one.item == item}
    for person, stands in stands_by_item(view).get((number, item), {}).items():
        if person in members(view) and stands.score is not None:
            yield said[stands.said_in, person].position
    yield closed(view)[number]
    measured = [
        (one.round, one.position)
        for one in measurings(view)
        if one.round <= number and any(measure.item == item for measure in one.fact.measures)
    ]
    if measured:
        yield max(measured)[1]


def _covered(view: View, size: int) -> dict[str, Score]:
    """The scores as they stood once a tree had a size; whatever came after may alter them."""
    if view.position <= size:
        return scores(view)
    if opened(view).position > size:
        return {}
    then = scores(view_at(view.log, view.assessment, str(size)))
    return {item: score for item, score in then.items() if score.rests_on[-1] <= size}


def _statement(view: View, shown: InPack, score: Score) -> bytes:
    head, digest = checkpoint_of(shown.signed.note), canonical(score.result).encode()
    names = (score.result[name] for name in ("area", "guide", "item"))
    whole = {
        "_type": FORM,
        "subject": [{"name": "/".join(names), "digest": _sha256(digest)}],
        "predicateType": SAYS,
        "predicate": {
            "result": score.result,
            "ledger": {"origin": head.origin, "size": head.size, "root": encoded(head.root)},
            "leaves": [position - 1 for position in score.rests_on],  # they are counted from 0
            "method": {
                "rule": view.state.rule.model_dump(mode="json"),
                "guide": {"name": view.guide.id, "digest": {"sha256": view.state.guide_digest}},
            },
            "engine": {"name": "ehsg", "version": __version__},
        },
    }
    return canonical(whole).encode()


def _sha256(content: bytes) -> dict[str, str]:
    return {"sha256": hashlib.sha256(content).hexdigest()}
