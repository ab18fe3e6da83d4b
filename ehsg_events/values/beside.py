"""Words that somebody typed beside their answers: under a field, or not placed yet."""

from __future__ import annotations

from typing import NamedTuple

from ehsg_events.kernel import Words
from ehsg_events.values.evidence import Evidence


class Note(NamedTuple):
    """Words typed under one field of one item; `source` is the surface's own id for them."""

    item: str
    field: str
    words: Words
    source: str | None
    evidence: Evidence | None = None


class Aside(NamedTuple):
    """Words of which nobody knows yet under which field of an item they belong."""

    item: str
    words: Words
    source: str | None
    evidence: Evidence | None = None
