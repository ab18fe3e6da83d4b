"""What people were promised about how long their names and words are kept. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from ehsg_events.values.keeping import Keeping
from ehsg_events.values.policy import Afterwards, Policy

LEAST_FIRST: Sequence[Afterwards] = ("review", "forget-people", "forget-all")


def promised(newest: Policy, told: Sequence[Policy]) -> Keeping:
    """How long names and words are kept, by all that was said of it so far.

    Whoever read a day in a notice may rely on it, and on what is destroyed then: a later policy
    makes it earlier or more, never later or less.

    Args:
        newest: the policy that was chosen last.
        told: the policies of the rounds, whose notices people read.
    """
    said = [policy for policy in (*told, newest) if policy.kept_until]
    until = min((policy.kept_until for policy in said if policy.kept_until), default=None)
    then = max((policy.afterwards for policy in said or [newest]), key=LEAST_FIRST.index)
    return Keeping(until, then, newest.data_protection)
