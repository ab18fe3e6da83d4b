"""Where a way out, or what is to be done next, leads on these pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import urlencode

from bots.web.desk.operations.offered import OFFERED, page_of
from ehsg_events.kernel import Way

LOOKS = {  # what is no operation, or has a page of its own, by the page that shows it
    "panel": "people",
    "panel list": "people",
    "hand-on list": "people",
    "waiting": "board",
    "round status": "round",
    "rehearse": "rehearsal",
    "workshop status": "workshop",
    "actions": "finish",
    "coordinator list": "settings",
    "reader list": "settings",
    "retention list": "settings",
    "doctor": "settings",
    "subject-access": "copy",
    "local list": "local",
    "moderate": "settle",
    "policy show": "rules",
    "progress": "board",
    "results": "results",
    "trail": "trail",
    "verify": "altered",
    "ledger sign": "altered",
    "nudges": "nudges",
    "what-if": "what-if",
    "bounds": "bounds",
    "disagreement": "board",
    "evidence list": "evidence",
    "evidence check": "evidence",
    "evidence file": "evidence",
    "participation": "participation",
    "years": "years",
    "change": "change",
    "compare": "compare",
    "letters write": "letters",
    "letters preview": "letters",
    "guide list": "guides",
    "guide show": "guide",
    "guide diff": "guide",
    "guide check": "guide-publish",
    "guide preview": "guide-publish",
    "guide publish": "guide-publish",
    "why": "why",
    "assessment list": "assessments",
    "local form": "downloads",
    "report": "downloads",
    "pack": "downloads",
    "submission export": "downloads",
}


class To(NamedTuple):
    """A page that is led to, and what is done there."""

    href: str
    does: str


def leads(ways: Iterable[Way]) -> Iterator[To]:
    """The pages where something can be done instead, or next; none for what has no page."""
    for way in ways:
        page = page_of(way.to) if way.to in OFFERED else LOOKS.get(way.to)
        if page:
            does = f"{way.does[:1].upper()}{way.does[1:]}"
            yield To(f"{page}?{urlencode(way.given)}" if way.given else page, does)
