"""What stands on the pages that try something out, or look at what silence leaves open."""

from __future__ import annotations

WHAT_IF, BOUNDS = "What if", "Silence"
WHAT_IF_WORDS = (
    "How the closed rounds would stand if something else were so. Nothing is recorded, and nobody "
    "else sees it."
)
SUPPOSE, AS_IT_IS = "Suppose it", "As it is"
WEIGHTS, AGREED_SHARE = "Who counts", "How many of a hundred must agree"
WITHOUT, BLIND_ONLY = "Without these agencies", "Only answers given before anything was known"
BLIND_HINT = "Each person's last answer before they learned how others answer."
SHARE_HINT = "More than 50, and at most 100."
NOT_A_SHARE = "Type a whole number such as 80."
PEOPLE_COUNT, AGENCIES_COUNT = "Every person once", "Every agency once"
DESCRIPTOR, STANDS, WOULD, OUTCOME = "Descriptor", "As it is", "If it were so", "Outcome"
DIFFERS = "What would be different"
SAME = "What would be the same"
NOT_CLOSED = "No round is closed yet, so there is nothing to suppose about."
WHOM_FIRST, MISSING = "Whom to remind first", "Who was missing"
EACH = "Each descriptor"
SAYS, BY_AGENCY = "How far it is", "By agency"


def of_agency(agency: str, answered: int, asked: int) -> str:
    """How many of an agency have answered."""
    return f"{agency} {answered} of {asked}"
