"""How somebody's address and what else is known of them is replaced. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from ehsg_events.events import (
    ContactChanged,
    CoordinatorNamed,
    ReaderNamed,
    StakeholderAdded,
    StakeholderCorrected,
)
from ehsg_events.kernel import Surface, Words

Panel = Mapping[str, StakeholderAdded]
Named = TypeVar("Named", CoordinatorNamed, ReaderNamed)
FIELDS: dict[Surface, str] = {"slack": "slack", "mail": "email"}  # in which an address stands


def corrected(panel: Panel, fact: StakeholderCorrected) -> Panel:
    """The panel with somebody as they are known now.

    Whoever is reached by nothing any more has no Slack id either: before there was a word for an
    address that is nobody's, that was how it was said.
    """
    given = {
        name: value
        for name in fact.model_fields_set - {"corrected", "left"}
        if (value := getattr(fact, name)) is not None
    }
    left = _without(fact.left) | ({"slack": None} if fact.reached_by == "web" else {})
    member = panel[fact.corrected].model_copy(update={**given, **left})
    return {**panel, fact.corrected: member}


def changed(named: Mapping[str, Named], fact: ContactChanged) -> Mapping[str, Named]:
    """The coordinators or the readers, one of them with the addresses they have now."""
    before = named.get(fact.contact_of)
    if before is None:
        return named
    given: dict[str, Words | None] = {
        name: words
        for name in ("slack", "email")
        if name in type(before).model_fields and (words := getattr(fact, name)) is not None
    }
    after = before.model_copy(update=given | _without(fact.left))
    return {**named, fact.contact_of: after}


def _without(left: tuple[Surface, ...]) -> dict[str, Words | None]:
    return {FIELDS[surface]: None for surface in left}
