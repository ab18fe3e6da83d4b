"""What is said of who took part: by agency, in each round and over all of them."""

from __future__ import annotations

from bots.phrases.labels import round_kind

PARTICIPATION = "Who took part"
PARTICIPATION_WORDS = "How many people of each agency were asked and came; never what they said."
OVER_ALL = "Over all rounds"
NO_ROUND = "No round was opened yet."
AGENCY, INVITED, STARTED, ANSWERED, COMPLETED, WITHDREW = (
    "Agency",
    "Invited",
    "Started",
    "Answered",
    "Completed",
    "Withdrew",
)
SMALL_TOGETHER = "Agencies of which fewer than three people answered stand together in one line, as in the report."
CLOSED, OPEN = "closed", "open"


def of_round(number: int, kind: str, *, closed: bool) -> str:
    """A round, and whether it is over."""
    return f"Round {number} ({round_kind(kind)}, {CLOSED if closed else OPEN})"
