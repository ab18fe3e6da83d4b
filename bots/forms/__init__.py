"""Published forms: how they are read into plain values, and how they are written again."""

from __future__ import annotations

from ehsg_events.kernel import Refused
from ehsg_events.states.submission import Form
from guides.model import Guide

ENDINGS = (".docx", ".pdf", ".txt", ".md", ".json", ".xlsx")


def read_form(name: str, content: bytes, guide: Guide, area: str) -> Form:
    """Read a published form, by its file's ending.

    Raises:
        Refused: the ending is none of these, or the file cannot be read as it says.
    """
    ending = name[name.rfind(".") :].casefold()
    match ending:
        case ".docx":
            from bots.forms.sources.word import read_word

            return read_word(content, guide, area)
        case ".pdf":
            from bots.forms.sources.pdf import read_pdf

            return read_pdf(content, guide, area)
        case ".json":
            from bots.forms.sources.documents import read_json

            return read_json(content, guide)
        case ".xlsx":
            from bots.forms.sources.sheets import read_xlsx

            return read_xlsx(content, guide)
        case ".txt" | ".text" | ".md":
            from bots.forms.text import read_text

            return read_text(content, guide, area)
    raise Refused(
        f"{name} does not end in {', '.join(ENDINGS)}. Save the form as one of these: a word "
        f"processor writes DOCX and PDF."
    )
