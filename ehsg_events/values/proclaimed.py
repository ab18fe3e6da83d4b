"""A bank holiday that was proclaimed for once, such as a coronation; no calendar library knows it."""

from __future__ import annotations

from datetime import date
from typing import Literal

from ehsg_events.kernel import Frozen

Nation = Literal["England", "Wales", "Scotland", "Northern Ireland"]
NATIONS: tuple[Nation, ...] = ("England", "Wales", "Scotland", "Northern Ireland")


class Proclaimed(Frozen):
    """A day, what it is called, and the nations that have it."""

    day: date
    name: str
    nations: tuple[Nation, ...] = NATIONS
