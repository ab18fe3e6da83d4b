"""What a rule makes of a descriptor's figures, in words that fit a table's cell."""

from __future__ import annotations

from collections.abc import Mapping

VERDICTS: Mapping[str, str] = {
    "too_few": "too few answers",
    "no_quorum": "no quorum",
    "two_camps": "two camps",
    "agreed": "agreed",
    "agreed_with_minority": "agreed, with a minority",
    "not_agreed": "not agreed",
    "not_measured": "not measured yet",
}
