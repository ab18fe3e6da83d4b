"""A document as one HTML page that stands alone and runs nothing."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from projections.documents.direction import direction
from projections.documents.model import CONTENTS, RECORD, Document

HERE = Path(__file__).parent


def write(document: Document) -> bytes:
    """A document as HTML, with a policy on the page that stops any script that got in."""
    style = (HERE / "page.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    page = _page().render(
        document=document,
        direction=direction(document.language),
        style=style,
        style_digest=digest,
        CONTENTS=CONTENTS,
        RECORD=RECORD,
    )
    return page.encode()


@cache
def _page() -> Template:
    pages = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return pages.get_template("page.html.jinja")
