"""What the ledger's key signs beside checkpoints, in envelopes that other people's programs read.

DSSE, https://github.com/secure-systems-lab/dsse: the payload is signed with its kind before it, so
that no signature of an envelope can be taken for one of a checkpoint.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from functools import partial

from ehsg_events.ledger.base64_text import encoded
from ehsg_events.ledger.notes import Signer
from ehsg_events.ledger.sequencer import FOLDER, KEY
from ehsg_events.ledger.signing_key import read_signer
from ehsg_events.ledger.terms import terms_of
from ehsg_events.log.log import Log

Enclose = Callable[[str, bytes], bytes]
"""From a kind of payload and a payload to the envelope in which it is signed."""


def enclosing(log: Log) -> Enclose | None:
    """What signs for a log's ledger; none where its key is not here, as in a copy or a backup.

    Raises:
        Refused: the file of the key holds something else.
    """
    terms = terms_of(log)
    signer = read_signer(log.folder / FOLDER / KEY) if terms else None
    if terms is None or signer is None or str(signer.verifier) != terms.keys[-1]:
        return None
    return partial(enclosed, signer)


def enclosed(signer: Signer, kind: str, payload: bytes) -> bytes:
    """A payload in its signed envelope: the same bytes each time, for Ed25519 needs no chance.

    `keyid` names the key as a checkpoint's line does, by name and id. It is not the key itself, so
    that nobody checks an envelope with a key that they found in it.
    """
    key = signer.verifier
    signed = signer.private.sign(to_sign(kind, payload))
    whole = {
        "payload": encoded(payload),
        "payloadType": kind,
        "signatures": [{"keyid": f"{key.name}+{key.id.hex()}", "sig": encoded(signed)}],
    }
    return canonical(whole).encode() + b"\n"


def to_sign(kind: str, payload: bytes) -> bytes:
    """What is signed of an envelope: its kind and payload, each behind its length."""
    return b"DSSEv1 %d %b %d %b" % (len(kind.encode()), kind.encode(), len(payload), payload)


def canonical(value: object) -> str:
    """JSON in the one form of RFC 8785; the names in it are plain ASCII."""
    match value:
        case dict():
            parts = (f"{canonical(name)}:{canonical(value[name])}" for name in sorted(value))
            return f"{{{','.join(parts)}}}"
        case list() | tuple():
            return f"[{','.join(map(canonical, value))}]"
        case float():
            return _number(value)
    return json.dumps(value, ensure_ascii=False)


def _number(value: float) -> str:
    """A number as ECMAScript writes it: whole ones without a point, small ones without zeros."""
    if value.is_integer() and abs(value) < 1e21:
        return str(int(value))
    if 1e-6 <= abs(value) < 1e21:
        return f"{Decimal(repr(value)):f}"
    return repr(value).replace("e-0", "e-")
