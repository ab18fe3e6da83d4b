"""The file of the key that a ledger's checkpoints are signed with.

One line, as Go's signed notes have it: `PRIVATE+KEY+name+id+key`. Only its owner may read it, and it
is never part of a backup.
"""

from __future__ import annotations

import base64
import secrets
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ehsg_events.kernel import Refused
from ehsg_events.ledger.notes import ED25519, Signer
from guides import durable

BEGINS = "PRIVATE+KEY+"
DAMAGED = (
    "{file} holds no key that a ledger is signed with. Put back the file as it was; or delete it, "
    "and the ledger is signed with a new key, which the log will say."
)


def read_signer(file: Path) -> Signer | None:
    """The key in a file, none where there is none.

    Raises:
        Refused: the file holds something else.
    """
    try:
        line = file.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return None
    except ValueError:
        raise Refused(DAMAGED.format(file=file)) from None
    name, _, rest = line.removeprefix(BEGINS).partition("+")
    given, _, encoded = rest.partition("+")
    try:
        key = base64.b64decode(encoded, validate=True)
        signer = Signer(name, Ed25519PrivateKey.from_private_bytes(key[1:]))
    except ValueError:
        raise Refused(DAMAGED.format(file=file)) from None
    if not line.startswith(BEGINS) or key[:1] != ED25519 or signer.verifier.id.hex() != given:
        raise Refused(DAMAGED.format(file=file))
    return signer


def make_signer(file: Path, name: str) -> Signer:
    """Make a key for a name, and write it; it is on the disk when this returns."""
    seed = secrets.token_bytes(32)
    signer = Signer(name, Ed25519PrivateKey.from_private_bytes(seed))
    key = base64.b64encode(ED25519 + seed).decode("ascii")
    line = f"{BEGINS}{name}+{signer.verifier.id.hex()}+{key}\n"
    durable.make_folder(file.parent, mode=0o700)
    durable.write(file, line.encode("ascii"), mode=durable.OWNER_ONLY)
    return signer
