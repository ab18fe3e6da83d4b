"""What an operation would record: looked at before it is done, and held to when it is done.

A coordinator is shown what comes of it and says yes to that. If the log moved meanwhile, something else
would come of it: then nothing is done, and she is asked again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from bots.operations.form import F
from bots.operations.operation import Doing, Done, Operation
from ehsg_events.kernel import Recorded, Refused, Stamp, stamped
from ehsg_events.log.log import Log
from ehsg_events.log.published_guides import guide_of
from ehsg_events.log.transaction import Saved, T, Transaction
from ehsg_events.states.assessment import Assessment
from guides.model import Guide
from projections.figures.names import FactContext
from projections.history.sentences import says

MOVED = (
    "Something changed since this was shown to you, so nothing was done. Look at it as it is now, and "
    "say yes again."
)


@dataclass(frozen=True)
class Foreseen:
    """What would be recorded, a sentence for each fact, and a mark of it."""

    sentences: tuple[str, ...]
    facts: tuple[Recorded, ...] = ()

    @property
    def mark(self) -> str:
        """Tells it from anything else that might be recorded."""
        return hashlib.sha256("\n".join(self.sentences).encode()).hexdigest()


def foreseen(operation: Operation[F], doing: Doing, form: F) -> Foreseen:
    """Take the decision, and record nothing.

    Raises:
        Refused: a rule says no.
    """
    log, seen = doing.log, list[Foreseen]()

    def look(tx: Transaction) -> None:
        seen.append(_in_sentences(tx, doing))
        raise _Seen

    try:
        operation.do(replace(doing, open_log=lambda: _Watched(log, look)), form)
    except _Seen:
        return seen[-1]
    return Foreseen(())


def do_as_foreseen(operation: Operation[F], doing: Doing, form: F, mark: str) -> Done:
    """Do it, if exactly that comes of it which was foreseen.

    Args:
        mark: of what was foreseen.

    Raises:
        Refused: something else would come of it, or a rule says no; nothing was recorded.
    """
    log = doing.log

    def hold(tx: Transaction) -> None:
        if _in_sentences(tx, doing).mark != mark:
            raise Refused(MOVED)

    return operation.do(replace(doing, open_log=lambda: _Watched(log, hold)), form)


class _Seen(Exception):
    """A decision was taken, and that is all that was wanted."""


class _Watched(Log):
    """A log whose first decision is looked at before it is recorded."""

    def __init__(self, log: Log, look: Callable[[Transaction], None]) -> None:
        self.__dict__.update(log.__dict__)
        self._watched, self._looks = log, [look]

    def close(self) -> None:
        """Leave it open: it is closed by whoever opened it."""

    def record(
        self, stamp: Stamp, decide: Callable[[Transaction], T], *, once: bool = False
    ) -> Saved[T]:
        """Record a decision; of the first, once it was looked at."""
        looks, self._looks = self._looks, []

        def watched(tx: Transaction) -> T:
            value = decide(tx)
            for look in looks:
                look(tx)
            return value

        return self._watched.record(stamp, watched, once=once)


def _in_sentences(tx: Transaction, doing: Doing) -> Foreseen:
    state = tx.assessment(doing.assessment)
    guide = guide_of(state, doing.folder)
    facts = stamped(tx.decisions, doing.stamp)
    return Foreseen(tuple(_sentences(facts, state, guide)), tuple(facts))


def _sentences(facts: list[Recorded], state: Assessment, guide: Guide) -> Iterator[str]:
    for recorded in facts:
        stream = recorded.stream
        member = state.panel.get(stream.stakeholder or "")
        fact: Any = recorded.fact
        item = stream.item or getattr(fact, "item", None)
        yield says(
            fact,
            FactContext(
                guide,
                state.policy.zone,
                recorded.stamp.by,
                stream.round,
                stream.stakeholder,
                item,
                member.peer_of if member else None,
            ),
        )
