"""What a machine can check of PDF/UA-1 in a file, besides what the package `pdfua` checks.

Identified as PDF/UA-1, tagged, in a language, with its title shown; one H1 and no level skipped;
figures described; headings of columns and rows with their scope; fonts embedded, with a way back to
letters; everything on a page marked as content or as artifact; the order of tabs that of reading.
Not: whether the tags and descriptions are right, nor colours, widths of glyphs and colour spaces.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

PAINTS = {"Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Do", "sh"}
UA = "{http://www.aiim.org/pdfua/ns/id/}part"


def faults(content: bytes) -> list[str]:
    """Everything that is wrong with a PDF, in the order of the list above."""
    with pikepdf.open(BytesIO(content)) as pdf:
        return [*_whole(pdf), *_structure(pdf), *_fonts(pdf), *_pages(pdf)]


def elements(pdf: Pdf) -> Iterator[Dictionary]:
    """The elements of the structure tree in the order they are read."""
    yield from _below(pdf.Root.StructTreeRoot)


def _below(element: Any) -> Iterator[Any]:
    below = element.get("/K", [])
    for one in below if isinstance(below, Array) else [below]:
        if isinstance(one, Dictionary) and "/S" in one:
            yield one
            yield from _below(one)


def _whole(pdf: Pdf) -> Iterator[str]:
    root = pdf.Root
    with pdf.open_metadata() as xmp:
        if xmp.get(UA) != "1":
            yield "not identified as PDF/UA-1"
        if not xmp.get("dc:title"):
            yield "no title"
    if not root.get("/MarkInfo", Dictionary()).get("/Marked", False):
        yield "not marked"
    if not str(root.get("/Lang", "")):
        yield "no language"
    if not root.get("/ViewerPreferences", Dictionary()).get("/DisplayDocTitle", False):
        yield "the title is not shown"


def _structure(pdf: Pdf) -> Iterator[str]:
    found = list(elements(pdf))
    levels = [int(str(one.S)[2:]) for one in found if str(one.S)[:2] == "/H" and str(one.S)[2:]]
    if levels[:1] != [1] or levels.count(1) != 1:
        yield "not one H1 at the beginning"
    if any(after > before + 1 for before, after in pairwise(levels)):
        yield "a level of headings is skipped"
    for one in found:
        if str(one.S) == "/Figure" and not str(one.get("/Alt", "")):
            yield "a figure without description"
        if one.S == Name.TH and not any("/Scope" in owned for owned in _attributes(one)):
            yield "a heading of a table without scope"
        if one.S == Name.TR and one.K[0].S != Name.TH:
            yield "a row without heading"


def _attributes(element: Any) -> list[Any]:
    found = element.get("/A", [])
    return list(found) if isinstance(found, Array) else [found]


def _fonts(pdf: Pdf) -> Iterator[str]:
    for page in pdf.pages:
        for font in page.get("/Resources", Dictionary()).get("/Font", Dictionary()).values():
            inner: Any = font.DescendantFonts[0] if "/DescendantFonts" in font else font
            if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(inner.FontDescriptor.keys()):
                yield f"{font.BaseFont} is not embedded"
            if "/ToUnicode" not in font:
                yield f"{font.BaseFont} does not lead back to letters"


def _pages(pdf: Pdf) -> Iterator[str]:
    for number, page in enumerate(pdf.pages, start=1):
        if page.get("/Tabs") != Name.S:
            yield f"page {number}: tabs are not in the order of reading"
        depth = 0
        for instruction in pikepdf.parse_content_stream(page):
            operator = str(instruction.operator)
            depth += (operator in ("BDC", "BMC")) - (operator == "EMC")
            if operator in PAINTS and not depth:
                yield f"page {number}: {operator} is neither content nor artifact"
