"""Three words for a rule about a decision: given these facts, when this is asked, then those."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import reduce
from typing import Any
from uuid import UUID

from ehsg_events.kernel import Decision, Fact, Refused, Stamp, Stream, StreamKind, stamped
from ehsg_events.states.streams import KINDS

OPENED = datetime(2026, 10, 5, 8, tzinfo=UTC)  # 9am on Monday 5 October 2026
STAMP = Stamp(at=OPENED, by="x", role="coordinator", surface="command", cause="", key="")


def folded(*facts: Fact, of: StreamKind = "interview") -> Any:
    """The state of a stream after its facts; the first round's, if they are a round's."""
    name = facts[0].TOPIC.partition(".")[0] if facts else of
    stream: Stream = Stream(kind=name, assessment=UUID(int=0), round=1)  # type: ignore[arg-type]
    recorded = stamped([Decision(stream, 0, facts)], STAMP)
    return reduce(KINDS[stream.kind].evolve, recorded, KINDS[stream.kind].start)


@dataclass
class Then:
    """What a decision came to: facts, or a refusal."""

    facts: tuple[Fact, ...] = ()
    refusal: str | None = None

    def then(self, *facts: Fact) -> None:
        """Exactly these facts follow."""
        assert self.refusal is None, self.refusal
        assert self.facts == facts

    def then_nothing(self) -> None:
        """Nothing happens, and nobody is told off."""
        self.then()

    def then_exposed(self, figures: str | None) -> None:
        """The answer is stamped with the group figures of this digest, or with none."""
        assert [fact.exposure.figures for fact in self.facts if hasattr(fact, "exposure")] == [
            figures
        ]

    def then_refused(self, words: str) -> None:
        """A rule says no, in these words among others."""
        assert self.refusal is not None, self.facts
        assert words in self.refusal


@dataclass
class Given:
    """A stream as it stands."""

    state: Any

    def when(self, decide: Callable[..., tuple[Fact, ...]], *asked: Any, **named: Any) -> Then:
        """Take a decision on it."""
        try:
            return Then(tuple(decide(self.state, *asked, **named)))
        except Refused as refusal:
            ways = (f"({way.does}: {way.to})" for way in refusal.ways)
            return Then(refusal=" ".join([str(refusal), *ways]))


def given(*facts: Fact, of: StreamKind = "interview") -> Given:
    """A stream on which these facts stand; `of` is its kind when there are none."""
    return Given(folded(*facts, of=of))
