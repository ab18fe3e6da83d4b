"""What would tell in the clear, and so for ever, who somebody is: refused before it is recorded."""

from __future__ import annotations

from collections.abc import Iterator

from ehsg_events.events import (
    AssessmentOpened,
    AssessmentSignedOff,
    PolicyChosen,
    StakeholderAdded,
    StakeholderCorrected,
    SubmissionImported,
)
from ehsg_events.kernel import Refused, Words
from ehsg_events.log.transaction import Transaction
from ehsg_events.states.streams import assessment_stream
from ehsg_events.values.personal import personal_fields

TYPED_IN_CLEAR = (
    AssessmentOpened,
    StakeholderAdded,
    StakeholderCorrected,
    PolicyChosen,
    AssessmentSignedOff,
    SubmissionImported,
)  # fmt: skip - what holds free letters as they were typed; every other fact repeats them


def refuse_personal(tx: Transaction) -> None:
    """Refuse facts that would tell in the clear, and so for ever, who somebody is."""
    facts = [fact for one in tx.decisions for fact in one.facts if isinstance(fact, TYPED_IN_CLEAR)]
    if not facts:
        return
    names = list(_names(tx))
    for fact in facts:
        for found in personal_fields(fact, names):
            whose = f"{fact.stakeholder}: " if isinstance(fact, StakeholderAdded) else ""
            raise Refused(f"{whose}{found.says()}", field=found.field)


def _names(tx: Transaction) -> Iterator[str]:
    """The names of the panel, of those who join it now, and of who is named or signs."""
    facts = (fact for one in tx.decisions for fact in one.facts)
    named = {words.id for fact in facts if isinstance(words := getattr(fact, "name", None), Words)}
    for sealed in tx.texts:
        if sealed.words.id in named:
            yield tx.log.vault.unseal(sealed).text or ""
    for assessment in {one.stream.assessment for one in tx.decisions}:
        state = tx.log.states.fold(assessment_stream(assessment))[1]
        for member in state.panel.values() if state else ():
            yield tx.log.text(member.name) or ""
