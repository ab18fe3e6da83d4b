"""Typst, which sets pages and draws pictures with its own fonts and a few more, each a package.

Its own have Latin, Greek, Cyrillic and Hebrew letters. The others have those of languages that
people write in England: Arabic and Urdu, Bengali, Hindi and Nepali, Tamil.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import typst

SHARP = 200  # dots to the inch
DRAWING = b"""
#set page(width: auto, height: auto, margin: 0pt, fill: white)
#image(bytes(sys.inputs.svg), format: "svg", width: 16cm)
"""
PROBE = b"""
#set document(title: "letters")
#set text(font: json(bytes(sys.inputs.fonts)))
#par(sys.inputs.letters)
#strong(sys.inputs.letters)
"""
PACKAGES = {
    "Noto Sans Arabic": "fontpkg_noto_sans_arabic",
    "Hind Siliguri": "fontpkg_hind_siliguri",  # Bengali
    "Noto Sans Devanagari": "fontpkg_noto_sans_devanagari",
    "Noto Sans Tamil": "fontpkg_noto_sans_tamil",
}
FONTS = json.dumps(["Libertinus Serif", *PACKAGES])
FOREIGN, RUN = re.compile(r"[^\x00-\x7f]"), re.compile(r"[^\x00-\x7f]+")
NOT_LATIN = re.compile(r"[^\x00-\u024f\u2010-\u2026]")
MARK = "\N{REPLACEMENT CHARACTER}"
MOST = 300  # characters that are checked one by one; scripts with more are not in the fonts


@cache
def setter() -> typst.Compiler:
    """Typst without the fonts of the machine, so that every machine sets the same page."""
    paths = [str(files(package) / "files") for package in PACKAGES.values()]
    return typst.Compiler(font_paths=typst.Fonts(include_system_fonts=False, font_paths=paths))


def picture(svg: str) -> bytes:
    """A drawing as PNG, for files that hold no SVG."""
    drawn = setter().compile(DRAWING, format="png", ppi=SHARP, sys_inputs={"svg": drawable(svg)})
    assert isinstance(drawn, bytes)
    return drawn


def drawable(text: str) -> str:
    """Text with a mark in place of every character that the fonts do not have or cannot join."""
    characters = sorted(set(FOREIGN.findall(text)))
    lost = {*_undrawn(characters[:MOST]), *characters[MOST:]}
    kept = "".join(MARK if character in lost else character for character in text)
    broken = set(_undrawn(sorted(set(RUN.findall(kept)))))  # the fonts have these, but cannot join
    return RUN.sub(lambda run: MARK * len(run[0]) if run[0] in broken else run[0], kept)


def plain(text: str) -> str:
    """Text with a mark in place of every character that is not Latin."""
    return NOT_LATIN.sub(MARK, text)


def _undrawn(texts: Sequence[str]) -> list[str]:
    """Those of some texts that cannot be set, found by halving."""
    if not texts or _is_drawn(" ".join(texts)):
        return []
    if len(texts) == 1:
        return list(texts)
    half = len(texts) // 2
    return _undrawn(texts[:half]) + _undrawn(texts[half:])


def _is_drawn(text: str) -> bool:
    """Whether a page with this text can be set: PDF/UA allows no empty boxes for characters."""
    try:
        setter().compile(
            PROBE,
            format="pdf",
            pdf_standards=["ua-1"],
            sys_inputs={"letters": text, "fonts": FONTS},
        )
    except typst.TypstError:
        return False
    return True
