"""Every kind of stream: how its address is made, and what its facts fold into."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic
from uuid import NAMESPACE_URL, UUID, uuid5

from ehsg_events.kernel import Recorded, S, Stream, StreamKind
from ehsg_events.states import (
    assessment,
    interview,
    ledger,
    outcome,
    reading,
    sign_in,
    submission,
)
from ehsg_events.states import round as rounds
from ehsg_events.states.assessment import Assessment
from ehsg_events.states.interview import Interview
from ehsg_events.states.ledger import LedgerTerms
from ehsg_events.states.outcome import Outcome
from ehsg_events.states.reading import Reading
from ehsg_events.states.round import Round
from ehsg_events.states.sign_in import SignIns
from ehsg_events.states.submission import Submission

OF_THE_LOG = uuid5(NAMESPACE_URL, "ehsg:ledger")  # what is about the whole log, and no assessment
STREAMS = 8192  # addresses cached with their ids, the costliest part of reading a fact


@dataclass(frozen=True)
class Kind(Generic[S]):
    """A kind of stream: its state before any fact, and how each fact changes the state."""

    start: S
    evolve: Callable[[S, Recorded], S]


def _by_fact(start: S, evolve: Callable[[S, Any], S]) -> Kind[S]:
    """A kind that is folded from its facts alone, without their stamps."""
    return Kind(start, lambda state, recorded: evolve(state, recorded.fact))


def _round(state: Round | None, recorded: Recorded) -> Round | None:
    number, at = recorded.stream.round or 0, recorded.stamp.at
    return rounds.evolve(state, recorded.fact, number, at)  # type: ignore[arg-type]


def _sign_in(state: SignIns, recorded: Recorded) -> SignIns:
    return sign_in.evolve(state, recorded.fact, recorded.stamp.at)  # type: ignore[arg-type]


def _ledger(state: LedgerTerms | None, recorded: Recorded) -> LedgerTerms:
    return ledger.evolve(state, recorded.fact, recorded.stamp.at)  # type: ignore[arg-type]


KINDS: Mapping[StreamKind, Kind[Any]] = {
    "assessment": _by_fact(None, assessment.evolve),
    "round": Kind(None, _round),
    "interview": _by_fact(Interview(), interview.evolve),
    "outcome": _by_fact(Outcome(), outcome.evolve),
    "message": _by_fact(None, lambda state, _: state),  # the outbox folds them in the log's order
    "sign-in": Kind(SignIns(), _sign_in),
    "reading": _by_fact(Reading(), reading.evolve),
    "submission": _by_fact(None, submission.evolve),
    "ledger": Kind(None, _ledger),
}


@lru_cache(STREAMS)
def assessment_stream(assessment: UUID) -> Stream[Assessment | None]:
    """One area assessed once, under one guide."""
    return Stream(kind="assessment", assessment=assessment)


@lru_cache(STREAMS)
def round_stream(assessment: UUID, number: int) -> Stream[Round | None]:
    """One span of collecting answers."""
    return Stream(kind="round", assessment=assessment, round=number)


@lru_cache(STREAMS)
def interview_stream(assessment: UUID, number: int, stakeholder: str) -> Stream[Interview]:
    """One stakeholder in one round."""
    return Stream(kind="interview", assessment=assessment, round=number, stakeholder=stakeholder)


@lru_cache(STREAMS)
def outcome_stream(assessment: UUID, item: str) -> Stream[Outcome]:
    """The score that stands for one descriptor."""
    return Stream(kind="outcome", assessment=assessment, item=item)


@lru_cache(STREAMS)
def message_stream(assessment: UUID, message: str) -> Stream[None]:
    """One message to one person, delivered once."""
    return Stream(kind="message", assessment=assessment, message=message)


@lru_cache(STREAMS)
def sign_in_stream(assessment: UUID, person: str) -> Stream[SignIns]:
    """One person's way in to the pages: links offered, sessions begun and ended."""
    return Stream(kind="sign-in", assessment=assessment, stakeholder=person)


def reading_stream(assessment: UUID, person: str) -> Stream[Reading]:
    """Whose words one person opened."""
    return Stream(kind="reading", assessment=assessment, stakeholder=person)


def submission_stream(submission: UUID) -> Stream[Submission | None]:
    """What one area handed in for one year; each import is a new version."""
    return Stream(kind="submission", assessment=submission)


def ledger_stream() -> Stream[LedgerTerms | None]:
    """The ledger of the whole log."""
    return Stream(kind="ledger", assessment=OF_THE_LOG)
