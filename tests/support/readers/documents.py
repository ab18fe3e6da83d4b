"""A document with everything in it that a document can hold, and words that try to be more."""

from __future__ import annotations

from datetime import UTC, datetime

from projections.documents.model import (
    Bullets,
    Document,
    Heading,
    Pair,
    Pairs,
    Plot,
    Prose,
    Table,
    Words,
)
from projections.documents.plot import Dot, drawn

HOSTILE = (
    '#strong[x] #import "x.typ" $x$ @ref `code` *b* _i_ \\ \\u{1F600} // c /* d */ ]] }} <label> '
    "&amp; <w:t>x</w:t> ]]> {{ x }} =1+1 [a](javascript:b) \N{RIGHT-TO-LEFT OVERRIDE}\x0b\ufffe"
)
SEEN = HOSTILE.translate(dict.fromkeys(map(ord, "\N{RIGHT-TO-LEFT OVERRIDE}\x0b\ufffe"), "\ufffd"))
WELSH = "Mae'r tŷ a'r dŵr yn wych: â ê î ô û ŵ ŷ"
URDU = "اردو میں ٹ ڈ ڑ ں ہ ھ ے گ چ پ"
BENGALI = "পরিবারগুলি আমাদের বলে যে এটা সত্য।"
HINDI = "परिवार हमें बताते हैं कि यह सच है।"
TAMIL = "இது உண்மை என்று குடும்பங்கள் கூறுகின்றன."
ARABIC = "هذا جيد جدا !"
ALT = "Dot plot of 2 descriptors: 1 at 0, 1 at 5."


def document(words: str = "We meet every week.\nAnd again.", language: str = "en") -> Document:
    """One of everything."""
    said = Words(text=words, whose="Police")
    return Document(
        language=language,
        title=f"Title {words}",
        subtitle="Subtitle",
        state="DRAFT",
        contents=True,
        blocks=(
            Heading(level=2, text="At a glance", anchor="glance"),
            Plot(
                svg=drawn([Dot(title=HOSTILE, score=5), Dot(title="b", score=0)], "012345", 0),
                alt=ALT,
                caption="Scores",
            ),
            Table(caption="Scores", head=("Item", "Score"), rows=(("5.1", words), ("5.2", "0"))),
            Heading(level=3, text=words, anchor="item-5.1"),
            said,
            Pairs(rows=(Pair(term="Score", told=Prose(text="0")), Pair(term="Why", told=said))),
            Bullets(rows=(said, Prose(text="ours")), ordered=True),
            Heading(level=4, text="Again"),
            Bullets(rows=(said, Prose(text="ours")), ordered=True),
            Bullets(rows=(Prose(text="plain"),)),
        ),
        record=(Pair(term="Guide", told=Prose(text="ehsg-2022@1")),),
        at=datetime(2026, 10, 5, 12, 0, 0, 345678, tzinfo=UTC),
    )
