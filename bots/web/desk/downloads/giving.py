"""A file is given: made from a view, with the headers by which a browser keeps it."""

from __future__ import annotations

from collections.abc import Callable

from starlette.responses import Response

from bots.phrases.pages import downloads as phrases
from bots.web.desk.downloads.evidence import evidence_file
from bots.web.desk.downloads.files import KINDS, open_to
from bots.web.desk.downloads.own_copy import copy_file
from bots.web.desk.page import Visitor
from ehsg_events.events import Showing
from ehsg_events.kernel import Refused
from projections.facts.view import View, view_at

ANY = "application/octet-stream"  # a browser keeps it, and tries no page or picture with it
Note = Callable[[Visitor, frozenset[str], Showing], bool]


def given(view: View, visitor: Visitor, name: str, note: Note, *, is_now: bool) -> Response:
    """A file for somebody.

    Args:
        note: records whose words it shows, and says whether it did.
        is_now: whether the view is of now, so that it tells what was recorded just so.

    Raises:
        Refused: there is none of that name for them now.
    """
    file = (
        open_to(view, visitor.role).get(name)
        or copy_file(view, visitor, name)
        or evidence_file(view, visitor, name)
    )
    if file is None:
        raise Refused(phrases.NO_SUCH_FILE)
    made = file.make(view)
    if file.showing and note(visitor, made.whose, file.showing) and is_now:
        made = file.make(view_at(view.log, view.assessment))  # which tells who made it
    return attached(name, made.content)


def attached(name: str, content: bytes) -> Response:
    """A file as a browser keeps it, and never opens as one of our pages."""
    headers = {
        "content-disposition": f'attachment; filename="{name}"',
        "x-content-type-options": "nosniff",
        "content-security-policy": "default-src 'none'; sandbox",
    }
    return Response(content, 200, headers, KINDS.get(name.rpartition(".")[2], ANY))
