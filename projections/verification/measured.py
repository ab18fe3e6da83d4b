"""Whether every figure on the log is what the answers before it give, computed anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, cast
from uuid import UUID

from ehsg_events.agreement.measuring import measures
from ehsg_events.events import OutcomeAdopted, RoundMeasured
from ehsg_events.kernel import Recorded, Refused, S, Stream
from ehsg_events.log.log import Log
from ehsg_events.log.state_reader import StateReader
from ehsg_events.states.situation import Situation
from ehsg_events.states.streams import KINDS, round_stream
from ehsg_events.values.measure import Measure
from projections.verification.fault import Fault

FOLDED = ("assessment", "round", "interview", "outcome")  # the kinds of stream that figures rest on


class Folded(StateReader):
    """The states of all streams as of the fact that was folded last.

    Args:
        folder: where guides of the area's own lie.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._states: dict[UUID, Any] = {}

    @property
    def source(self) -> Log:
        """Itself: a situation asks its log only for the folder."""
        return cast("Log", self)

    def read_all(self, streams: Sequence[Stream[S]]) -> list[S]:
        """The states of streams."""
        return [self._states.get(stream.id, KINDS[stream.kind].start) for stream in streams]

    def fold(self, recorded: Recorded) -> None:
        """Let a state follow from one fact more."""
        stream = recorded.stream
        if stream.kind in FOLDED:
            self._states[stream.id] = KINDS[stream.kind].evolve(self.read(stream), recorded)


class Figures:
    """Computes what was measured anew, fact by fact.

    Attributes:
        computed: how many measures were computed.
        states: what has been folded so far.
        broken: assessments whose facts no longer follow from one another.
    """

    def __init__(self, folder: Path) -> None:
        self.states = Folded(folder)
        self.computed = 0
        self.broken: set[UUID] = set()

    def look(self, recorded: Recorded) -> Iterator[Fault]:
        """Compare the figures of one fact, and fold it."""
        if recorded.stream.assessment in self.broken:
            return
        try:
            yield from self._compare(recorded)
            self.states.fold(recorded)
        except Exception as mistake:  # noqa: BLE001 - whatever a fact breaks that was altered
            self.broken.add(recorded.stream.assessment)
            if not isinstance(mistake, Refused):  # such as a missing guide, which is told elsewhere
                says = (
                    f"Position {recorded.position} does not follow from the facts before it, so "
                    f"nothing of this assessment was computed from there on."
                )
                yield Fault("fact", recorded.position, says)

    def _compare(self, recorded: Recorded) -> Iterator[Fault]:
        match recorded.fact:
            case RoundMeasured():
                yield from self._measured(recorded, recorded.fact)
            case OutcomeAdopted():
                yield from self._adopted(recorded, recorded.fact)

    def _measured(self, recorded: Recorded, fact: RoundMeasured) -> Iterator[Fault]:
        number = recorded.stream.round or 0
        situation = self.states.situation(recorded.stream.assessment)
        before = situation.rounds[number - 1].measured
        again = recomputed(situation, number, [measure.item for measure in fact.measures])
        for told in fact.measures:
            self.computed += 1
            said = _carried_over(told, before)
            if not said and (differs := difference(told, again[told.item])):
                says = (
                    f"Position {recorded.position} measured {told.item} in round {number}: "
                    f"{differs}."
                )
                yield Fault("figure", recorded.position, says)

    def _adopted(self, recorded: Recorded, fact: OutcomeAdopted) -> Iterator[Fault]:
        round = self.states.read(round_stream(recorded.stream.assessment, fact.after_round))
        measured = round.measured if round else None
        middles = (
            {measure.item: measure.median for measure in measured.measures} if measured else {}
        )
        item = recorded.stream.item or ""
        if item in middles and middles[item] != fact.score:
            says = (
                f"Position {recorded.position} adopted {fact.score} for {item}, but the middle "
                f"score that was measured is {middles[item]}."
            )
            yield Fault("figure", recorded.position, says)


def recomputed(situation: Situation, number: int, items: list[str]) -> dict[str, Measure]:
    """The measures of some items after a round, by item."""
    return {measure.item: measure for measure in measures(situation, number, items)}


def _carried_over(told: Measure, before: RoundMeasured | None) -> bool:
    """Whether a measure is that of an earlier measuring of its round, which was looked at then."""
    return before is not None and told in before.measures


def difference(told: Measure, again: Measure) -> str | None:
    """How a recorded measure differs from one that was computed anew, if it does.

    An earlier version may have recorded fewer figures.
    """
    recorded = told.model_dump(exclude_unset=True)
    computed = again.model_dump()
    wrong = [name for name, value in recorded.items() if value != computed[name]]
    if not wrong:
        return None
    said = "; ".join(
        f"{name} {_plain(recorded[name])}, not {_plain(computed[name])}" for name in wrong
    )
    return f"it says {said}, as the answers before it give"


def _plain(value: object) -> str:
    return "none" if value is None else str(value)
