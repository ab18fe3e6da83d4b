"""What the pages say to those who sign in: coordinators, auditors, members of the board."""

from __future__ import annotations

from collections.abc import Collection

from bots.phrases.labels import reached_by
from ehsg_events.kernel import Surface
from ehsg_events.values.address import Address
from projections.figures.agreement import people

HOME = "home"  # leads to the first page that the person may open
SIGN_IN_PAGE = "sign-in"  # where a link is asked for
NAME = "Self-assessment"
SKIP_TO = "Skip to the page"
PAGES, FURTHER = "Pages", "More pages"
ERROR_PREFIX = "Error: "
SOMETHING_WRONG = "There is a problem"

RESULTS = "Results"
COMPARE, OTHER_AREAS = "Compare", "Other areas"
COMPARE_WORDS = (
    "The scores that stand here, beside those of another area that handed in the same year under "
    "the same guide. Scores are each area's own judgement of itself: no league table."
)
NOTHING_HANDED_IN = "This assessment is not signed off yet, so there is nothing to compare."
NOBODY_ELSE = "No other area of this year and guide lets its scores be seen here yet."
COMPARES_NOW = "A comparison shows what is handed in now. Leave the moment empty."
OTHER_AREA, WHAT, SCORES = "Another area", "About", "The score of each descriptor"
NO_SCORE, FAR_APART = "no score", "(two or more apart)"
OTHER_LEVELS = "(levels worded differently)"
NO_OUTCOME = "No outcome yet."
NONE_SHOWN = "No outcome yet, or none that is shown."
BETWEEN = "Its middle score lies between two levels, so the coordinator chooses one."
AGREED_AND_NONE_SHOWN = (
    "That the panel agreed is no outcome by itself: its middle score may have lain between two levels, "
    "too many may have changed their score for it to count, what was adopted may have been set aside, or "
    "it is not shown."
)
HOW_MANY = "How many people said what"
WHY = "Walk this back to the words somebody typed"

SHOW = "Show"

SIGN_IN, SIGN_OUT = "Sign in", "Sign out"
SIGN_IN_WORDS = (
    "This link signs you in once. You then stay signed in on this device for twelve hours, or "
    "until you sign out."
)
OPENS_NOTHING = "This link opens nothing"
OPENS_NOTHING_WORDS = (
    "A link to sign in opens once, within a day of being made. It was used before, is too old, "
    "or is not whole.\n"
    "Ask for a new one. If it was you who used it, on this device, go on."
)
GO_ON, ASK_AGAIN = "Go on to the pages", "Ask for a new link"
SIGN_IN_FIRST = "Sign in first"
FOR_WHOM = (
    "These pages are for the people who were named to run an assessment or to read it. They sign in "
    "by a link that opens once, without a password."
)
EMAIL = "Your e-mail address"
EMAIL_HINT = "The one you gave when you were named. The link is sent there."
SEND_LINK = "Send me a link"
NOT_BY_MAIL = (
    "No letters are sent from here. Open the link you were given, or ask whoever runs the server for "
    "one."
)
ASKED = "Look at your e-mail"
ASKED_WORDS = (
    "If that address is known here, a letter is on its way; the link in it opens once, within a "
    "day.\n"
    "If none has come after some minutes, look among your unwanted mail, or ask whoever runs the "
    "server for a link."
)
SIGNED_OUT = "You have signed out"
SIGNED_OUT_WORDS = "To come back, sign in by a new link."
NOT_FOR_YOU = "This page is not open to you"
NO_FILE = "There is no such file"
ELSEWHERE = "This did not come from our own page"
ELSEWHERE_WORDS = (
    "Nothing was recorded. Open the page here, and press the button on it. If you did, your "
    "browser does not say where it comes from: use a newer one."
)

ANOTHER = "This form is of another assessment"
ANOTHER_WORDS = (
    "Nothing was recorded. You have signed in to another assessment in this browser since the form "
    "was opened. To settle it there, sign in to that one again."
)

NOWHERE = "No address of yours is known here."
ROLES = {"coordinator": "coordinator", "auditor": "auditor", "board": "member of the board"}


