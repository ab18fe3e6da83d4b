"""What was folded or laid out for a view stays for whoever looks next, until the log has news.

To make a view takes longer than to ask it, and a page, a letter and a report that are drawn one
after another look at the same and ask the same. A view is one thread's while it is held: then what
it saw lies here, and is taken by the next who looks at the same, or dropped for a newer one.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Sized
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from ehsg_events.states.assessment import Assessment
from guides.model import Guide
from projections.facts.sources import Source

Answers = dict[tuple[str, str], list[dict[str, Any]]]  # by query and what was asked for in it
Folded = dict[Callable[..., object], object]  # by the function that folds it
MOST = 4  # views that wait here at once
LONGEST = 100_000  # rows of the longest thing in each that waits, together: some 250 MB


class Looked(NamedTuple):
    """What is looked at: an assessment up to its newest fact, and as of which moment.

    `newest` is another value as soon as the assessment has news, or its log another base.
    """

    folder: Path
    assessment: UUID
    newest: object
    as_of: str | None


@dataclass(frozen=True)
class LaidOut:
    """The facts up to a position, how many are in memory, and what was laid out or folded of them."""

    source: Source
    position: int
    state: Assessment
    guide: Guide
    facts: int
    laid: set[str] = field(default_factory=set)
    answers: Answers = field(default_factory=dict)
    folded: Folded = field(default_factory=dict)


_idle: dict[Looked, LaidOut] = {}  # each step on it is one that no other thread sees half done


def taken(looked: Looked) -> LaidOut | None:
    """What lies here of a look, which is the taker's alone from now on."""
    return _idle.pop(looked, None)


def given_back(view: object, looked: Looked, laid_out: LaidOut) -> None:
    """Have what a view saw wait here once nobody holds it any more."""
    weakref.finalize(view, _put, looked, laid_out).atexit = False


def _put(looked: Looked, laid_out: LaidOut) -> None:
    for other in [other for other in list(_idle) if _is_overtaken(other, looked)]:
        _idle.pop(other, None)
    for other in list(_idle):  # that which has waited longest first
        if _are_too_many(laid_out):
            _idle.pop(other, None)
    laid_out.source.rest()
    _idle[looked] = laid_out


def _are_too_many(more: LaidOut) -> bool:
    """Whether one view more is too much."""
    waiting = list(_idle.values())
    return len(waiting) >= MOST or sum(map(_rows_of, (*waiting, more))) > LONGEST


def _rows_of(one: LaidOut) -> int:
    """How long what a view holds is: its facts, or what was folded of a base's, where that is longer."""
    folded = [len(each) for each in list(one.folded.values()) if isinstance(each, Sized)]
    return max((one.facts, *folded))


def _is_overtaken(other: Looked, looked: Looked) -> bool:
    same = (other.folder, other.assessment) == (looked.folder, looked.assessment)
    return same and other.newest != looked.newest
