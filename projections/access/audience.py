"""Who may see what, by as whom they read. Pure."""

from __future__ import annotations

from typing import Literal

from ehsg_events.kernel import Refused
from ehsg_events.states.assessment import Assessment

Audience = Literal["coordinator", "auditor", "board"]
EVERYBODY: frozenset[Audience] = frozenset(("coordinator", "auditor", "board"))
SINGLE_ANSWERS: frozenset[Audience] = frozenset(("coordinator", "auditor"))  # after the close
RUNS_IT: frozenset[Audience] = frozenset(("coordinator",))
CALLED: dict[Audience, str] = {
    "coordinator": "coordinators",
    "auditor": "auditors",
    "board": "members of the board",
}


def audience_of(state: Assessment, person: str) -> Audience | None:
    """As which audience somebody reads an assessment; none when they may not, or no longer may."""
    if person in state.coordinators:
        return "coordinator"
    reader = state.readers.get(person)
    return reader.reads_as if reader else None


def who_may(roles: frozenset[Audience]) -> str:
    """The audiences that may see something, in words."""
    *before, last = (words for role, words in CALLED.items() if role in roles)
    return f"{', '.join(before)} and {last}" if before else last


def refuse_unless_a_moment(role: Audience, as_of: str) -> None:
    """Refuse the board a log position, which would reveal how much is being said at the moment.

    Raises:
        Refused: the board asked by position and not by day or time.
    """
    if role == "board" and as_of.isdecimal():
        raise Refused(
            f"{as_of} is a position of the log, which is not for the board. Ask for a day or a "
            f"time, such as 2026-11-03."
        )
