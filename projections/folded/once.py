"""A read model that is folded in Python is folded once for a view, however many ask for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar, cast

from projections.facts.view import View

M = TypeVar("M")


def once(model: Callable[[View], M]) -> Callable[[View], M]:
    """The same read model, kept with the view as its answers are; it must not be changed."""

    @wraps(model)
    def kept(view: View) -> M:
        if model not in view.folded:
            view.folded[model] = model(view)
        return cast("M", view.folded[model])

    return kept
