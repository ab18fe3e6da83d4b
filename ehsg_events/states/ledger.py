"""How a log's ledger is made and signed, as the log says it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from ehsg_events.events import LedgerBegun, LedgerKeyChanged


@dataclass(frozen=True)
class LedgerTerms:
    """Whose ledger it is, and by what it is made and signed.

    Attributes:
        origin: its name, which stands in every checkpoint.
        secret: what every leaf's salt comes from; whoever has the log has it.
        keys: the public keys that signed it, the newest last.
        begun: when.
        before: how many facts stood on the log already.
        anew: when it was made anew last, since its file or its key was missing; none if never.
    """

    origin: str
    secret: bytes
    keys: tuple[str, ...]
    begun: datetime
    before: int
    anew: datetime | None = None

    @property
    def since(self) -> datetime:
        """Since when it has been there without a break."""
        return self.anew or self.begun


def evolve(
    state: LedgerTerms | None, fact: LedgerBegun | LedgerKeyChanged, at: datetime
) -> LedgerTerms:
    """Fold one fact into the state."""
    if isinstance(fact, LedgerBegun):
        return LedgerTerms(
            fact.origin, bytes.fromhex(fact.secret), (fact.signed_by,), at, fact.before
        )
    assert state, "a key is changed of a ledger that was begun"
    anew = at if fact.was_missing else state.anew
    return replace(state, keys=(*state.keys, fact.signed_by), anew=anew)
