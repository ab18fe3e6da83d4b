"""A command that only reads or runs something: its function, and an example for its help."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple


class Command(NamedTuple):
    """What a module here offers; whatever a coordinator changes is an operation instead."""

    function: Callable[..., Any]
    example: str
