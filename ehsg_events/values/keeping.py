"""How long names and words are kept, and who protects them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ehsg_events.values.policy import Afterwards


@dataclass(frozen=True)
class Keeping:
    """Until when names and words are kept, what is done then, and where the officer is reached.

    `until` is none where only the council's own schedule says, `data_protection` blank where the
    policy names no address.
    """

    until: date | None = None
    then: Afterwards = "forget-people"
    data_protection: str = ""


AS_SCHEDULED = Keeping()
