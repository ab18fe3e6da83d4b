"""What was recorded of one person, with the proof of each thing, as one file that they keep."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from bots.interview.record import language_of
from bots.phrases import receipts as said
from bots.phrases.questions import title
from bots.web.receipts.check_page import check_page
from ehsg_events.dates import calendar
from ehsg_events.events import (
    AnswerAmended,
    AnswerGiven,
    InterviewCompleted,
    InterviewWithdrawn,
    NoteAmended,
    NoteGiven,
    NoteRetracted,
    PrioritiesNamed,
)
from ehsg_events.kernel import Fact
from ehsg_events.language.catalogue import gettext as _
from ehsg_events.language.catalogue import speaking
from ehsg_events.ledger.sequencer import caught_up
from ehsg_events.log.log import Log
from ehsg_events.log.published_guides import guide_of
from ehsg_events.states.interview import Answer
from guides.model import Guide
from projections.pack.own_proofs import OwnProofs, Proved, own_proofs
from projections.tables.zipped import zipped

TEXT, PAGE, CHECKPOINT = "what-was-recorded.txt", "check.html", "checkpoint.txt"


def receipt(
    log: Log, assessment: UUID, person: str, now: datetime, *, for_others: bool = False
) -> bytes | None:
    """A zip file with a proof of everything that a person said, a list of it, and what checks it.

    Of a round that is open it has fingerprints and no proofs. None where there is no ledger.

    Args:
        for_others: whether somebody else makes it for them, who may not see what they say in a
            round that is open.
    """
    caught_up(log, now)
    closed = [one.number for one in log.rounds(assessment) if one.closed]
    own = own_proofs(log, assessment, person, closed if for_others else None)
    if own is None:
        return None
    state = log.assessment(assessment)
    with speaking(language_of(log, assessment, person)):
        listed = _listed(own, guide_of(state, log.folder), state.policy.zone)
        whole = said.taken_away(state.area, calendar.say(now, state.policy.zone))
        text = "\n".join([_(said.PROOFS), whole, "", _(said.HOW_TO_CHECK), *listed, ""])
    checkpoint = {CHECKPOINT: own.signed.note.encode()} if own.signed else {}
    proofs = {_name(n, one): one.proof.encode() for n, one in _numbered(own) if one.proof}
    page = check_page(own.terms.keys).encode()
    return zipped({TEXT: text.encode(), PAGE: page, **checkpoint, **proofs})


def _numbered(own: OwnProofs) -> Iterator[tuple[int, Proved]]:
    return enumerate(own.facts, start=1)


def _name(number: int, proved: Proved) -> str:
    item = getattr(proved.recorded.fact, "item", "")
    return f"proofs/{number:03}{f'-{item}' if item else ''}.tlog-proof"


def _listed(own: OwnProofs, guide: Guide, zone: str) -> Iterator[str]:
    """What was recorded, in order, and where the proof of it lies."""
    if any(one.proof is None for one in own.facts):
        yield _(said.NO_FILE_YET)
    yield said.ledgers_key(own.terms.keys[-1])
    items = _items([one.recorded.fact for one in own.facts])
    for number, one in _numbered(own):
        yield ""
        yield f"{number}. {_says(one.recorded.fact, guide, items)}"
        yield f"   {calendar.say(one.recorded.stamp.at, zone)}"
        beside = (
            said.proof_in(_name(number, one)) if one.proof else said.fingerprint(one.fingerprint)
        )
        yield f"   {beside}"


def _items(facts: Sequence[Fact]) -> dict[UUID, str]:
    """The item of each note, by the id of its first words."""
    return {fact.words.id: fact.item for fact in facts if isinstance(fact, NoteGiven)}


def _says(fact: Fact, guide: Guide, items: dict[UUID, str]) -> str:
    match fact:
        case AnswerGiven() | AnswerAmended():
            answer = Answer(fact.kind, fact.level, fact.score, fact.number)
            return said.answered(fact.item, answer, guide)
        case PrioritiesNamed():
            return said.named(fact.items)
        case InterviewWithdrawn() | InterviewCompleted():
            return _(said.WITHDREW if isinstance(fact, InterviewWithdrawn) else said.WAS_DONE)
    return _of_words(fact, guide, items)


def _of_words(fact: Fact, guide: Guide, items: dict[UUID, str]) -> str:
    """What became of words that somebody typed, by the title of what they stand under."""
    assert isinstance(fact, NoteGiven | NoteAmended | NoteRetracted), "nothing else is theirs"
    item = fact.item if isinstance(fact, NoteGiven) else items[fact.note]
    called = title(guide.items[item])
    if isinstance(fact, NoteGiven):
        return said.your_words(called)
    return (
        said.words_changed(called)
        if isinstance(fact, NoteAmended)
        else said.words_retracted(called)
    )
