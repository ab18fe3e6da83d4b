"""A command that only looks or runs something: its function, and an example for its help."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple


class Command(NamedTuple):
    """What a module of the command line offers; what coordinators change is an operation instead."""

    function: Callable[..., Any]
    example: str
