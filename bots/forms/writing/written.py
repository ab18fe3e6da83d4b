"""A submission written in any format."""

from __future__ import annotations

import json
from typing import Any

from bots.forms.writing.pages import form_document
from ehsg_events.kernel import Refused
from guides.model import Guide
from projections.documents.formats import DOCUMENTS, tabled, written
from projections.submissions.handed_in import Document

ON_SCREEN = ("text", "md", "html", "json")  # what a terminal can show
FORMATS = ("text", "txt", "json", "xlsx", "zip", *DOCUMENTS)


def write_form(
    document: dict[str, Any], guide: Guide, form: str, template: bytes | None = None
) -> bytes:
    """A submission as a file.

    Args:
        whole: the submission's document, as JSON holds it.
        form: one of `FORMATS`.
        template: the area's own form as DOCX, to be filled in.

    Raises:
        Refused: the format is none of them.
    """
    match form:
        case "json":
            return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
        case "text" | "txt" | "md":
            from bots.forms.writing.printed import write_markdown, write_text

            return (write_markdown if form == "md" else write_text)(document, guide).encode()
        case "docx":
            return _as_word(document, guide, template)
        case "xlsx":
            from bots.forms.sources.sheets import write_xlsx

            return write_xlsx(document, guide)
        case "zip":  # CSV with its schema
            from projections.tables.form import form_book

            return tabled(form_book(Document.model_validate(document), guide), form)
    if form in DOCUMENTS:
        return written(form_document(document, guide), form)
    raise Refused(f"A submission is written as {', '.join(FORMATS)}, not as {form}.")


def _as_word(document: dict[str, Any], guide: Guide, template: bytes | None) -> bytes:
    if template is not None:
        from bots.forms.writing.template import fill

        return fill(template, document, guide)
    from bots.forms.writing.word import write_word

    frame = form_document(document, guide).model_copy(update={"blocks": ()})
    return write_word(document, guide, frame)
