"""The base's tables: one for each family of facts, with no columns but those that views ask for.

A family is all kinds of facts that lie on one kind of stream. What no column holds, a view reads
from the log, by the positions that the base knows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cache

from ehsg_events.kernel import TOPICS
from projections.facts.columns import SAID_AT, columns
from projections.facts.table import WHAT, reading

BESIDE = ("assessment", "round", "stakeholder", "item", "message", "at", "by")
OWN = f"position, version, {WHAT}"
ASKED = {"position", "version", "what", SAID_AT, *BESIDE} - {"at"}


@cache
def families() -> Mapping[str, tuple[str, ...]]:
    """The topics of each family, in an order that is the same in every process."""
    names = dict.fromkeys(topic.partition(".")[0] for topic in sorted(TOPICS))
    return {name: tuple(t for t in sorted(TOPICS) if t.partition(".")[0] == name) for name in names}


def table_of(family: str) -> str:
    """The name of a family's table, as SQL writes it."""
    return f'"{family}"'


@cache
def family_of(kind: str) -> str:
    """The family of a kind of facts, such as `AnswerGiven`."""
    return next(topic.partition(".")[0] for topic in TOPICS if topic.split(".")[1] == kind)


def families_of(kinds: Collection[str]) -> Collection[str]:
    """The families of some kinds of facts; all when none is named."""
    return dict.fromkeys(map(family_of, kinds)) if kinds else families()


@cache
def columns_of_base() -> frozenset[str]:
    """Every column that some table of the base has."""
    return frozenset(ASKED | columns(TOPICS, BESIDE).keys())


def as_family(rows: str, topics: Iterable[str]) -> str:
    """The query that reads rows of some topics of one family as its table has them."""
    return reading(rows, tuple(topics), BESIDE, OWN)
