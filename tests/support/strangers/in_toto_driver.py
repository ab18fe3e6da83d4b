"""The verdicts of securesystemslib and in-toto-attestation about envelopes; run by its own Python.

KEYID KEY FILE...: a line for each file, the subject's name, its SHA-256 and the kind of predicate of
a statement that was signed with the key and has every part that in-toto asks for, else `refused`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path


def main() -> None:
    """Print a line for each file."""
    from google.protobuf import json_format  # type: ignore[import-untyped,unused-ignore]
    from in_toto_attestation.v1 import statement_pb2  # type: ignore[import-not-found]
    from in_toto_attestation.v1.statement import Statement  # type: ignore[import-not-found]
    from securesystemslib.dsse import Envelope  # type: ignore[import-not-found]
    from securesystemslib.signer import SSlibKey  # type: ignore[import-not-found]

    keyid, public, *files = sys.argv[1:]
    key = SSlibKey(keyid, "ed25519", "ed25519", {"public": public})

    def read(file: str) -> str:
        envelope = Envelope.from_dict(json.loads(Path(file).read_bytes()))
        envelope.verify([key], 1)
        if envelope.payload_type != "application/vnd.in-toto+json":
            raise ValueError("of another kind")
        said = json_format.Parse(envelope.payload, statement_pb2.Statement())
        Statement.copy_from_pb(said).validate()
        (subject,) = said.subject
        return f"{subject.name} {subject.digest['sha256']} {said.predicate_type}"

    for file in files:
        try:
            print(read(file))  # noqa: T201
        except Exception as error:  # noqa: BLE001 - each of its ways to refuse
            print(f"{type(error).__name__}: {error}", file=sys.stderr)  # noqa: T201
            print("refused")  # noqa: T201


if __name__ == "__main__":
    main()
