"""The address of a fact, and the guide's own words for what the fact is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ehsg_events.states.interview import ANSWER_FIELD, PRIORITIES, REASON_FIELD
from guides.model import Guide, Item


@dataclass(frozen=True)
class FactContext:
    """What a sentence about a fact needs beside it: guide, zone, who acted, the fact's address."""

    guide: Guide
    zone: str
    by: str
    round: int | None = None
    stakeholder: str | None = None
    item: str | None = None
    peer_of: str | None = None

    @property
    def person(self) -> str:
        """Whose interview it is, where they are a peer from, and who typed it in their place."""
        own = self.stakeholder or self.by
        typed = f"typed on their behalf by {self.by}" if own != self.by else ""
        peer = f"a peer from {self.peer_of}" if self.peer_of else ""
        details = ", ".join(part for part in (peer, typed) if part)
        return f"{own} ({details})" if details else own

    @property
    def about(self) -> str:
        """The item with its name."""
        return "an item" if self.item is None else named(self.guide, self.item)


def named(guide: Guide, item: str) -> str:
    """An item's id with its short name; without one, its place and how its question begins."""
    if item == PRIORITIES:
        return "what to work on first"
    return called(guide.items[item])


def covered_words(guide: Guide, by: str | None) -> str | None:
    """Why an item is no weakness: an alternative to it is in place."""
    return f"not needed: {named(guide, by)} is enough" if by else None


def listed(items: Sequence[str]) -> str:
    """Item ids in a row."""
    return ", ".join(items) or "nothing"


def level_words(guide: Guide, item: str, value: str) -> str:
    """A level of an item's scale with its words."""
    level = next(level for level in guide.scale_of(item).levels if level.value == value)
    return f"{value} ({level.label})" if value == str(level.score) else level.label


def field_label(guide: Guide, item: str, field: str) -> str:
    """The label of a box for words."""
    boxes = (*guide.section_of(item).fields, ANSWER_FIELD, REASON_FIELD)
    return next(box.label for box in boxes if box.id == field)


def how_settled(*, moderated: bool) -> str:
    """How an outcome came about, the same on every page and in every report."""
    return "settled in moderation" if moderated else "adopted by rule"


def called(item: Item) -> str:
    """An item by its id and its short name; without one, by its place and how its question begins.

    An id such as `families-1` is said as a person would say it.
    """
    if item.label:
        return f"{item.id} {item.label}"
    return f"{numbered(item.id)} {beginning(item.statement)}".strip()


def numbered(item: str) -> str:
    """An id in plain words: `families-1` is Families 1."""
    words = item.replace("-", " ")
    return words[:1].upper() + words[1:]


def beginning(statement: str, most: int = 60) -> str:
    """How a question begins, cut between words and marked where it goes on."""
    line = " ".join(statement.split())
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0].rstrip(",:;") + " …"
