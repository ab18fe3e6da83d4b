"""What a guide says beside its questions: how long they take, what good is like, what is enough."""

from __future__ import annotations

from guides.model import Guide, Item

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
