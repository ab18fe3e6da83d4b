"""Who is on the panel already, as a file of people is compared with them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ehsg_events.panel.agency_names import folded

LEFT = (
    "{who}: on the panel already, and left as {they} there. What differs is corrected one by one."
)


class OnPanel(NamedTuple):
    """Somebody on the panel; no name where it cannot be read any more."""

    name: str | None
    agency: str
    slack: str | None = None
    released: bool = False
    forgotten: bool = False


def same_name(one: str | None, other: str) -> bool:
    """Whether two names differ in nothing but spaces and capitals."""
    return one is not None and one.casefold().split() == other.casefold().split()


def found_by_name(there: Mapping[str, OnPanel], name: str, agency: str) -> str | None:
    """The pseudonym of somebody of this name and agency, if exactly one is on the panel."""
    found = [
        person
        for person, known in there.items()
        if same_name(known.name, name) and folded(known.agency) == folded(agency)
    ]
    return found[0] if len(found) == 1 else None


def wrong_id(there: Mapping[str, OnPanel], person: str, name: str) -> str | None:
    """What is wrong with an id in a file that is on the panel; none if it is this person's."""
    known = there.get(person)
    if known is None or same_name(known.name, name):
        return None
    if known.forgotten:
        return f"{person} was forgotten, and is nobody any more. Give another id"
    return f"{person} is somebody else on the panel. Give another id, or correct the name there"


def say_left(left: list[str]) -> str:
    """Who of a file was on the panel already, in a sentence."""
    they = "they are" if len(left) > 1 else "it is"
    return LEFT.format(who=", ".join(left), they=they)
