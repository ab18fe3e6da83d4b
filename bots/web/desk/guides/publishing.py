"""A guide of the area's own is handed in, read, looked at and published."""

from __future__ import annotations

from base64 import b64decode

from bots.guide_files.handed_in import HandedIn, handed_in, publish
from bots.operations.operation import Done
from bots.phrases.pages import guides as phrases
from bots.web.desk.guides.looking import how_much, whole
from bots.web.desk.operations.boxes import keeping_files
from bots.web.desk.page import Asked, Drawn, ToCheck, Took, Visitor
from bots.web.forms import Filled
from bots.web.typed import KEPT
from ehsg_events.kernel import Refused, Stamp
from ehsg_events.log.log import Log
from guides.library import PublishedGuide
from guides.model import Guide
from projections.facts.view import View

FILE = "file"


def draw(view: View, visitor: Visitor, asked: Asked) -> Drawn:
    """The form, or what is in the file that was handed in."""
    kept = asked.get(KEPT + FILE, "")
    values: dict[str, object] = {"kept": kept, "says": "", "lines": "", "interview": ""}
    if kept and not visitor.wrong:
        values |= _read(_unpacked(kept, view), view.state.area)
    return Drawn("guide-publish.html", values)


def _read(handed: HandedIn, area: str) -> dict[str, object]:
    document = handed.document
    if not isinstance(document, Guide):
        return {"says": f"{document.id}. {phrases.NOT_A_GUIDE}"}
    found = PublishedGuide(document, handed.digest)
    return {"says": f"{document.id}: {how_much(document)}.", **whole(found, area)}


def take(log: Log, visitor: Visitor, stamp: Stamp, sent: Filled) -> Took | ToCheck:  # noqa: ARG001
    """Read the file; publish it once it was looked at.

    Raises:
        Refused: there is no file, it has mistakes, or its name or version is taken.
    """
    if file := sent.files.get(FILE):
        handed_in(file.name, file.content, log.folder)
        return ToCheck(keeping_files(sent))
    kept = sent.text(KEPT + FILE)
    if not kept:
        raise Refused(phrases.NO_FILE, field=FILE)
    handed = _opened(kept, log)
    return Took(
        "guides", Done(phrases.published(handed.document.id, publish(handed, log.folder)), None)
    )


def _unpacked(kept: str, view: View) -> HandedIn:
    return _opened(kept, view.log)


def _opened(kept: str, log: Log) -> HandedIn:
    name, _, content = kept.partition("\n")
    try:
        return handed_in(name, b64decode(content, validate=True), log.folder)
    except ValueError:
        raise Refused(phrases.NO_FILE, field=FILE) from None
