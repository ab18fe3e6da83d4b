"""A report as HTML or Markdown: words from people stay words in both, whatever they contain."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from projections.page import Report
from projections.visible import visible

FORMS = ("html", "md")
HERE = Path(__file__).parent
ACTIVE = re.compile(r"([\\`*_{}\[\]<>#+|~&@^=$]|:(?=//)|(?<=www)\.)")


def printed(report: Report, form: str) -> str:
    """A report as a page of one of the forms."""
    style = (HERE / "report.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    page = _pages()[form].get_template(f"report.{form}.jinja")
    return page.render(report=report, style=style, style_digest=digest)


@cache
def _pages() -> dict[str, Environment]:
    html = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        finalize=_seen,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    markdown = html.overlay(autoescape=False, finalize=_inert)  # all that is printed is escaped
    return {"html": html, "md": markdown}


def _seen(value: object) -> object:
    return visible(value) if type(value) is str else value  # what is markup already is ours


def _inert(value: object) -> str:
    """A value as one line of Markdown that means nothing but its letters."""
    return ACTIVE.sub(r"\\\1", " ".join(visible(str(value)).split()))
