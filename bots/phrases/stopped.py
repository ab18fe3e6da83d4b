"""Why words were not kept: by a rule, or because the machine fails; and where a worry goes."""

from __future__ import annotations

from ehsg_events.events import Concern
from ehsg_events.language.catalogue import gettext as _
from ehsg_events.language.catalogue import marked
from ehsg_events.machine.failures import Kind

MACHINE: dict[Kind, str] = {  # what is so, for somebody who can do nothing about it
    "full": marked("The disk of our computer is full"),
    "failing": marked("The disk of our computer does not work as it should"),
    "locked": marked("Another program holds what our computer has to write to"),
    "descriptors": marked("Our computer has more open than it can hold"),
    "damaged": marked("Our computer cannot read a part of what it keeps"),
    "forbidden": marked("Our computer is not allowed to write where it should"),
    "memory": marked("Our computer has no memory left"),
    "threads": marked("Our computer has more to do than it can"),
}
NOT_NOW = marked("We cannot do this just now")
WORRIED_ABOUT = "If you are worried about somebody: {route}"
STOPPED: dict[Concern, str] = {
    "safeguarding": marked(
        "{route}\nThis sounds as if somebody may be at risk now, so it was not kept here. This "
        "interview is about services and nobody acts on what is typed into it."
    ),
    "nhs-number": marked(
        "That holds what looks like an NHS number, so it was not kept. Please type it again "
        "without the number: this interview is about services, never about one person.\n"
        "If you are worried about somebody: {route}"
    ),
    "child": marked(
        "That looks like a child's name with a date of birth, so it was not kept. Please type it "
        "again without them: this interview is about services, never about one child.\n"
        "If you are worried about somebody: {route}"
    ),
}
OTHER_WORDS = marked("If it was about nobody in particular, say it in other words.")
EMERGENCY, RING_999 = "999", marked("If anybody is in danger this minute, call 999.")


def route_with_999(route: str) -> str:
    """The area's route for a worry about somebody, with what to do at once if it does not say."""
    said = _(route)  # the policy's own sentence, where the area has none
    return said if EMERGENCY in said else f"{said.strip()} {_(RING_999)}"


def worried(route: str) -> str:
    """The quiet line beside every box for words: where a worry about somebody goes."""
    return _(
        "Worried about somebody's safety? Do not type it here. {route_with_999}",
        route_with_999=route_with_999(route),
    )


def stopped_words(concern: Concern, route: str) -> str:
    """Why words were not kept, and the area's route: before all else when somebody is at risk."""
    return _(STOPPED[concern], route=route_with_999(route))


def stopped(concern: Concern, route: str) -> str:
    """Why words were not kept, what to do now, and what to do if it was a mistake."""
    return f"{stopped_words(concern, route)}\n{_(OTHER_WORDS)}"


NOT_IN_A_FORM: dict[Concern, str] = {
    "safeguarding": ("This sounds as if somebody may be at risk now, so nothing was recorded."),
    "nhs-number": ("That holds what looks like an NHS number, so nothing was recorded."),
    "child": ("That looks like a child's name with a date of birth, so nothing was recorded."),
}
KEPT_FOR_GOOD = (
    "What you type here is kept for good and may stand in a report. Say it in other words, about "
    "nobody in particular."
)


def stopped_in_form(concern: Concern, route: str) -> str:
    """Why a coordinator's words were not taken, and the area's route, first if it is urgent."""
    said, way = f"{NOT_IN_A_FORM[concern]} {KEPT_FOR_GOOD}", route_with_999(route)
    if concern == "safeguarding":
        return f"{way}\n{said}"
    return f"{said}\n{WORRIED_ABOUT.format(route=way)}"


def cannot_now(kind: Kind) -> str:
    """On a page: the machine fails, what that means for what was sent, and what to do."""
    return _(
        "{because}, so it may not have been recorded. It is not your mistake, and whoever looks "
        "after the computer is told. Wait some minutes and load this page again: your browser sends "
        "the same once more, and nothing is recorded twice.",
        because=_(MACHINE[kind]),
    )


def not_recorded_now(kind: Kind) -> str:
    """In Slack: the machine fails, so what was pressed or typed did nothing."""
    return _(
        "{because}, so this was not recorded. It is not your mistake, and whoever looks after the "
        "computer is told. Wait some minutes, then do it once more: nothing is recorded twice.",
        because=_(MACHINE[kind]),
    )
