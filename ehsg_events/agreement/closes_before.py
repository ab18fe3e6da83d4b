"""Every close of a descriptor so far, with the answers that stood at each, folded from facts. Pure.

The read model `voiced` derives the same in SQL, and a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ehsg_events.agreement.feedback import was_counted
from ehsg_events.agreement.small_numbers import Measured, Voice, Voices
from ehsg_events.events import (
    AnswerAmended,
    AnswerGiven,
    InterviewWithdrawn,
    OutcomeAdopted,
    OutcomeModerated,
    RoundClosed,
    RoundMeasured,
    RoundOpened,
    StakeholderAdded,
    VoteShown,
)
from ehsg_events.kernel import Recorded

Panel = Mapping[str, StakeholderAdded]
TOPICS = tuple(
    fact.TOPIC
    for fact in (
        RoundOpened,
        AnswerGiven,
        AnswerAmended,
        InterviewWithdrawn,
        VoteShown,
        RoundClosed,
        RoundMeasured,
        OutcomeAdopted,
        OutcomeModerated,
    )
)


def closes_before(facts: Iterable[Recorded], panel: Panel) -> dict[str, list[Measured]]:
    """The closes that some facts tell of, by descriptor and oldest first.

    Args:
        facts: those of `TOPICS` about an assessment, in order.
        panel: everybody on it, by pseudonym.
    """
    before = _Closes(panel)
    for recorded in facts:
        before.take(recorded)
    return before.by_item


@dataclass
class _Closes:
    """What was said so far, and the closes of it that were measured."""

    panel: Panel
    by_item: dict[str, list[Measured]] = field(default_factory=dict)
    said: dict[str, dict[str, dict[int, int | str]]] = field(default_factory=dict)
    own: set[int] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    heard: dict[int, dict[str, Voices]] = field(default_factory=dict)  # not measured yet

    def take(self, recorded: Recorded) -> None:
        """Follow one fact more."""
        number, person = recorded.stream.round or 0, recorded.stream.stakeholder or ""
        match recorded.fact:
            case RoundOpened(kind=kind) if kind != "peer-review":
                self.own.add(number)
            case AnswerGiven() | AnswerAmended() if number in self.own:
                self._answered(number, person, recorded.fact)
            case InterviewWithdrawn():
                self.gone.add(person)
            case VoteShown(item=item, counts=counts) if counts:
                room = frozenset(self._voices(item, only=number))
                self._add(item, Measured(room, "agreed", None, shown=True))
            case RoundClosed() if number in self.own:
                self.heard[number] = {item: frozenset(self._voices(item)) for item in self.said}
            case RoundMeasured() if number in self.heard:
                self._measured(recorded.fact, self.heard.pop(number))
            case OutcomeAdopted() | OutcomeModerated():
                self._settled(recorded.stream.item or "")

    def _answered(self, number: int, person: str, fact: AnswerGiven | AnswerAmended) -> None:
        rounds = self.said.setdefault(fact.item, {}).setdefault(person, {})
        rounds[number] = fact.kind if fact.score is None else fact.score

    def _voices(self, item: str, only: int | None = None) -> Iterator[Voice]:
        """The answers to an item that stand, or those that were given in one round alone."""
        for person, rounds in self.said.get(item, {}).items():
            told = [n for n, said in rounds.items() if said != "skip" and only in (None, n)]
            if told and person not in self.gone:
                yield Voice(person, self.panel[person].agency, rounds[max(told)])

    def _measured(self, fact: RoundMeasured, heard: Mapping[str, Voices]) -> None:
        for measure in fact.measures:
            voices = heard.get(measure.item, frozenset())
            close = Measured(voices, measure.verdict, measure.median)
            if was_counted(fact, measure):
                self._add(measure.item, close._replace(shown=True))
            self._add(measure.item, close)

    def _add(self, item: str, close: Measured) -> None:
        self.by_item.setdefault(item, []).append(close)

    def _settled(self, item: str) -> None:
        """Mark the newest close as one on which an outcome was adopted or moderated."""
        closes = self.by_item.get(item, [])
        for place in [n for n, close in enumerate(closes) if not close.shown][-1:]:
            closes[place] = closes[place]._replace(settled=True)
