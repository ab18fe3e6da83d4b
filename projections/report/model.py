"""What the report says, as plain values: no names of people, nothing that is not on the log."""

from __future__ import annotations

from datetime import datetime

from ehsg_events.kernel import Frozen
from projections.access.agencies import Party
from projections.report.of_the_guide import Chapter


class Voice(Frozen):
    """Words, the agency they came from, and where they are from and of when, if that was said."""

    agency: str
    words: str
    source: str | None = None
    beside: str | None = None


class Box(Frozen):
    """What was said under one of the guide's headings."""

    label: str
    voices: tuple[Voice, ...]


class Spread(Frozen):
    """How many people stood on each level, of a descriptor whose figures may be shown.

    `run` are the lowest and the highest score given, `ran` the same in words. `apart` is how far the
    answers lie from their middle, on average.
    """

    levels: tuple[str, ...]
    people: tuple[int, ...]
    run: tuple[int, int]
    ran: str
    apart: float


class Act(Frozen):
    """What is to be done, by whom and by when, and how it stands; it is never anybody's answer.

    It is `whole` when it has an owner and a day.
    """

    words: str
    owner: str
    due: str
    stands: str
    whole: bool = False
    ended: bool = False


class Traced(Frozen):
    """Where an outcome is on the log: the rounds that asked, the day, and the number of its fact.

    `position` is blank while it is not told.
    """

    rounds: str
    day: str
    position: str


class Entry(Frozen):
    """One item: the score that stands if it is a descriptor, and everything beside it.

    `covered` says that it is a no beside the yes of an alternative, and no weakness: it then has
    no outcome. `marks` are the levels of its scale as an axis shows them.
    """

    item: str
    title: str
    statement: str
    score: str | None = None
    mark: str | None = None
    outcome: int | None = None
    covered: bool = False
    ends: tuple[int, int] | None = None
    marks: tuple[str, ...] = ()
    asked: str | None = None
    traced: Traced | None = None
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


class Annex(Frozen):
    """What stands beside the questions: a text of the guide, or what the area filled in."""

    title: str
    lines: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


class Attached(Frozen):
    """Evidence for the assessment as a whole, as it may be printed."""

    what: str
    words: str
    source: str
    day: str
    file: str


class Means(Frozen):
    """A section in one line: how many of its descriptors have a score, and how those lie.

    `mean` and `before` are none where levels are words, which have no mean.
    """

    section: str
    scored: str
    mean: str | None
    before: str | None
    low: str
    high: str


class Named(Frozen):
    """A descriptor that stands out, and its score or how far its answers ran."""

    title: str
    told: str


class Todo(Frozen):
    """What is to be done about a descriptor: one of those chosen, or with an action that stands.

    `agreed` is false of one that was chosen and has no action.
    """

    item: str
    title: str
    words: str
    owner: str
    due: str
    agreed: bool = True


class Overview(Frozen):
    """Where the area stands, for whoever reads one page.

    The numbers say how many more there are than those named; `apart_of` among how many those lie
    widest apart, where not all answers are shown.
    """

    sentences: tuple[str, ...]
    means: tuple[Means, ...]
    strongest: tuple[Named, ...]
    strongest_more: str | None
    weakest: tuple[Named, ...]
    weakest_more: str | None
    apart: tuple[Named, ...]
    apart_of: str | None
    todo: tuple[Todo, ...]


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
    position: int | None
    ledger: str | None  # its key; none where there was no ledger yet
    at: datetime
    recorded: str
    signed: str | None
    overview: Overview
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
    annexes: tuple[Annex, ...] = ()
    attached: tuple[Attached, ...] = ()
    of_the_guide: tuple[Chapter, ...] = ()
