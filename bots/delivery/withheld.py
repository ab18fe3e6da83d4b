"""A message that is not said."""

from __future__ import annotations

from dataclasses import dataclass

from ehsg_events.values.unsaid import Unsaid


@dataclass(frozen=True)
class Withheld:
    """A message that is not said, and the rule that withheld it."""

    because: Unsaid
