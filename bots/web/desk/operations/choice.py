"""One of the few things that a field can hold, and where they are found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from projections.facts.view import View


class Choice(NamedTuple):
    """One value, and how it is shown."""

    value: str
    label: str


Choices = Callable[[View, Mapping[str, str]], Iterator[Choice]]  # by what else is filled in
