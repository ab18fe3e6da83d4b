"""Which witnesses cosign the ledger, read from the environment; and how it stands with them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

from bots.web_settings import is_on_loopback
from ehsg_events.kernel import Refused
from ehsg_events.ledger.ledger_file import LedgerFile
from ehsg_events.ledger.notes import COSIGNED, verifier_of
from ehsg_events.ledger.others.cosignatures import Standing, Witness, Witnesses, standing
from ehsg_events.ledger.sequencer import ledger_file
from ehsg_events.log.log import Log
from projections.access.checkpoints import newest_to_anybody

WHICH, NEEDED = "EHSG_WITNESSES", "EHSG_WITNESS_QUORUM"
MOST = 20
TAKES = (
    f"{WHICH} takes a witness's address and its key, such as https://witness.example.gov.uk "
    "witness.example.gov.uk+1a2b3c4d+BAbC…; several with commas between them, or one a line in a file "
    "that it names."
)


def read_settings(environment: Mapping[str, str]) -> Witnesses:
    """Read who is asked to cosign; nobody, where nothing is set.

    Raises:
        Refused: something is not understood.
    """
    text = environment.get(WHICH, "").strip()
    each = tuple(map(_witness, _lines(text)))
    for known in ({one.key.name for one in each}, {one.url for one in each}):
        if len(known) < len(each):
            raise Refused(f"{WHICH} names a witness twice. Name each once.")
    if len(each) > MOST:
        raise Refused(f"{WHICH} names {len(each)} witnesses. At most {MOST} are asked.")
    return Witnesses(each, _needed(environment.get(NEEDED, "").strip(), len(each)))


def standing_of(log: Log, environment: Mapping[str, str]) -> Standing | None:
    """How a log's ledger stands with its witnesses, which are told no more than a reader is.

    Returns:
        None where there are none, or nothing is signed or can be read.

    Raises:
        Refused: a setting is not understood.
    """
    witnesses, place = read_settings(environment), ledger_file(log.folder)
    if not witnesses.each or not place.exists():
        return None
    try:
        with closing(LedgerFile(place, read_only=True)) as file:
            newest = newest_to_anybody(log, file)
            return standing(file, witnesses, newest.size if newest else 0)
    except sqlite3.DatabaseError:
        return None


def _lines(text: str) -> Iterator[str]:
    """The witnesses as they were written: in the setting itself, or in the file that it names."""
    if text and "://" not in text:
        try:
            text = Path(text).read_text(encoding="utf-8")
        except (OSError, ValueError):
            raise Refused(f"The file that {WHICH} names cannot be read. {TAKES}") from None
    for line in text.replace(",", "\n").splitlines():
        if line.strip() and not line.strip().startswith("#"):
            yield line.strip()


def _witness(line: str) -> Witness:
    words = line.split()
    if len(words) != 2:
        raise Refused(TAKES)
    url, key = words
    if not is_safe(url):
        raise Refused(
            f"{url} is no address of a witness. It begins with https://, or is on this machine."
        )
    try:
        return Witness(url.rstrip("/"), verifier_of(key, COSIGNED))
    except Refused:
        raise Refused(f"{key} is no key of a witness. Take it as the witness shows it.") from None


def is_safe(url: str) -> bool:
    """Whether nobody else reads or answers what is asked there."""
    try:
        parts = urlsplit(url)
        is_bare = not (parts.query or parts.fragment or "@" in parts.netloc) and parts.port != 0
        encrypted = parts.scheme == "https" and bool(parts.hostname)
        return url.isascii() and is_bare and (encrypted or is_on_loopback(url))
    except ValueError:
        return False


def _needed(text: str, many: int) -> int:
    if not text:
        return 0
    if not (text.isascii() and text.isdecimal() and len(text) < 4 and int(text) <= many):
        raise Refused(
            f"{NEEDED} is {text}, and {WHICH} names {many}. It takes how many of them must have "
            f"cosigned."
        )
    return int(text)