def of_area(subject: str, area: str) -> str:
    """The area that a page is about, and the subject of its assessment."""
    return f"{area}: {subject} self-assessment" if subject else f"{area}: self-assessment"


def taken(when: str) -> str:
    """When a page was looked at, for whoever reads it on paper."""
    return f"As seen at {when}"


def signed_in_as(
    called: str, role: str, known: Collection[Address], writable: Collection[Surface]
) -> str:
    """Who is signed in, in which role, and where they are written to."""
    where = f"You are written to by {reached_by(known, writable)}." if known else NOWHERE
    return f"You are signed in as {called}, {ROLES[role]}. {where}"


def only_for(who: str) -> str:
    """Who may open a page, for somebody who may not."""
    return f"This page is for {who}. What you may open stands in the list of pages."


def outcome(score: str, how: str) -> str:
    """The score that stands, and how it came about."""
    return f"Outcome: {score}, {how}."


def chose(number: int, level: str) -> str:
    """How many people chose a level."""
    return f"{people(number) if number else 'Nobody'} said {level}"


def did_not_know(number: int) -> str:
    """How many said that they do not know."""
    return f"{people(number)} did not know."


def object_to_it(number: int) -> str:
    """How many dissent."""
    return f"{people(number)} {'objects' if number == 1 else 'object'} to this outcome."


def reason(because: str) -> str:
    """The reason that was given in moderation."""
    return f"The reason given in moderation: {because}"


def not_comparable(other: str, area: str, year: int, guide: str) -> str:
    """That an area cannot be compared, since it is not on the list."""
    return (
        f"{other} cannot stand beside {area}: it handed nothing in for {year} under {guide} that "
        f"may be seen here. Choose one of the areas listed."
    )


def means_of(year: int, guide: str) -> str:
    """The title of the table of sections."""
    return f"Mean score by section, {year}, {guide}"


def mean(value: str, number: int, low: int | None, high: int | None) -> str:
    """A mean with what it rests on."""
    return f"{value} (of {number} scores from {low} to {high})"


def told_only(questions: int) -> str:
    """Where the answers stand that are no scores, and that nothing is agreed on them."""
    number = "1 question" if questions == 1 else f"{questions} questions"
    return (
        f"{number} of this guide asked for a number or for words. They are not scored, and neither "
        f"agreed nor moderated: the report tells them as they were answered."
    )


# -- before anything is set up ---------------------------------------------------------------------
NOTHING_YET = (
    "Nothing is set up yet. Open {url} to begin; this address works until an assessment is open."
)
BEGIN = "Open an assessment"
BEGIN_WORDS = (
    "Nothing is set up here yet. You open the first assessment, coordinate it, and are signed in.\n"
    "Nobody is written to by that. Who is asked, and how, is said afterwards, and nothing is asked of "
    "anybody until you open the first round."
)
BEGIN_NAME = "Your name"
BEGIN_NAME_HINT = "It is kept sealed; on the record you are coordinator-1."
BEGIN_EMAIL = "Your work e-mail address (optional)"
BEGIN_EMAIL_HINT = "A link to sign in is sent there when you ask for one. It is kept sealed."
BEGIN_AREA = "Your area"
BEGIN_AREA_HINT = "The name of the place that assesses itself, such as Northvale."
BEGIN_GUIDE = "The guide"
BEGIN_GUIDE_HINT = "What everybody is asked. It stays the same for this assessment."
BEGIN_OPEN = "Open the assessment"
SAY_YOUR_NAME = "Type your name."
SAY_AREA = "Type the name of your area."
CHOOSE_GUIDE = "Choose a guide."
BEGUN = "Nothing can be begun at this address"
BEGUN_WORDS = (
    "It works until an assessment is open here, and it is another one whenever the server starts.\n"
    "If an assessment is open, ask whoever coordinates it, or whoever runs the server, for a link to "
    "sign in. If none is, ask whoever runs the server for the address of today."
)


def from_whom(publisher: str, descriptors: int) -> str:
    """Where a guide comes from, and how long it is."""
    return f"{publisher}. {descriptors} descriptors."


def name_too_long(letters: int, most: int) -> str:
    """That a name is none."""
    return f"That is {letters} letters long, and a name has at most {most}."
