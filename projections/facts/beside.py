"""The tables beside the facts that read models in SQL rest on: scales, boxes, the rule, what if."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import duckdb

from ehsg_events.agreement.alternatives import alternatives
from ehsg_events.agreement.consensus import yardstick
from ehsg_events.values.policy import Rule
from guides.model import Guide
from projections.facts.columns import Shape
from projections.facts.table import lay

Shapes = Mapping[str, Shape]
SCALE: Shapes = {
    "item": "VARCHAR",
    "scores": ["BIGINT"],
    **dict.fromkeys(("near", "low_camp", "high_camp", "far"), "BIGINT"),
}
ALTERNATIVE: Shapes = {
    **dict.fromkeys(("item", "other"), "VARCHAR"),
    **dict.fromkeys(("place", "below", "enough"), "BIGINT"),
}
BOX: Shapes = dict.fromkeys(("item", "field", "kind"), "VARCHAR")
RULE: Shapes = {"weights": "VARCHAR", "quorum_scores": "BIGINT"} | dict.fromkeys(
    ("agreed_share", "camp_share", "minority_share", "quorum_invited", "quorum_agencies"), "DOUBLE"
)
BESIDE = ("scale", "in_force", "alternative", "box", "left_out", "unheard")


class Supposed(NamedTuple):
    """What is supposed not to be: people who are left out, and answers unheard, by their position.

    Another rule is the one in force in the state of the view.
    """

    left_out: frozenset[str] = frozenset()
    unheard: frozenset[int] = frozenset()


NOTHING = Supposed()


def lay_beside(
    db: duckdb.DuckDBPyConnection, guide: Guide, rule: Rule, supposed: Supposed = NOTHING
) -> None:
    """Create the tables beside the facts.

    Args:
        rule: the one in force.
    """
    scales = []
    for item in guide.descriptors:
        scale = guide.scale_of(item)
        yard = yardstick(scale.lowest, scale.highest)
        scores = [level.score for level in scale.levels]
        scales.append({"item": item, "scores": scores, **yard._asdict()})
    lay(db, "scale", SCALE, scales)
    lay(db, "in_force", RULE, [rule.model_dump(mode="json")])
    lay_alternatives(db, guide)
    lay(db, "box", BOX, [*_boxes(guide)])
    people = [{"stakeholder": person} for person in sorted(supposed.left_out)]
    lay(db, "left_out", {"stakeholder": "VARCHAR"}, people)
    answers = [{"position": position} for position in sorted(supposed.unheard)]
    lay(db, "unheard", {"position": "BIGINT"}, answers)


def lay_alternatives(db: duckdb.DuckDBPyConnection, guide: Guide) -> None:
    """Create the table of the descriptors of which one makes up for another."""
    rows = [each._asdict() | {"place": n} for n, each in enumerate(alternatives(guide))]
    lay(db, "alternative", ALTERNATIVE, rows)


def _boxes(guide: Guide) -> Iterator[dict[str, str]]:
    """The boxes for words under each item, and whether they take evidence or a next step."""
    for item in guide.items:
        for box in guide.section_of(item).fields:
            yield {"item": item, "field": box.id, "kind": box.kind}
