"""What people were promised about how long their names and words are kept. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from ehsg_events.values.keeping import Keeping
from ehsg_events.values.policy import Policy


def promised(newest: Policy, told: Sequence[Policy]) -> Keeping:
    """How long names and words are kept, by all that was said of it so far.

    Whoever read a day in a notice may rely on it: a later policy makes it earlier, never later.

    Args:
        newest: the policy that was chosen last.
        told: the policies of the rounds, whose notices people read.
    """
    said = [policy.kept_until for policy in (*told, newest) if policy.kept_until]
    return Keeping(min(said, default=None), newest.afterwards, newest.data_protection)
