"""Where sealed texts stand in a fact: each in a field, named by its way through the fact."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple
from uuid import UUID

from pydantic import BaseModel

from ehsg_events.kernel import Words


class Place(NamedTuple):
    """Where a sealed text stands: in the fact of a version of its stream, in one of its fields."""

    version: int
    field: str


def texts_in(held: Any, field: str = "") -> Iterator[tuple[str, Words]]:
    """All words in a fact, each with its field, such as `backup.name` or `rows.0.1.words`."""
    match held:
        case Words():
            yield field, held
        case BaseModel():
            for name in type(held).model_fields:
                yield from texts_in(getattr(held, name), f"{field}.{name}".lstrip("."))
        case tuple():
            for number, one in enumerate(held):
                yield from texts_in(one, f"{field}.{number}")


def text_at(state: bytes, field: str) -> UUID | None:
    """The id of the sealed text in a field of a fact as it is stored; none when there is none."""
    try:
        found = json.loads(state)["fact"]
        for step in field.split("."):
            found = found[int(step) if isinstance(found, list) else step]
        return UUID(found["id"])
    except (ValueError, LookupError, TypeError, AttributeError):
        return None
