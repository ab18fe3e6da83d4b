"""Whether the read models say what folding the log says, from the log itself and from its base."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any
from uuid import UUID

import duckdb

from ehsg_events.kernel import Refused
from ehsg_events.log.log import Log
from ehsg_events.states.situation import Situation, own_rounds
from projections.facts.beside import lay_beside
from projections.facts.fact_cache import table_of
from projections.facts.held import see
from projections.facts.long.base import naming_a_damaged_base
from projections.facts.long.families import families
from projections.facts.long.of_assessment import OfAssessment, base_alone
from projections.facts.read_models import READ_MODELS, lay_out, words_of
from projections.facts.table import Row, select
from projections.verification.fault import Fault
from projections.verification.measured import recomputed

SHARED = ("n", "dont_know", "invited", "median", "low", "high", "within_one", "verdict", "agencies")
CONSENSUS = "SELECT * FROM consensus WHERE round = $1"


def look_at_consensus(
    rows: Iterable[Row], assessment: UUID, upto: int, situation: Situation
) -> Iterator[Fault]:
    """Compare the consensus of every closed round, by SQL over the facts and by folding them.

    Args:
        rows: the facts of the assessment, of which the last stands at `upto`.
    """
    with table_of(rows, assessment) as db:
        see(db, upto)
        lay_beside(db, situation.guide, situation.assessment.rule)
        needed = words_of(CONSENSUS, READ_MODELS)
        lay_out(db, [name for name in READ_MODELS if name in needed])
        for round in own_rounds(situation.rounds):
            if round.closed:
                yield from _of_round(db, situation, round.number, upto)


def _of_round(
    db: duckdb.DuckDBPyConnection, situation: Situation, number: int, position: int
) -> Iterator[Fault]:
    found = {row["item"]: row for row in select(db, CONSENSUS, [number])}
    folded = recomputed(situation, number, list(found))
    for item, row in found.items():
        ours = {name: getattr(folded[item], name) for name in SHARED}
        wrong = [name for name, value in ours.items() if row[name] != value]
        for name in wrong:
            says = (
                f"The read model `consensus` says {name} {row[name]} for {item} in round {number}, "
                f"and folding the log up to position {position} says {ours[name]}."
            )
            yield Fault("read model", position, says)


def look_at_base(log: Log, assessments: list[UUID], upto: int) -> Iterator[Fault]:
    """Compare every fact in the base with the log's, if there is a base."""
    try:
        with naming_a_damaged_base():
            for assessment in assessments:
                based = base_alone(log, assessment)
                if based is not None:
                    yield from _of_base(log, based, min(upto, based.end))
    except Refused as no:
        yield Fault("read model", None, str(no))


def _of_base(log: Log, based: OfAssessment, upto: int) -> Iterator[Fault]:
    rows = log.store.about(based.assessment, upto=upto)
    there = dict(based.ask(_digest, span=(0, upto)))
    with table_of(rows, based.assessment) as fresh:
        due = _digests(fresh, based)
    for position in sorted(there.keys() | due.keys()):
        if there.get(position) != due.get(position):
            says = (
                f"Position {position} is not the same in the base of read models and on the log. "
                f"Delete the folder read-models: nothing is lost with it."
            )
            yield Fault("read model", position, says)


def _digests(db: duckdb.DuckDBPyConnection, based: OfAssessment) -> dict[int, Any]:
    """What each fact in `held` comes to, by the columns that the base has of its family."""
    found: dict[int, Any] = {}
    for family in families():
        digest = _digest(based.columns.get(family, ()))
        whose = f"SELECT {digest} FROM held WHERE starts_with(topic, '{family}.')"  # noqa: S608
        found |= dict(db.execute(whose).fetchall())
    return found


def _digest(columns: Collection[str]) -> str:
    named = ", ".join(f'"{name}"' for name in sorted({"position", *columns}))
    return f"position, hash(ROW({named}))"
