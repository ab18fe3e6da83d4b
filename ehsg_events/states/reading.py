"""Whose words one person opened in their newest session."""

from __future__ import annotations

from dataclasses import dataclass

from ehsg_events.events import WordsRead


@dataclass(frozen=True)
class Reading:
    """The newest session, and whose words it has opened so far."""

    session: str = ""
    whose: frozenset[str] = frozenset()


def evolve(state: Reading, fact: WordsRead) -> Reading:
    """Fold one fact into the state."""
    before = state.whose if state.session == fact.session else frozenset[str]()
    return Reading(fact.session, before | {*fact.whose})
