"""What an area fills in of what its guide leaves open, decided. Pure.

The newest always stands: a table is filled in as a whole, a word's meaning is said again.
"""

from __future__ import annotations

from collections.abc import Sequence

from ehsg_events.events import (
    EvidenceAttached,
    EvidenceDetached,
    PermissionSet,
    TableFilled,
    TermExplained,
)
from ehsg_events.kernel import Refused, Way, Words
from ehsg_events.states.assessment import Assessment, AssessmentFact, refuse_if_signed_off
from ehsg_events.values.evidence import Evidence
from ehsg_events.values.filled_in import Row
from guides.model import Guide
from guides.terms import LocalTable

LISTING = Way("local list", "see what can be filled in")


def explain(
    state: Assessment, guide: Guide, term: str, meaning: Words
) -> tuple[AssessmentFact, ...]:
    """Say what one of the guide's local terms means here."""
    refuse_if_signed_off(state)
    return (TermExplained(term=term_of(guide, term), meaning=meaning),)


def term_of(guide: Guide, typed: str) -> str:
    """The id of a local term that was typed as its id or as the word itself."""
    wanted = typed.strip().casefold()
    for term in guide.local_terms:
        if wanted in (term.id, term.term.casefold()):
            return term.id
    known = ", ".join(f"{term.term} ({term.id})" for term in guide.local_terms)
    asks = f"It has: {known}." if known else "It has none."
    raise Refused(f"{guide.id} has no local term called {typed}. {asks}", LISTING, field="term")


def table_of(guide: Guide, typed: str) -> LocalTable:
    """A table that the area fills in, by its id."""
    for table in guide.local_tables:
        if typed.strip().casefold() == table.id:
            return table
    known = ", ".join(table.id for table in guide.local_tables)
    asks = f"It has: {known}." if known else "It has none."
    raise Refused(
        f"{guide.id} has no table called {typed} to fill in. {asks}", LISTING, field="table"
    )


def fill(
    state: Assessment, guide: Guide, table: str, rows: Sequence[Row]
) -> tuple[AssessmentFact, ...]:
    """Fill a table in as a whole; without rows it is empty again."""
    refuse_if_signed_off(state)
    return (TableFilled(local_table=table_of(guide, table).id, rows=tuple(rows)),)


def attach(
    state: Assessment, guide: Guide, asked_as: str | None, words: Words, evidence: Evidence | None
) -> tuple[AssessmentFact, ...]:
    """Attach evidence to the assessment as a whole, if wanted as what the guide asks for."""
    refuse_if_signed_off(state)
    asked = [evidence.id for evidence in guide.evidence_asked]
    if asked_as is not None and asked_as not in asked:
        wanted = f"It asks for: {', '.join(asked)}." if asked else "It asks for none."
        raise Refused(
            f"{guide.id} asks for no evidence called {asked_as}. {wanted}",
            LISTING,
            field="asked_as",
        )
    number = state.attached_ever + 1
    return (EvidenceAttached(attached=number, asked_as=asked_as, words=words, evidence=evidence),)


def detach(state: Assessment, number: int, because: Words) -> tuple[AssessmentFact, ...]:
    """Take evidence for the whole back, with the reason; it stays on the log."""
    refuse_if_signed_off(state)
    if number not in state.attached:
        raise Refused(f"There is no evidence {number} for the whole.", LISTING, field="number")
    return (EvidenceDetached(attached=number, because=because),)


def set_permission(
    state: Assessment, guide: Guide, permission: str, *, granted: bool
) -> tuple[AssessmentFact, ...]:
    """Answer one of the guide's questions on sharing; an unanswered one is blank, never yes."""
    refuse_if_signed_off(state)
    known = [p.id for p in guide.permissions]
    if permission not in known:
        asks = f"It asks about: {', '.join(known)}." if known else "It asks for none."
        raise Refused(
            f"{guide.id} has no permission called {permission}. {asks}", field="permission"
        )
    if state.permissions.get(permission) == granted:
        return ()
    return (PermissionSet(permission=permission, granted=granted),)
