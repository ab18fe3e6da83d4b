"""One person's way in to the pages: a link that works once, and the sessions it began."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import assert_never

from ehsg_events.events import SignedIn, SignedOut, SignInAsked, SignInOffered

SignInFact = SignInAsked | SignInOffered | SignedIn | SignedOut
MOST_ASKED, WITHIN = 5, timedelta(hours=1)  # how often a link is sent to one person


@dataclass(frozen=True)
class SignIns:
    """Links not yet used and sessions not signed out of: the digest of each, and until when.

    `asked` is when a link was asked for by e-mail, the last few times.
    """

    links: Mapping[str, datetime] = field(default_factory=dict)
    sessions: Mapping[str, datetime] = field(default_factory=dict)
    asked: tuple[datetime, ...] = ()


def evolve(state: SignIns, fact: SignInFact, at: datetime) -> SignIns:
    """Fold one fact into the state; a new link replaces earlier ones."""
    match fact:
        case SignInAsked():
            return replace(state, asked=(*state.asked, at)[-MOST_ASKED:])
        case SignInOffered():
            return replace(state, links={fact.link: fact.until})
        case SignedIn():
            links = {k: v for k, v in state.links.items() if k != fact.link}
            return replace(state, links=links, sessions={**state.sessions, fact.door: fact.until})
        case SignedOut():
            return replace(
                state, sessions={k: v for k, v in state.sessions.items() if k != fact.door}
            )
    assert_never(fact)


def may_be_asked(state: SignIns, now: datetime) -> bool:
    """Whether one more link may be sent: somebody else may be asking for them."""
    return len(state.asked) < MOST_ASKED or now - state.asked[0] >= WITHIN
