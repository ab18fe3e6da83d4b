"""How far a panel stands apart, as one number beside the sentence: van der Eijk's A (2001)."""

from __future__ import annotations

from collections.abc import Sequence


def agreement_a(counts: Sequence[float]) -> float:
    """Van der Eijk's A: 1 is one voice, 0 a flat panel, -1 two equal camps at the ends.

    Args:
        counts: how many people stand on each level, lowest first.
    """
    rest, whole, total = list(counts), len(counts), 0.0
    everyone = sum(counts)
    while any(rest):
        layer = min(count for count in rest if count > 0)
        there = [count > 0 for count in rest]
        total += layer * sum(there) / everyone * _layer_a(there, whole)
        rest = [count - layer if count > 0 else 0 for count in rest]
    return total


def _layer_a(there: Sequence[bool], whole: int) -> float:
    """A of one layer: U (1 - (S-1)/(K-1)), with U from triples that go up, or down then up."""
    some = sum(there)
    if some == whole:
        return 0.0
    triples = [
        (there[i], there[j], there[k])
        for i in range(whole)
        for j in range(i + 1, whole)
        for k in range(j + 1, whole)
    ]
    one_peak = sum(t in {(True, True, False), (False, True, True)} for t in triples)
    two_peaks = sum(t == (True, False, True) for t in triples)
    if one_peak + two_peaks == 0:
        peaked = 1.0
    else:
        peaked = ((whole - 2) * one_peak - (whole - 1) * two_peaks) / (
            (whole - 2) * (one_peak + two_peaks)
        )
    return peaked * (1 - (some - 1) / (whole - 1))
