"""How a fact is written: plain JSON with its stamp and address beside it, so that SQL can read it."""

from __future__ import annotations

import json
from uuid import UUID

from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import JSONTranscoder, Mapper, StoredEvent

from ehsg_events import events  # noqa: F401 - importing it registers every topic
from ehsg_events.kernel import TOPICS, Recorded, Stamp, Stream

ADDRESS = ("round", "stakeholder", "item", "message")
STAMP = tuple(Stamp.model_fields)


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
        """Read one recorded fact at its position in the log."""
        state = json.loads(stored.state)
        address = {name: state[name] for name in ADDRESS if name in state}
        return Recorded(
            stream=Stream(
                kind=stored.topic.partition(".")[0],  # type: ignore[arg-type]
                assessment=UUID(state["assessment"]),
                **address,
            ),
            version=stored.originator_version,
            stamp=Stamp.model_validate({name: state[name] for name in STAMP if name in state}),
            fact=TOPICS[stored.topic].model_validate_json(json.dumps(state["fact"])),
            position=position,
        )
