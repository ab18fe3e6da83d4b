"""Asking a service what time it is, in a way that it signs: RFC 3161.

It is told nothing but a digest. What it answers is kept whole, for `openssl ts` and its like to check
with that service's own certificate; here it is only looked at whether it is an answer to what was asked.
"""

from __future__ import annotations

import hashlib
import secrets
from http.client import HTTPException

from ehsg_events.events import AssessmentSignedOff, RoundClosed
from ehsg_events.kernel import Refused
from ehsg_events.ledger.ledger_file import LedgerFile
from ehsg_events.ledger.notes import checkpoint_of
from ehsg_events.log.log import Log
from ehsg_events.machine.posting import post

SECONDS = 10.0  # for all of an answer
QUERY, REPLY = "application/timestamp-query", "application/timestamp-reply"
SEQUENCE, INTEGER, OCTETS, BOOLEAN, NULL, OBJECT = 0x30, 0x02, 0x04, 0x01, 0x05, 0x06  # DER's tags
SHA256 = bytes.fromhex("608648016503040201")  # 2.16.840.1.101.3.4.2.1
GRANTED = (0, 1)  # as asked, or with changes
SILENT = "Nobody answers at {url} to say what time it is. It is asked again within a minute."
NO_ANSWER = "What {url} answers is no time for what was asked: {why}."


TOLD_OF = (AssessmentSignedOff.TOPIC, RoundClosed.TOPIC)


def ask_for_newest(url: str, log: Log, file: LedgerFile) -> None:
    """Ask for the time of the first checkpoint that covers the newest close or sign-off, once.

    Raises:
        Refused: as `ask`.
    """
    newest = max((position for position, _, _ in log.store.where(TOLD_OF)), default=0)
    signed = file.first_with(newest) if newest else None
    if signed is None or any(size == signed.size for size, _ in file.times(signed.size)):
        return
    answer = ask(url, checkpoint_of(signed.note).text)
    with file.changing():
        file.keep_time(signed.size, answer)


def ask(url: str, text: str) -> bytes:
    """A service's answer to when a text was there, as RFC 3161 has it.

    Raises:
        Refused: nobody answers, or it is no answer to this.
    """
    digest = hashlib.sha256(text.encode()).digest()
    nonce = secrets.randbits(63) | 1 << 62
    try:
        answer = post(url, request(digest, nonce), SECONDS, QUERY)
    except (OSError, HTTPException):
        raise Refused(SILENT.format(url=url)) from None
    if answer.status != 200 or answer.kind != REPLY:
        raise _refusal(url, f"it answers with {answer.status} and {answer.kind}")
    status = status_of(answer.content)
    if status not in GRANTED:
        raise _refusal(url, "it is damaged" if status is None else f"its status is {status}")
    if der(OCTETS, digest) not in answer.content or _integer(nonce) not in answer.content:
        raise _refusal(url, "it is the answer to something else")
    return answer.content


def request(digest: bytes, nonce: int) -> bytes:
    """What a service is asked (RFC 3161, section 2.4.1): a SHA-256, a number, its certificate."""
    algorithm = der(SEQUENCE, der(OBJECT, SHA256) + der(NULL, b""))
    imprint = der(SEQUENCE, algorithm + der(OCTETS, digest))
    return der(SEQUENCE, _integer(1) + imprint + _integer(nonce) + der(BOOLEAN, b"\xff"))


def status_of(answer: bytes) -> int | None:
    """The status that an answer begins with (section 2.4.2); none where it is damaged."""
    whole = _inside(answer, SEQUENCE)
    info = _inside(whole, SEQUENCE) if whole else None
    status = _inside(info, INTEGER) if info else None
    return int.from_bytes(status, "big") if status else None


def der(tag: int, content: bytes) -> bytes:
    """A value in DER."""
    many = len(content)
    if many < 128:
        return bytes([tag, many]) + content
    size = many.to_bytes((many.bit_length() + 7) // 8, "big")
    return bytes([tag, 128 | len(size)]) + size + content


def _inside(content: bytes, tag: int) -> bytes | None:
    """What is in the value that some bytes begin with, if it has a tag and is there whole."""
    if len(content) < 2 or content[0] != tag:
        return None
    size, begins = content[1], 2
    if size & 128:
        begins = 2 + (size & 127)
        size = int.from_bytes(content[2:begins], "big")
    inside = content[begins : begins + size]
    return inside if len(inside) == size else None


def _integer(number: int) -> bytes:
    return der(INTEGER, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def _refusal(url: str, why: str) -> Refused:
    return Refused(NO_ANSWER.format(url=url, why=why))
