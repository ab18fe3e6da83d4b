"""A document as DOCX: real headings, lists and tables, so that Word's own tools can read it aloud."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, assert_never
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt, RGBColor

from projections.documents.model import (
    RECORD,
    Block,
    Bullets,
    Document,
    Heading,
    Pair,
    Pairs,
    Plot,
    Prose,
    Table,
    Words,
    direction,
)
from projections.documents.typesetting import picture

if TYPE_CHECKING:
    from docx.document import Document as File
    from docx.oxml.table import CT_Tbl
    from docx.text.paragraph import Paragraph

WIDE, MARGIN, TALL = Cm(16.6), Cm(2.2), Cm(29.7)  # of a page of A4: its text, margins and height
SMALL = Pt(9)  # the text of a table
STYLES = ("Title", "Subtitle", "Caption", "Heading 1", "Heading 2", "Heading 3")
BLACK = RGBColor(0, 0, 0)
BEGINNING = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip file can hold


def write(document: Document) -> bytes:
    """A document as DOCX; the same values give the same bytes."""
    file = docx.Document()
    _identify(file, document)
    _lay_out(file)
    file.add_heading(document.title, level=0)
    file.add_paragraph(document.subtitle, style="Subtitle")
    if document.state:
        file.add_paragraph().add_run(document.state).bold = True
    for block in document.blocks:
        _add(file, block)
    if document.record:
        file.add_heading(RECORD, level=1)
        _add_pairs(file, document.record)
    return packed(file)


def _identify(file: File, document: Document) -> None:
    core = file.core_properties
    core.title, core.language = document.title, document.language
    core.author = core.last_modified_by = core.comments = ""
    core.created = core.modified = document.at.replace(tzinfo=None)
    defaults = file.styles.element.find(qn("w:docDefaults"))
    spoken = next(defaults.iter(qn("w:lang")))
    right_to_left = direction(document.language) == "rtl"
    spoken.set(qn("w:bidi" if right_to_left else "w:val"), document.language)
    if right_to_left:
        next(defaults.iter(qn("w:pPr"))).insert(0, OxmlElement("w:bidi"))


def _lay_out(file: File) -> None:
    """Set A4, and black headings: the template's pale blue has too little contrast."""
    page = file.sections[0]
    page.page_width, page.page_height = Length(WIDE + 2 * MARGIN), TALL
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = MARGIN
    file.styles["Table Grid"].font.size = SMALL
    for style in file.styles:
        if style.name in STYLES:
            style.font.color.rgb = BLACK


def _add(file: File, block: Block) -> None:
    match block:
        case Heading():
            file.add_heading(block.text, level=block.level - 1)
        case Prose() | Words():
            _say(file.add_paragraph(), block)
        case Bullets():
            _add_bullets(file, block)
        case Pairs():
            _add_pairs(file, block.rows)
        case Table():
            _add_table(file, block)
        case Plot():
            _add_plot(file, block)
        case _:
            assert_never(block)


def _say(paragraph: Paragraph, words: Prose | Words) -> None:
    paragraph.add_run(words.text)
    if isinstance(words, Words) and words.whose:
        paragraph.add_run(f" ({words.whose})")


def _add_bullets(file: File, block: Bullets) -> None:
    number = _numbered_anew(file) if block.ordered else None
    for row in block.rows:
        paragraph = file.add_paragraph(style="List Number" if block.ordered else "List Bullet")
        if number is not None:
            numbering = file.element.body.p_lst[-1].get_or_add_pPr().get_or_add_numPr()
            numbering.get_or_add_numId().val = number
        _say(paragraph, row)


def _numbered_anew(file: File) -> int:
    """A numbering that begins at 1; otherwise a list would go on from the list before it."""
    numbering = file.part.numbering_part.element
    style = file.styles["List Number"].element
    number = numbering.num_having_numId(style.pPr.numPr.numId.val)
    anew = numbering.add_num(number.abstractNumId.val)
    anew.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(anew.numId)


def _add_pairs(file: File, rows: tuple[Pair, ...]) -> None:
    for row in rows:
        paragraph = file.add_paragraph()
        paragraph.add_run(f"{row.term}: ").bold = True
        _say(paragraph, row.told)


def _add_table(file: File, block: Table) -> None:
    caption = file.add_paragraph(block.caption, style="Caption")
    caption.paragraph_format.keep_with_next = True
    table = file.add_table(rows=0, cols=len(block.head), style="Table Grid")
    widths = [Length(WIDE * width // sum(block.widths)) for width in block.widths]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in (block.head, *block.rows):
        for number, (cell, text) in enumerate(zip(table.add_row().cells, row, strict=True)):
            cell.paragraphs[0].add_run(text).bold = number == 0 or row is block.head
            cell.width = widths[number]
    _describe(file.element.body.tbl_lst[-1], block.caption)


def _describe(table: CT_Tbl, caption: str) -> None:
    """Mark the row of headings and the caption, for the tools of readers who cannot see them."""
    table.tr_lst[0].get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in table.tr_lst:
        row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    named = OxmlElement("w:tblCaption")
    named.set(qn("w:val"), caption)
    table.tblPr.append(named)


def _add_plot(file: File, block: Plot) -> None:
    file.add_picture(BytesIO(picture(block.svg)), width=WIDE)
    next(file.element.body.p_lst[-1].iter(qn("wp:docPr"))).set("descr", block.alt)
    file.paragraphs[-1].paragraph_format.keep_with_next = True
    file.add_paragraph(block.caption, style="Caption")


def packed(file: File) -> bytes:
    """The file's bytes, with none of the times that saving puts on its parts."""
    saved, packed = BytesIO(), BytesIO()
    file.save(saved)
    with ZipFile(saved) as source, ZipFile(packed, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(ZipInfo(name, BEGINNING), source.read(name), ZIP_DEFLATED)
    return packed.getvalue()
