"""Why a form is not offered: nothing is there that could be chosen in it."""

from __future__ import annotations

from bots.phrases.pages import hubs

NOBODY_ASKED = "Nobody has asked that a colleague answers, so there is nothing to decide."
NO_ROUND_OPEN = "No round is open, so nobody is asked anything that you could answer for them."
NO_WORD = "The guide leaves no word for your area to explain."
NO_TABLE = "The guide leaves no table for your area to fill in."
NO_EVIDENCE = "No evidence is attached to the assessment as a whole, so none can be taken back."
NO_PERMISSION = "The guide asks nothing about sharing."
NOTHING_TO_VOTE_ON = "There is nothing to vote on: an outcome stands for every descriptor that somebody is asked about."
NOTHING_PUT = (
    "Nothing was put to the vote in a workshop that is open, so there are no votes to show."
)

OF_A_FIELD = {  # wherever it must be filled in
    "agency": hubs.NOBODY,
    "people": hubs.NOBODY,
    "permission": NO_PERMISSION,
    "person": hubs.NOBODY,
    "reader": hubs.NO_READERS,
    "stakeholder": hubs.NOBODY,
    "table": NO_TABLE,
    "term": NO_WORD,
    "who": hubs.NOBODY,
}
OF_AN_OPERATION = {  # whether it must be filled in or not: without it nothing could be done
    ("action change", "item"): hubs.NO_ACTIONS,
    ("action end", "item"): hubs.NO_ACTIONS,
    ("answer", "who"): NO_ROUND_OPEN,
    ("answer", "item"): NO_ROUND_OPEN,
    ("hand-on agree", "person"): NOBODY_ASKED,
    ("hand-on decline", "person"): NOBODY_ASKED,
    ("local detach", "number"): NO_EVIDENCE,
    ("workshop open", "items"): NOTHING_TO_VOTE_ON,
    ("workshop vote", "item"): hubs.NO_WORKSHOP,
    ("workshop show", "item"): NOTHING_PUT,
}


def why(operation: str, field: str, *, needed: bool) -> str:
    """Why nothing can be chosen in a field; nothing where it can be left out."""
    of = OF_AN_OPERATION.get((operation, field))
    return of or (OF_A_FIELD.get(field, "") if needed else "")
