"""What a guide says beside its questions: how long they take, what good is like, what is enough."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from guides.model import Guide, Item, Scale

MINUTES = 2.5  # to read, to weigh, and to write a few lines


def minutes_of(guide: Guide, item: str) -> float:
    """About how long an item takes: as its scale says, or else what the guide says of its kind."""
    asked = guide.items[item]
    own = next((scale.minutes for scale in guide.scales if scale.id == asked.scale), None)
    return own or guide.topic.minutes.get(asked.kind, MINUTES)


def vision_of(guide: Guide, item: str) -> tuple[str, ...]:
    """What good looks like in the section that an item stands in."""
    title = guide.section_of(item).title
    return tuple(v for part in guide.vision if part.section == title for v in part.statements)


def alternatives_to(guide: Guide, item: str) -> tuple[Item, ...]:
    """The other asked items of an item's group, of which one is enough."""
    group = guide.items[item].alternative_group
    return tuple(
        other
        for name, other in guide.items.items()
        if group is not None and name != item and other.alternative_group == group
    )


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


class Alternative(NamedTuple):
    """A descriptor, and another that makes up for it: a no beside its yes is no weakness.

    `below` and `enough` are the lowest scores of the two that are nearer to a yes than to a no.
    """

    item: str
    below: int
    other: str
    enough: int


def alternatives(guide: Guide) -> Iterator[Alternative]:
    """Every descriptor of a group with every other of it, in the guide's order."""
    for item in guide.descriptors:
        for other in alternatives_to(guide, item):
            if other.id in guide.descriptors:
                below, enough = (_rather_yes(guide.scale_of(name)) for name in (item, other.id))
                yield Alternative(item, below, other.id, enough)


def _rather_yes(scale: Scale) -> int:
    return (scale.lowest + scale.highest) // 2 + 1
