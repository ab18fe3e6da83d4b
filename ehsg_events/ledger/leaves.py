"""The leaf of a fact: its position, and a digest from which nobody guesses what the fact says.

A score has six values, and whoever knew who gave it and about when could try them all against a
plain digest. So each digest is made with a salt of its own, which comes from the secret of the
ledger; a fact can be checked only by whoever was given its salt.
"""

from __future__ import annotations

import hashlib
import hmac

from eventsourcing.persistence import StoredEvent


def salt_of(secret: bytes, position: int) -> str:
    """The salt of the fact at a position, 64 hexadecimal characters."""
    return hmac.digest(secret, b"%d" % position, "sha256").hex()


def opening(salt: str, stored: StoredEvent) -> bytes:
    """What is digested of a fact: five lines, the last of them as it is stored and without an end.

    SQLite keeps as text what somebody changed with its functions; it is digested like any other.
    """
    head = f"{salt}\n{stored.originator_id}\n{stored.originator_version}\n{stored.topic}\n"
    state: bytes | str = stored.state
    return head.encode() + (state.encode() if isinstance(state, str) else state)


def digest_of(opened: bytes) -> str:
    """The SHA-256 of what is digested of a fact, in hexadecimal."""
    return hashlib.sha256(opened).hexdigest()


def leaf_of(position: int, digest: str) -> bytes:
    """The leaf: JSON in the one form of RFC 8785."""
    return b'{"position":%d,"sha256":"%s"}' % (position, digest.encode())


def leaf(secret: bytes, position: int, stored: StoredEvent) -> bytes:
    """The leaf of the fact that is stored at a position."""
    return leaf_of(position, digest_of(opening(salt_of(secret, position), stored)))
