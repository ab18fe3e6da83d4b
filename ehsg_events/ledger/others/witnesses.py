"""Asking a witness to cosign a checkpoint: https://c2sp.org/tlog-witness.

It is told how far it has seen this ledger grow, and shown that the tree goes on from there. What it
answers is looked at as if it came from anybody: only a signature that holds is kept.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from http.client import HTTPException

from ehsg_events.kernel import Refused
from ehsg_events.ledger import tree
from ehsg_events.ledger.base64_text import encoded
from ehsg_events.ledger.ledger_file import LedgerFile, Signed
from ehsg_events.ledger.notes import SIGNED, checkpoint_of, number_of
from ehsg_events.ledger.others.cosignatures import Witness, cosigned_at
from ehsg_events.machine.posting import Answer, post

SECONDS = 5.0  # for all of an answer
SIZE = "text/x.tlog.size"  # the kind of an answer that says how far a witness has seen it grow
OFF = timedelta(days=1)  # by which a witness's clock may differ from ours
NOT_COSIGNED = "The witness {name} did not cosign the ledger: {why}"
SILENT = "nobody answers as it at {url}. It is asked again within a minute."
NO_ANSWER = "what it answers is no cosignature of it."
AHEAD = (
    "it has cosigned {seen} facts, and there are {here}. So an older log was put back here, or its end "
    "was cut off."
)
OTHER = "it answers with {status}."
WHY = {
    400: "it finds the request wrong, or the ledger shorter than it was.",
    403: "it knows another key of this ledger. Give it the one that signs now.",
    404: "it does not know this ledger. Give it the ledger's name and key.",
    409: "it does not say rightly how far it has seen the ledger grow.",
    422: (
        "by what it has cosigned before, this is another tree. So the log was altered, or its ledger "
        "was made anew. Verify what is here; the witness holds what was."
    ),
}


class NotCosigned(Refused):
    """A witness did not cosign, and why."""


def ask(file: LedgerFile, signed: Signed, witness: Witness, now: datetime) -> None:
    """Have a witness cosign a checkpoint, and keep its line; nothing is asked for what it signed.

    Raises:
        NotCosigned: it does not, or it does not answer as a witness does.
    """
    if cosigned_at(signed.note, witness.key) is not None:
        return
    seen = next(file.cosigned(witness.key.name, signed.size), 0)
    answer = _asked(file, signed, witness, seen)
    if answer.status == 409:
        told = _seen(answer)
        if told is not None and told > signed.size:
            raise _refusal(witness, AHEAD.format(seen=told, here=signed.size))
        answer = _asked(file, signed, witness, told) if told is not None else answer
    if answer.status != 200:
        raise _refusal(witness, WHY.get(answer.status, OTHER.format(status=answer.status)))
    line = _line(signed.note, answer, witness, now)
    with file.changing():
        file.keep_cosignature(signed.size, witness.key.name, line)


def _asked(file: LedgerFile, signed: Signed, witness: Witness, seen: int) -> Answer:
    """What a witness answers that is shown how the tree goes on from what it has seen."""
    proof = tree.consistency(file.complete, seen, signed.size)
    shown = "".join(f"{encoded(one)}\n" for one in proof)
    request = f"old {seen}\n{shown}\n{signed.note}"
    try:
        return post(f"{witness.url}/add-checkpoint", request.encode(), SECONDS)
    except (OSError, HTTPException):
        raise _refusal(witness, SILENT.format(url=witness.url)) from None


def _seen(answer: Answer) -> int | None:
    """How far a witness has seen the ledger grow, where its answer says so."""
    text = answer.content.decode("ascii", "replace")
    whole = answer.kind == SIZE and text.endswith("\n")
    return number_of(text[:-1]) if whole else None


def _line(note: str, answer: Answer, witness: Witness, now: datetime) -> str:
    """The line by which a witness cosigned, alone and in its one form."""
    text = checkpoint_of(note).text
    for line in answer.content.decode(errors="replace").split("\n"):
        if line.startswith(f"{SIGNED}{witness.key.name} "):
            try:
                at = cosigned_at(f"{text}\n{line}\n", witness.key)
            except Refused:
                continue
            if at is not None and abs(at - now) <= OFF:
                return f"{line}\n"
    raise _refusal(witness, NO_ANSWER)


def _refusal(witness: Witness, why: str) -> NotCosigned:
    return NotCosigned(NOT_COSIGNED.format(name=witness.key.name, why=why))
