"""Whether a text is Welsh: it holds none of the little words that no English sentence does without."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html.parser import HTMLParser

ENGLISH = re.compile(
    r"\b(the|you|your|and|of|this|that|what|was|were|with|have|has|from|can|nobody|answers?|"
    r"questions?|here|until|round|words?|not|is|are|it|to|say|press|choose|my|me|no|yes|why|who|"
    r"how|when|back|next|skip|start|time|page|day|none|nothing|shown|asked|people|or|in|on|for|by|if|but|so|as|we|they|"
    r"their|more|once|each|one|two|than|then|there|yet|see|kept|wait|file|source|link)\b",
    re.I,
)
SILENT = ("style", "script", "template")
SAID_ALOUD = ("aria-label", "title", "placeholder", "alt")


def english_in(texts: Iterable[str], named: Iterable[str] = ()) -> list[str]:
    """The lines that hold English, without what is named.

    Args:
        named: what may be English, such as the area's own words; taken out before looking.
    """
    found = []
    for line in "\n".join(texts).splitlines():
        rest = line
        for may in named:
            rest = rest.replace(may, "")
        if ENGLISH.search(rest):
            found.append(line)
    return found


class Spoken(HTMLParser):
    """The texts of a page as a screen reader speaks them, by the language they are marked with."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: dict[str, list[str]] = {}
        self._open: list[tuple[str, str]] = []
        self.feed(page)

    @property
    def _language(self) -> str:
        return self._open[-1][1] if self._open else ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag, which may be in another language than what is around it."""
        found = dict(attrs)
        language = found.get("lang") or self._language
        for name in SAID_ALOUD:
            self.texts.setdefault(language, []).append(found.get(name) or "")
        if tag not in ("meta", "link", "input", "br"):
            self._open.append((tag, language))

    def handle_endtag(self, tag: str) -> None:
        """The end of one."""
        if self._open and self._open[-1][0] == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        """What stands between two tags."""
        if self._open and self._open[-1][0] not in SILENT and data.strip():
            self.texts.setdefault(self._language, []).append(data.strip())
