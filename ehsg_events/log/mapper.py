"""How a fact is written: plain JSON with its stamp and address beside it, so that SQL can read it."""

from __future__ import annotations

import json
import logging
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import JSONTranscoder, Mapper, StoredEvent
from pydantic import ValidationError, create_model

from ehsg_events import events  # noqa: F401 - importing it registers every topic
from ehsg_events.kernel import TOPICS, Frozen, Recorded, Refused, Stamp, Stream, StreamKind

ADDRESS = tuple(name for name in Stream.model_fields if name != "kind")
STAMP = tuple(Stamp.model_fields)
ADDRESSED = {"kind", *ADDRESS}
BESIDE = frozenset({"fact", *ADDRESS, *STAMP})
STAMPED = set(STAMP)  # what is set of a stamp: one set for all of them, which would hold most of it
STREAMS = 8192  # addresses kept with their ids
NEWER = (
    "{place} holds {what}, which this version does not know. Install the version that "
    "wrote it, or a newer one."
)
ALTERED = (
    "{place} holds a {topic} that cannot be read, so the log was altered. Restore it from your "
    "backup."
)


logger = logging.getLogger("ehsg.log")
_logged: set[str] = set()


class UnreadableFact(Refused):
    """A fact that this version cannot read; the sentence holds nothing that anybody typed."""


class PlainMapper(Mapper[UUID]):
    """Writes and reads facts for the library."""

    def __init__(self) -> None:
        super().__init__(JSONTranscoder())

    def to_stored_event(self, domain_event: DomainEventProtocol[UUID]) -> StoredEvent:
        """Write one recorded fact."""
        assert isinstance(domain_event, Recorded)
        stream = domain_event.stream.model_dump(mode="json", exclude_none=True, exclude={"kind"})
        stamp = domain_event.stamp.model_dump(mode="json", exclude_none=True)
        fact = domain_event.fact.model_dump(mode="json")
        state = json.dumps({**stream, **stamp, "fact": fact}, ensure_ascii=False).encode()
        return StoredEvent(
            domain_event.originator_id, domain_event.version, domain_event.fact.TOPIC, state
        )

    def to_domain_event(self, stored_event: StoredEvent) -> Recorded:
        """Read one recorded fact."""
        return self.read(stored_event, 0)

    def read(self, stored: StoredEvent, position: int) -> Recorded:
        """Read one recorded fact at its position in the log.

        Raises:
            Refused: a newer version wrote it, or it was altered.
        """
        try:
            return _read(stored, position)
        except (KeyError, ValueError, TypeError) as mistake:  # also pydantic's and JSON's
            refusal = _refusal(stored, position, mistake)
            _log_once(refusal)
            raise refusal from mistake


def _refusal(stored: StoredEvent, position: int, mistake: Exception) -> UnreadableFact:
    try:
        refuse_if_newer(stored.topic, stored.state, position, mistake)
    except UnreadableFact as newer:
        return newer
    return UnreadableFact(ALTERED.format(place=_place(position), topic=stored.topic))


def _read(stored: StoredEvent, position: int) -> Recorded:
    whole = _stored(stored.topic).model_validate_json(stored.state)
    kind: StreamKind = stored.topic.partition(".")[0]  # type: ignore[assignment]
    return Recorded(
        stream=_stream(kind, *(getattr(whole, name) for name in ADDRESS)),
        version=stored.originator_version,
        stamp=Stamp.model_construct(STAMPED, **{name: getattr(whole, name) for name in STAMP}),
        fact=whole.fact,
        position=position,
    )


@cache
def _stored(topic: str) -> type[Any]:
    """What is stored of a fact, validated at once: it, its stream's address, its stamp, no more."""
    beside = {**Stream.model_fields, **Stamp.model_fields}
    fields: dict[str, Any] = {
        name: (field.rebuild_annotation(), ... if field.is_required() else field.default)
        for name, field in beside.items()
        if name != "kind"
    }
    return create_model(topic, __base__=Frozen, **fields, fact=(TOPICS[topic], ...))


@lru_cache(STREAMS)
def _stream(kind: StreamKind, *address: Any) -> Stream:
    """The stream with an address: one for all its facts, which asks for its id once."""
    return Stream.model_construct(ADDRESSED, kind=kind, **dict(zip(ADDRESS, address, strict=True)))


def refuse_if_newer(
    topic: str, state: bytes | None = None, position: int = 0, mistake: Exception | None = None
) -> None:
    """Refuse a fact that only a newer version of the product knows.

    Args:
        state: the fact as it is stored, if its fields are to be looked at, too.
        mistake: what came of reading it; it knows of fields that are nested more deeply.
    """
    if topic not in TOPICS:
        raise UnreadableFact(NEWER.format(place=_place(position), what=topic))
    unknown = [*_unknown(topic, state), *_forbidden(mistake)]
    if unknown:
        what = f"the field {unknown[0]} of {topic}"
        raise UnreadableFact(NEWER.format(place=_place(position), what=what))


def _log_once(refusal: UnreadableFact) -> None:
    """Tell whoever runs a server: its pages tell nobody what failed."""
    if str(refusal) not in _logged:
        _logged.add(str(refusal))
        logger.error("%s", refusal)


def _unknown(topic: str, state: bytes | None) -> list[str]:
    """The fields of a stored fact, and those beside it, that this version does not know."""
    try:
        whole: Any = json.loads(state or b"{}")
        fact = whole.get("fact", {})
        return sorted((whole.keys() - BESIDE) | (fact.keys() - TOPICS[topic].model_fields.keys()))
    except (
        ValueError,
        AttributeError,
        RecursionError,
    ):  # not JSON, or no object: that is told where it is read
        return []


def _forbidden(mistake: Exception | None) -> list[str]:
    if not isinstance(mistake, ValidationError):
        return []
    extra = (error["loc"] for error in mistake.errors() if error["type"] == "extra_forbidden")
    return [".".join(map(str, loc[1:] if loc[0] == "fact" else loc)) for loc in extra]


def _place(position: int) -> str:
    return f"Position {position} of the log" if position else "The log"
