"""Agreement on one descriptor as it was measured: a value that facts hold."""

from __future__ import annotations

from typing import Literal

from ehsg_events.kernel import Frozen

Verdict = Literal[
    "too_few", "no_quorum", "two_camps", "agreed", "agreed_with_minority", "not_agreed"
]
Tells = Literal[
    "counts", "mode", "middle", "none"
]  # which figures may be told, as `disclosure` says


class Measure(Frozen):
    """Agreement on one descriptor, as measured when a round closed.

    `median` follows the rule's weights; `within_one` counts people, never weights; `counts` are
    people by level, lowest first.
    """

    item: str
    n: int
    dont_know: int
    invited: int
    median: float | None
    low: int | None
    high: int | None
    within_one: int
    verdict: Verdict
    counts: tuple[int, ...] = ()
    agencies: int = 0
