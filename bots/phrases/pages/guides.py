"""What the pages of guides say."""

from __future__ import annotations

from guides.model import Guide

GUIDES, GUIDE, PUBLISH = "Guides", "Guide", "Publish a guide of your own"
TITLE, ASKS, LOOK = "Guide", "Asks", "Look"
LOOK_AT = "Show it"
ALL = "Every guide that can be used here"
OTHERWISE = "What differs from another guide"
OTHER, COMPARE = "Another guide", "Show what differs"
SAME = "They say the same."
WHOLE, INTERVIEW = "All that the guide says", "What somebody is asked, word for word"
AS_TALKED = "On a page and in Slack it stands with buttons. Whoever is asked sees their own questions alone."
PUBLISH_WORDS = (
    "Hand in a guide as a text file (.yaml) or as a workbook (.xlsx). It is read first: every mistake "
    "is told with its place, and you see what it asks. Once published it is never changed; a change is "
    "its next version."
)
FILE, FILE_HINT = "The guide's file", "At most 350 KB."
READ_IT, DO_PUBLISH, ANOTHER_FILE = "Read it", "Publish it", "Choose another file"
NO_FILE = "Choose a file."
NO_MISTAKES = "There is no mistake in it. Look at what it asks, and publish it if that is right."
NOT_A_GUIDE = "This is no guide of its own but something over one; it is published in the same way."


def called(guide: Guide) -> str:
    """A guide in words: its title, its year, its version, and last what files call it."""
    return f"{guide.title} {guide.year}, version {guide.version} ({guide.id})"


def published(name: str, digest: str) -> str:
    """That a guide was published, and what it is known by."""
    return f"{name} is published.\nIts digest is {digest}."


def asks(descriptors: int, questions: int) -> str:
    """How much a guide asks."""
    others = f", {questions} other questions" if questions else ""
    return f"{descriptors} descriptors{others}"
