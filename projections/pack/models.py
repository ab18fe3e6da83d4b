"""The read models as CSV, one file each, as the coordinator may see them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from projections.collecting.nudges import Nudge, nudges
from projections.facts.view import View
from projections.pack.facts import Facts
from projections.tables.csv import listed
from projections.tables.model import Value

# The other models are not for readers: `trail` holds hidden facts too, and `nudges` names the rule
# that withheld a nudge, which in an open round may reveal how others answered.
MODELS = (
    "asked", "standing", "notes", "named_priorities", "participation", "progress", "consensus",
    "stability", "disagreement", "evidence_quality", "outcome", "actions", "next_steps", "peers",
)  # fmt: skip

SAID = ("standing",)  # holds what somebody said, beside who it was


def models(view: View, facts: Facts) -> dict[str, bytes]:
    """Each read model under its name, with the positions that may be told."""
    decided = [nudge.model_dump(mode="json") for nudge in nudges(view)]
    return {
        **{f"models/{name}.csv": _model(view, facts, name) for name in MODELS},
        "models/nudges.csv": _listed(list(Nudge.model_fields), _placed(decided, facts)),
    }


def _model(view: View, facts: Facts, name: str) -> bytes:
    names = [column["column_name"] for column in view.ask(f'DESCRIBE "{name}"')]
    whose = (name in SAID and "WHERE stakeholder NOT IN (SELECT stakeholder FROM gone)") or ""
    # only names from the list above come here
    rows = view.ask(f'SELECT * FROM "{name}" {whose} ORDER BY ALL')  # noqa: S608
    return _listed(names, _placed(rows, facts))


def _placed(rows: Iterable[dict[str, Any]], facts: Facts) -> Iterator[dict[str, Any]]:
    """Rows of facts, without the positions that would count what an open round withholds."""
    for row in rows:
        where = row.get("position")
        yield row if where is None else row | {"position": facts.place(where)}


def _listed(names: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    return listed(names, (_plain(row.values()) for row in rows))


def _plain(values: Iterable[Any]) -> list[Value]:
    return [_cell(value) for value in values]


def _cell(value: Any) -> Value:
    """A value that fits a cell; what holds several values is JSON."""
    match value:
        case datetime() | UUID():
            return str(value)
        case dict() | list() | tuple():
            return json.dumps(value, ensure_ascii=False, default=str)
        case None | str() | bool() | int() | float() | date():
            return value
    return str(value)
