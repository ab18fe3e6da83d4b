"""How far a panel stands apart, as one number beside the sentence: van der Eijk's A (2001)."""

from __future__ import annotations

from collections.abc import Sequence


def agreement_a(counts: Sequence[float]) -> float:
    """Van der Eijk's A: 1 is one voice, 0 a flat panel, -1 two equal camps at the ends.

    Args:
        counts: how many people stand on each level, lowest first.
    """
    rest, levels, total = list(counts), len(counts), 0.0
    everyone = sum(counts)
    while any(rest):
        layer = min(count for count in rest if count > 0)
        occupied = [count > 0 for count in rest]
        total += layer * sum(occupied) / everyone * _layer_a(occupied, levels)
        rest = [count - layer if count > 0 else 0 for count in rest]
    return total


def _layer_a(occupied: Sequence[bool], levels: int) -> float:
    """A of one layer: U (1 - (S-1)/(K-1)), where S of K levels are occupied.

    U compares triples of levels with one peak to triples with two.
    """
    many = sum(occupied)
    if many == levels:
        return 0.0
    triples = [
        (occupied[i], occupied[j], occupied[k])
        for i in range(levels)
        for j in range(i + 1, levels)
        for k in range(j + 1, levels)
    ]
    one_peak = sum(t in {(True, True, False), (False, True, True)} for t in triples)
    two_peaks = sum(t == (True, False, True) for t in triples)
    if one_peak + two_peaks == 0:
        peaked = 1.0
    else:
        peaked = ((levels - 2) * one_peak - (levels - 1) * two_peaks) / (
            (levels - 2) * (one_peak + two_peaks)
        )
    return peaked * (1 - (many - 1) / (levels - 1))
