"""What the report says, as plain values: no names of people, nothing that is not on the log."""

from __future__ import annotations

from ehsg_events.kernel import Frozen


class Voice(Frozen):
    """Words, and the agency they came from."""

    agency: str
    words: str


class Box(Frozen):
    """What was said under one of the guide's headings."""

    label: str
    voices: tuple[Voice, ...]


class Entry(Frozen):
    """One item: the score that stands if it is a descriptor, and everything beside it."""

    item: str
    title: str
    statement: str
    score: str | None
    how: str | None
    because: str | None
    sentence: str | None
    peers: tuple[str, ...]
    boxes: tuple[Box, ...]
    dissent: tuple[Voice, ...]


class Part(Frozen):
    """A section of the guide."""

    title: str
    entries: tuple[Entry, ...]


class Party(Frozen):
    """How many people of an agency were invited and answered."""

    agency: str
    invited: str
    answered: str


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


class Report(Frozen):
    """Everything the page says, as plain values."""

    language: str
    area: str
    guide_title: str
    guide: str
    digest: str
    licence: str
    wording: str | None
    scale_note: str | None
    rule: str
    position: int
    recorded: str
    signed: str | None
    parts: tuple[Part, ...]
    parties: tuple[Party, ...]
    priorities: tuple[str, ...]
    named_first: tuple[str, ...]
    data_model: str | None
    warnings: tuple[str, ...]
    permissions: tuple[Permit, ...]
    thresholds_title: str | None
    thresholds_status: str | None
    thresholds_rule: str | None
    thresholds: tuple[Criterion, ...]
