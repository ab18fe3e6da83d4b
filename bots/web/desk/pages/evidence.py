"""Evidence: how much was written in closed rounds and what it lacks; of one item, all that was written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from bots.phrases.board import evidence_words
from bots.phrases.pages import evidence as phrases
from bots.web.desk.downloads.evidence import name_of
from bots.web.desk.hubs.hub import Link, Section, Table
from bots.web.desk.page import Asked, Drawn, Visitor
from bots.web.desk.pages.why import items_of
from ehsg_events.kernel import Refused
from ehsg_events.log.vault import instead
from projections.facts.view import View
from projections.figures.names import named
from projections.folded.notes import notes
from projections.folded.rounds import closed
from projections.history.evidence_files import Noted, endings, noted
from projections.results.evidence_quality import (
    SHORTCOMINGS,
    EvidenceQuality,
    Finding,
    Shortcoming,
    evidence_quality,
)

A_PAGE = 50  # notes
MOST_READ = 400  # notes that are read for one page; more take longer than anybody waits unasked
UNREAD = SHORTCOMINGS[:2]  # what shows without reading any
ALL = "all"


class Written(NamedTuple):
    """One note as it is shown: whose it is, its words or why there are none, and what it lacks."""

    by: str
    words: str | None
    instead: str
    beside: str
    lacks: tuple[str, ...]
    file: Link | None = None


def draw(view: View, visitor: Visitor, asked: Asked) -> Drawn:  # noqa: ARG001 - as every page
    """Every item with what its evidence lacks, or the one that was asked for.

    Raises:
        Refused: the guide has no such item, or there is no such page of its notes.
    """
    item, as_of = asked.get("item", ""), asked.get("as-of", "").strip()
    reads_all = bool(asked.get(ALL)) or len(notes(view)) <= MOST_READ
    if item:
        return _one(view, item, asked.get("page", "1"), as_of, reads_all=reads_all)
    quality = evidence_quality(view, None if reads_all else ())
    shown = SHORTCOMINGS if reads_all else UNREAD
    headings = (phrases.DESCRIPTOR, *(phrases.SHORT[name] for name in shown))
    sections = (
        Section(
            phrases.IN_SHORT,
            tuple(_in_short(view, quality)),
            links=_read_all(as_of, reads_all=reads_all),
        ),
        Section(
            phrases.EACH,
            () if reads_all else (phrases.MANY,),
            Table(phrases.EACH, headings, tuple(_rows(view, quality, shown, as_of))),
        ),
    )
    return _page(view, phrases.EVIDENCE, sections)


def _read_all(as_of: str, *, reads_all: bool) -> tuple[Link, ...]:
    """The way to the same page with every note read, where not all are."""
    given = {ALL: "yes"} | ({"as-of": as_of} if as_of else {})
    return () if reads_all else (Link(f"evidence?{urlencode(given)}", phrases.READ_ALL),)


def _page(  # what stands around it on both
    view: View, title: str, sections: Sequence[Section], item: str = "", **values: object
) -> Drawn:
    whole = {
        "title": title,
        "sections": [one for one in sections if one.lines or (one.table and one.table.rows)],
        "items": items_of(view),
        "item": item,
        "written": (),
    }
    return Drawn("evidence.html", {**whole, **values})


def _in_short(view: View, quality: EvidenceQuality) -> Iterator[str]:
    if not closed(view):
        yield phrases.NOTHING_CLOSED
        return
    yield phrases.how_many(quality.notes)
    for name in SHORTCOMINGS:
        if quality.found[name]:
            yield f"{phrases.found(quality.found[name], name)}."


def _rows(
    view: View, quality: EvidenceQuality, shown: Sequence[Shortcoming], as_of: str
) -> Iterator[tuple[str | Link, ...]]:
    """The items of whose evidence something is lacking, each with how often."""
    often = Counter((finding.item, finding.shortcoming) for finding in quality.findings)
    for item in dict.fromkeys(finding.item for finding in quality.findings):
        counts = (str(often[item, name]) for name in shown)
        yield (_to(item, named(view.guide, item), as_of), *counts)


def _to(item: str, label: str, as_of: str, page: int = 1) -> Link:
    given = {"item": item} | ({"page": str(page)} if page > 1 else {})
    return Link(f"evidence?{urlencode(given | ({'as-of': as_of} if as_of else {}))}", label)


# -- one item --------------------------------------------------------------------------------------
def _one(view: View, item: str, page: str, as_of: str, *, reads_all: bool) -> Drawn:
    many = sum(note.item == item for note in notes(view))
    number, pages = _leaf(many, page)
    here = noted(view, item, slice((number - 1) * A_PAGE, number * A_PAGE))
    quality, kinds = evidence_quality(view, None if reads_all else (item,)), endings(view)
    findings = [one for one in quality.findings if one.item == item]
    ways = [_to(item, phrases.EARLIER, as_of, number - 1)] if number > 1 else []
    ways += [_to(item, phrases.LATER, as_of, number + 1)] if number < pages else []
    sections = (
        Section(phrases.WITHOUT, tuple(_without(findings))),
        Section(phrases.WRITTEN, () if many else (phrases.NOTHING_WRITTEN,)),
    )
    drawn = _page(
        view,
        phrases.about(named(view.guide, item)),
        sections,
        item,
        written=[_written(note, findings, kinds) for note in here],
        ways=[*ways, Link(f"why?{urlencode({'item': item})}", phrases.WALK_BACK)],
    )
    whose = frozenset(note.stakeholder for note in here)
    return Drawn(drawn.template, drawn.values, whose, "evidence")


def _leaf(many: int, page: str) -> tuple[int, int]:
    """The number of a page of so many notes, and how many pages there are."""
    pages = max(1, -(-many // A_PAGE))
    if not page.isdecimal() or not 1 <= int(page[:9]) <= pages:
        raise Refused(phrases.no_page(page, pages))
    return int(page), pages


def _without(findings: Sequence[Finding]) -> Iterator[str]:
    """Who gave a high score without a word, in one line: there may be hundreds."""
    who = [
        f"{finding.stakeholder} ({finding.agency})"
        for finding in findings
        if finding.shortcoming == "no-evidence"
    ]
    if who:
        yield f"{', '.join(who)}."


def _written(note: Noted, findings: Sequence[Finding], kinds: Mapping[str, str]) -> Written:
    digest = note.evidence.sha256 or ""
    name = name_of(digest, kinds[digest]) if digest in kinds else None
    return Written(
        file=Link(f"download/{name}", phrases.FILE, name) if name else None,
        by=phrases.by(note.stakeholder, note.agency, note.round),
        words=note.words,
        instead=instead(note.lost, note.stakeholder),
        beside=evidence_words(note.evidence),
        lacks=tuple(
            dict.fromkeys(
                phrases.lacks(finding.shortcoming, finding.same_as)
                for finding in findings
                if finding.position == note.position
            )
        ),
    )
