"""A file that somebody handed in as evidence, taken away from the page where it stands."""

from __future__ import annotations

from bots.phrases.pages import evidence as phrases
from bots.web.desk.downloads.files import File, Made
from bots.web.desk.page import Visitor
from projections.access.audience import SINGLE_ANSWERS
from projections.facts.view import View
from projections.history.evidence_files import endings, file_of, whose_file

BEGINS = "evidence-"
AS_NAMED = 16  # characters of what names a file: its own name may name people, an address must not


def name_of(digest: str, ending: str) -> str:
    """The name that a file is taken away by."""
    return f"{BEGINS}{digest[:AS_NAMED]}.{ending}"


def evidence_file(view: View, visitor: Visitor, name: str) -> File | None:
    """The file of a name, for those who see what people wrote; none of that name."""
    found = [digest for digest, ending in endings(view).items() if name_of(digest, ending) == name]
    if visitor.role not in SINGLE_ANSWERS or len(found) != 1:
        return None
    digest = found[0]

    def make(view: View) -> Made:
        return Made(file_of(view, digest), whose_file(view, digest))

    return File(phrases.EVIDENCE, phrases.FILE, SINGLE_ANSWERS, make, "evidence")
