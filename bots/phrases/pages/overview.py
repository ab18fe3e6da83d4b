"""What stands around the overview of the results, and of what is not shown."""

from __future__ import annotations

from collections.abc import Sequence

from projections.figures.agreement import count
from projections.figures.names import listed

OVERVIEW = "At a glance"
BY_SECTION = "Every descriptor, by section"
OPEN, OPEN_OR_NOT_SHOWN = "open", "open or not shown"
FILLED = "as the panel agreed"
HOLLOW = "settled by the coordinator"
MEAN = "mean of the section"
RUN = "how far answers ran"
LEADS = "Each line leads to its descriptor."
JUMP = "On this page"

NOT_SHOWN = "What is not shown here"
WHO_SEES = (
    "Members of the board see figures and outcomes only where nobody could work out from them what one "
    "or two people said. The coordinator and the auditor see all of them once a round is closed."
)
NO_FIGURES = "No figures are shown."
UNTOLD = (
    "Whether an outcome that was settled in moderation is higher or lower than the panel stood is not "
    "told."
)


def cross(unsaid: str) -> str:
    """What a cross means: nothing stands, and where it lies."""
    return f"{unsaid}: at the middle score if that is shown, else left of the scale"


def square(year: int) -> str:
    """What a square means."""
    return f"the score of {year}"


def mean_of(scored: int, mean: str) -> str:
    """The mean of a section, and of how many scores."""
    return f"Mean of {count(scored, 'score')}: {mean}"


def so_it_is_of(items: Sequence[str]) -> str:
    """Of which descriptors something is so."""
    return f"({listed(items)})"
