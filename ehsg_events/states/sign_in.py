"""One person's way in to the pages: a link that works once, and the sessions it began."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import assert_never

from ehsg_events.events import SignedIn, SignedOut, SignInOffered

SignInFact = SignInOffered | SignedIn | SignedOut


@dataclass(frozen=True)
class SignIns:
    """Links not yet used and sessions not signed out of: the digest of each, and until when."""

    links: Mapping[str, datetime] = field(default_factory=dict)
    sessions: Mapping[str, datetime] = field(default_factory=dict)


def evolve(state: SignIns, fact: SignInFact) -> SignIns:
    """Fold one fact into the state; a new link replaces earlier ones."""
    match fact:
        case SignInOffered():
            return replace(state, links={fact.link: fact.until})
        case SignedIn():
            links = {k: v for k, v in state.links.items() if k != fact.link}
            return SignIns(links, {**state.sessions, fact.door: fact.until})
        case SignedOut():
            return replace(
                state, sessions={k: v for k, v in state.sessions.items() if k != fact.door}
            )
    assert_never(fact)
