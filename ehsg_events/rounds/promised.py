"""What people were promised about how long their names and words are kept. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ehsg_events.values.policy import Policy


def kept_until(newest: Policy, told: Sequence[Policy]) -> date | None:
    """The last day on which names and words are kept; none where none was said.

    Whoever read a day in a notice may rely on it: a later policy makes it earlier, never later.

    Args:
        newest: the policy that was chosen last.
        told: the policies of the rounds, whose notices people read.
    """
    said = [policy.kept_until for policy in (*told, newest) if policy.kept_until]
    return min(said, default=None)
