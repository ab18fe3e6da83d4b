"""What the report says, as plain values: no names of people, nothing that is not on the log."""

from __future__ import annotations

from datetime import datetime

from ehsg_events.kernel import Frozen
from projections.access.agencies import Party
from projections.report.of_the_guide import Chapter


class Voice(Frozen):
    """Words, and the agency they came from."""

    agency: str
    words: str


class Box(Frozen):
    """What was said under one of the guide's headings."""

    label: str
    voices: tuple[Voice, ...]


class Spread(Frozen):
    """How many people stood on each level, of a descriptor whose figures may be shown."""

    levels: tuple[str, ...]
    people: tuple[int, ...]
    run: tuple[int, int]


class Act(Frozen):
    """What is to be done, by whom and by when, and how it stands; it is never anybody's answer."""

    words: str
    owner: str
    due: str
    stands: str


class Entry(Frozen):
    """One item: the score that stands if it is a descriptor, and everything beside it.

    `covered` says that it is a no beside the yes of an alternative, and no weakness: it then has
    neither an outcome nor a place on the scale.
    """

    item: str
    title: str
    statement: str
    score: str | None = None
    outcome: int | None = None
    covered: bool = False
    ends: tuple[int, int] | None = None
    spread: Spread | None = None
    how: str | None = None
    because: str | None = None
    sentence: str | None = None
    peers: tuple[str, ...] = ()
    boxes: tuple[Box, ...] = ()
    dissent: tuple[Voice, ...] = ()
    actions: tuple[Act, ...] = ()


class Part(Frozen):
    """A section of the guide."""

    title: str
    entries: tuple[Entry, ...]


class Permit(Frozen):
    """One of the guide's questions on sharing, and its answer: blank is never yes."""

    text: str
    answer: str


class Criterion(Frozen):
    """A minimum score, and whether the outcome reaches it."""

    title: str
    minimum: str
    score: str
    met: str


class Since(Frozen):
    """One descriptor against an earlier year: its score then and now, and how they compare."""

    item: str
    title: str
    before: str
    now: str
    change: str
    outcome: int | None


class Trend(Frozen):
    """The year before, as far as it is on the log; `comparable` when its guide was the same."""

    year: int
    guide: str
    comparable: bool
    rows: tuple[Since, ...]


class Report(Frozen):
    """Everything the page says, as plain values."""

    language: str
    area: str
    subject: str
    guide_title: str
    guide: str
    digest: str
    licence: str
    wording: str | None
    scale_note: str | None
    rule: str
    assessment: str
    position: int
    at: datetime
    recorded: str
    signed: str | None
    parts: tuple[Part, ...]
    parties: tuple[Party, ...]
    priorities: tuple[str, ...]
    named_first: tuple[str, ...]
    data_model: str | None
    warnings: tuple[str, ...]
    permissions: tuple[Permit, ...]
    trend: Trend | None
    thresholds_title: str | None
    thresholds_status: str | None
    thresholds_rule: str | None
    thresholds: tuple[Criterion, ...]
    of_the_guide: tuple[Chapter, ...] = ()
