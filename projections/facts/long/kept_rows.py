"""What was asked of a base stays in memory, since a base never changes: only what is beyond it is new.

All of it may be forgotten at any time; then the base is asked again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Sequence
from typing import Any

MOST = 300_000  # rows, of all questions together: some 100 MB, where none holds a fact's whole text
_rows: dict[Hashable, Sequence[Any]] = {}  # the newest last
_changing = threading.Lock()


def kept_rows(question: Hashable, ask: Callable[[], Sequence[Any]]) -> Sequence[Any]:
    """The answer to a question that names its base; it is asked where nobody did before.

    Args:
        ask: how to ask; what it gives must not be changed.
    """
    with _changing:
        rows = _rows.pop(question, None)
    if rows is None:
        rows = ask()
    with _changing:
        _rows[question] = rows
        many = len(_rows) + sum(map(len, _rows.values()))
        while many > MOST:
            many -= 1 + len(_rows.pop(next(iter(_rows))))
    return rows


def forget_rows() -> None:
    """Ask everything anew: a base that is made anew may have the name of one that was damaged."""
    with _changing:
        _rows.clear()
