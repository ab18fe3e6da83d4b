"""Who must take part at the least, looked at again whenever the panel changes."""

from __future__ import annotations

from collections.abc import Callable

from bots.operations.operation import Doing
from ehsg_events.events import StakeholderAdded
from ehsg_events.log.published_guides import guide_of
from ehsg_events.panel.least_partners import lacking_now
from ehsg_events.states.assessment import Assessment


def watched(doing: Doing) -> Callable[[], list[str]]:
    """Look at the panel before it changes; the function returned says what it lacks then."""
    before = doing.log.assessment(doing.assessment)
    least = guide_of(before, doing.folder).least_partners

    def lacks() -> list[str]:
        after = doing.log.assessment(doing.assessment)
        return list(lacking_now(least, _asked(before), _asked(after))) if least else []

    return lacks


def _asked(state: Assessment) -> list[StakeholderAdded]:
    """The people who are asked something; who was released takes part no more."""
    return [state.panel[person] for person in state.asked]
