"""What every stream shares: facts, their stamp, the stream's address, and refusals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC
from functools import cached_property
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Generic, Literal, NamedTuple
from uuid import UUID, uuid5

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict
from typing_extensions import TypeVar

S = TypeVar("S", default=Any)
# "anybody" has not said who they are, and acts for nobody
Role = Literal["stakeholder", "coordinator", "reader", "clock", "outbox", "anybody"]
Surface = Literal["slack", "mail", "web", "terminal", "command", "flow", "outbox"]
COORDINATOR = "coordinator"
StreamKind = Literal[
    "assessment",
    "round",
    "interview",
    "outcome",
    "message",
    "submission",
    "sign-in",
    "reading",
    "ledger",
]
Moment = Annotated[AwareDatetime, AfterValidator(lambda moment: moment.astimezone(UTC))]


class Way(NamedTuple):
    """A way out of a refusal, or what is to be done next; each surface says it in its own terms.

    `to` names an operation, or something to look at. `does` completes a sentence that begins with
    "To": "open the next round". `given` holds the inputs of the operation that are already known.
    """

    to: str
    does: str
    given: Mapping[str, str] = MappingProxyType({})


class Refused(Exception):
    """A rule said no: what is so and what was asked, in a sentence or two, and the ways out.

    Args:
        says: the sentences; they name no command, button or page.
        ways: what can be done instead.
        field: the input that is refused, if it is a single one.
    """

    def __init__(self, says: str, *ways: Way, field: str | None = None) -> None:
        super().__init__(says)
        self.ways, self.field = ways, field


class Frozen(BaseModel):
    """A value that is never changed and never holds a key nobody declared."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Fact(Frozen):
    """Something that happened. Each kind states its own topic, fixed for ever."""

    TOPIC: ClassVar[str]

    def __init_subclass__(cls, *, topic: str) -> None:
        super().__init_subclass__()
        if topic in TOPICS:
            raise TypeError(f"two facts share the topic {topic}")
        cls.TOPIC = topic
        TOPICS[topic] = cls


TOPICS: dict[str, type[Fact]] = {}


class Words(Frozen):
    """Stands in a fact for personal text: the sealed text's id and digest, and what binds it.

    A text is bound to the place in the fact that holds it first; one of an earlier release only to
    that fact's stream.
    """

    id: UUID
    sha256: str
    bound: Literal["stream", "fact"] = "stream"


class Stamp(Frozen):
    """Who acted, in which role, by which surface, when, and what caused it.

    `key` is the idempotency key of the cause: the same cause never makes two facts. `on_behalf_of`
    is for whom a coordinator acted, where they typed what somebody else said.
    """

    at: Moment
    by: str
    role: Role
    surface: Surface
    cause: str
    key: str
    on_behalf_of: str | None = None

    def acting_for(self, person: str) -> Stamp:
        """The same stamp of somebody who acts on behalf of a person."""
        return self.model_copy(update={"on_behalf_of": person})


class Stream(Frozen, Generic[S]):
    """The address of one consistency boundary.

    Its id is derived from the address, so creating the same thing twice is a version conflict.
    `S` is the state its facts fold into: `ehsg_events.states.streams` makes and folds them.
    """

    kind: StreamKind
    assessment: UUID
    round: int | None = None
    stakeholder: str | None = None
    item: str | None = None
    message: str | None = None

    @cached_property
    def id(self) -> UUID:
        """The stream's id in the store."""
        name = "/".join(
            str(part) for part in (self.kind, self.round, self.stakeholder, self.item, self.message)
        )
        return uuid5(self.assessment, name)


@dataclass(frozen=True)
class Decision:
    """Facts to append to one stream, and the version they were decided on."""

    stream: Stream
    version: int
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Recorded:
    """A fact with its stamp and its version: it is the n-th fact of its stream.

    `position` is its place on the log, 0 while that is not known.
    """

    stream: Stream
    version: int
    stamp: Stamp
    fact: Fact
    position: int = 0

    def at(self, position: int) -> Recorded:
        """The same fact with its position on the log."""
        return replace(self, position=position)

    @property
    def originator_id(self) -> UUID:
        """The stream's id, by the name the store's library uses."""
        return self.stream.id

    @property
    def originator_version(self) -> int:
        """The version in the stream, by the name the store's library uses."""
        return self.version


def stamped(decisions: Iterable[Decision], stamp: Stamp) -> list[Recorded]:
    """Stamp decided facts and number them after the version they were decided on."""
    return [
        Recorded(decision.stream, decision.version + step, stamp, fact)
        for decision in decisions
        for step, fact in enumerate(decision.facts, start=1)
    ]
