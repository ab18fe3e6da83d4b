"""What the pages call the things a coordinator can do, and say around each form."""

from __future__ import annotations

SELDOM = "More, if you need it"
CHECK = "Check before you go on"
CHECK_HEADING = "look at it first"
WHAT_COMES = "What comes of it"
BACK = "Go back without doing it"
CHECK_WORDS = "Nothing is done yet. If you go on, this is what the record will say:"
NOTHING_COMES = "Nothing would be recorded: it stands like that already."
YES, CHANGE = "Yes, do it", "Change what I filled in"
YOU_FILLED_IN = "What you filled in"
DONE = "Done"
NOT_NEEDED = "(not needed)"
NONE_CHOSEN = "None chosen"
WAYS_OUT = "What you can do instead"
YES_WORD, NO_WORD = "Yes", "No"
SEPARATE_LINES = "One to a line."

LABELS = {  # what a field is called, where its own name is no word for it
    "all_the_same": "Close it all the same",
    "anyway": "Take in what could be read",
    "asked": "What they are asked",
    "asked_as": "What the guide asks for",
    "backup": "Who is told of silence",
    "backup_name": "Their name",
    "backup_slack": "They in Slack",
    "backup_email": "Their e-mail address",
    "because": "Reason",
    "by": "How",
    "data_model": "Data model",
    "dated": "Day it is of",
    "deadline": "Until when",
    "earlier": "Earlier than people were told",
    "email": "E-mail address",
    "for_good": "Destroy it for good",
    "how": "Done, or dropped",
    "id": "Their id, if you want to choose it",
    "item": "Descriptor",
    "items": "Descriptors",
    "means": "What it means in your area",
    "of": "Told of what",
    "opens": "Opens",
    "peer_of": "Peer from",
    "permission": "Question",
    "reads_as": "Reads as",
    "slack": "In Slack",
    "stakeholder": "Person",
    "to": "To whom",
    "value": "Answer",
    "who": "Person",
    "with_blanks": "Sign it with what is blank",
    "without_the_rest": "Without the rest",
    "words": "What it is",
    "works": "When they work",
    "works_as": "Role",
    "agreed": "How much agreement",
    "count": "Who counts",
    "days": "How long a first round lasts",
    "days_again": "How long a round lasts that asks again",
    "reminders": "When people are reminded",
    "rounds": "How many rounds",
    "shown": "What others see",
    "silence": "Who is told of silence",
    "yes": "I mean it as it is typed",
    "zone": "Time zone",
}
OWN_LABELS = {  # where a field means something else in one operation
    ("action change", "item"): "Action",
    ("action end", "item"): "Action",
    ("local detach", "number"): "Evidence",
    ("workshop open", "items"): "Descriptors to vote on; all of these if you choose none",
    ("workshop show", "item"): "Descriptor; what was put to the vote last if you choose none",
    ("answer", "item"): "What is answered",
    ("panel rename", "to"): "New name",
    ("hand-over", "person"): "Who does not answer",
    ("hand-over", "name"): "Name of a new colleague, who answers instead",
    ("hand-over", "to"): "Or somebody who is on the panel already",
    ("link", "new"): "Make a new link",
    ("panel correct", "by"): "Where they want to be written to",
    ("link", "yes"): "Replace the link they may hold",
    ("action agree", "words"): "What is to be done",
    ("action change", "words"): "What is to be done",
    ("sign-off", "role"): "Signed in the role of",
    ("sign-off", "name"): "Who signs",
}


WORDS = {"e-mail": "E-mail", "mail": "E-mail"}
VALUES = {  # what a choice is called, where its own name does not say it
    "count": {"people": "Every person once", "agencies": "Every agency once"},
    "silence": {
        "nobody": "Nobody",
        "stand-in": "Their manager or substitute",
        "coordinator": "The coordinator",
        "both": "Their manager or substitute, then the coordinator",
    },
    "shown": {
        "nothing": "Nothing of the others",
        "figures": "The group's figures",
        "figures-and-reasons": "The group's figures and others' reasons, without names",
    },
}


def value_of(field: str, value: str) -> str:
    """What a choice is called on a page."""
    return VALUES.get(field, {}).get(value) or word_of(value)


def word_of(value: str) -> str:
    """A value that says what it is, as a word."""
    return WORDS.get(value, value.replace("-", " ").capitalize())


def label_of(operation: str, field: str) -> str:
    """What a field is called on a page."""
    plain = LABELS.get(field, field.replace("_", " ").capitalize())
    return OWN_LABELS.get((operation, field), plain)


def empty(operation: str, field: str) -> str:
    """That a box was left empty, where it is told apart from the others by its label."""
    return f"{label_of(operation, field)}: this is needed."
