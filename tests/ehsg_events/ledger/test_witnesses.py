"""Witnesses: what we ask of them, what we believe of their answers, and that none holds anything up."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from support.ledger import ORIGIN, head, ledger_of, signer
from support.witness_server import NAME, Reply, WitnessServer, witness_server

from ehsg_events.kernel import Refused
from ehsg_events.ledger.ledger_file import LedgerFile
from ehsg_events.ledger.notes import (
    COSIGNED,
    Checkpoint,
    checkpoint_of,
    is_signed,
    signed,
    verifier_of,
)
from ehsg_events.ledger.others import witnesses
from ehsg_events.ledger.others.cosignatures import (
    Standing,
    Witness,
    Witnesses,
    cosigned_at,
    standing,
)
from ehsg_events.ledger.others.witnesses import NotCosigned, ask
from ehsg_events.ledger.tree import EMPTY

ENTRIES = [b"leaf %d" % number for number in range(700)]
TEXT = "text/plain"


@pytest.fixture
def file(tmp_path: Path) -> Iterator[LedgerFile]:
    """A ledger of 700 leaves, signed at 10, 300 and 700."""
    with ledger_of(tmp_path / "ledger.sqlite", ENTRIES) as made:
        for size in (10, 300, 700):
            with made.changing():
                made.keep(head(made, size, signer()))
        yield made


@pytest.fixture
def there() -> Iterator[WitnessServer]:
    """A witness that watches that ledger."""
    with witness_server(WitnessServer(signer().verifier)) as server:
        yield server


def asked(file: LedgerFile, size: int, witness: Witness, now: datetime | None = None) -> None:
    """The witness is asked to cosign the checkpoint of a size."""
    newest = file.newest(size)
    assert newest
    assert newest.size == size
    ask(file, newest, witness, now or datetime.now(UTC))


def how_it_stands(file: LedgerFile, needed: int, *each: Witness) -> Standing:
    """With some witnesses."""
    found = standing(file, Witnesses(each, needed))
    assert found
    return found


# -- keys and lines --------------------------------------------------------------------------------
def test_a_witness_has_a_key_of_its_own_kind() -> None:
    """One of a ledger is no witness's, nor the other way round."""
    key = WitnessServer().key
    assert verifier_of(str(key), COSIGNED) == key
    for word, kind in ((str(key), b"\x01"), (str(signer().verifier), COSIGNED)):
        with pytest.raises(Refused):
            verifier_of(word, kind)


def test_a_cosignature_holds_for_its_text_and_its_time_alone() -> None:
    """Another text, another time, another kind, a line too short: none of them is one."""
    server = WitnessServer()
    note = signed(Checkpoint(ORIGIN, 0, EMPTY), signer())
    whole = note + server.line(checkpoint_of(note).text)
    at = cosigned_at(whole, server.key)
    assert at is not None
    assert abs((datetime.now(UTC) - at).total_seconds()) < 10
    assert cosigned_at(note, server.key) is None
    assert cosigned_at(whole.replace(f"{ORIGIN}\n0", f"{ORIGIN}\n1"), server.key) is None
    assert cosigned_at(note + server.line("another\n"), server.key) is None
    assert cosigned_at(whole, server.key._replace(kind=b"\x01")) is None
    assert cosigned_at(note + WitnessServer(offset=1 << 40).line(checkpoint_of(note).text), server.key) is None  # fmt: skip
    assert is_signed(whole, signer().verifier)


# -- one that behaves ------------------------------------------------------------------------------
def test_it_cosigns_what_grows_and_its_line_stands_below_ours(
    file: LedgerFile, there: WitnessServer
) -> None:
    """From nothing, and from what it has seen; what it signed it is not asked for again."""
    for size in (10, 300, 700, 700):
        asked(file, size, there.witness)
    assert [content.split(b"\n")[0] for content in there.asked] == [b"old 0", b"old 10", b"old 300"]
    for kept in file.checkpoints():
        assert kept.note == signed(checkpoint_of(kept.note), signer()) + kept.note.splitlines()[-1] + "\n"  # fmt: skip
        assert cosigned_at(kept.note, there.key) is not None
        assert is_signed(kept.note, signer().verifier)


def test_a_witness_that_knows_more_or_less_than_we_thought_is_asked_once_more(
    file: LedgerFile, there: WitnessServer
) -> None:
    """From where it says it is: it forgot, or its answer never reached us."""
    there.size, there.root = 300, file.root(300)
    asked(file, 700, there.witness)
    assert [content.split(b"\n")[0] for content in there.asked] == [b"old 0", b"old 300"]
    there.size, there.root = 700, file.root(700)
    with file.changing():
        file._db.execute("DELETE FROM cosignature")
    asked(file, 700, there.witness)
    assert how_it_stands(file, 1, there.witness).reached


def test_a_ledger_that_was_altered_or_cut_is_refused(
    file: LedgerFile, there: WitnessServer, tmp_path: Path
) -> None:
    """By what the witness remembers, whatever the log's key signs."""
    asked(file, 300, there.witness)
    with ledger_of(tmp_path / "other.sqlite", [b"altered", *ENTRIES[1:]]) as other:
        for size, says in ((700, "another tree"), (200, "there are 200"), (300, "another tree")):
            with other.changing():
                other.keep(head(other, size, signer()))
            with pytest.raises(NotCosigned, match=says):
                asked(other, size, there.witness)
        assert [*other.cosigned()] == []


def test_one_that_knows_another_key_or_no_such_ledger_says_so(file: LedgerFile) -> None:
    """With what is to be given to it."""
    for knows, says in ((signer(2).verifier, "another key"), (None, "does not know this ledger")):
        with (
            witness_server(WitnessServer(knows)) as server,
            pytest.raises(NotCosigned, match=says) as no,
        ):
            asked(file, 700, server.witness)
        assert NAME in str(no.value)


# -- ones that do not ------------------------------------------------------------------------------
def liars() -> dict[str, tuple[Reply, str]]:
    """What a witness may answer instead, and what is said of it."""
    other = WitnessServer(seed=8).line("x\n").encode()
    return {
        "garbage": ((200, TEXT, b"\xff\x00" * 400), "no cosignature"),
        "nothing": ((200, TEXT, b""), "no cosignature"),
        "another key": ((200, TEXT, other), "no cosignature"),
        "its own name alone": ((200, TEXT, f"\u2014 {NAME} AAAA\n".encode()), "no cosignature"),
        "64 MB": ((200, TEXT, bytes(64 << 20)), "nobody answers"),
        "elsewhere": ((307, TEXT, b"http://127.0.0.1:9/"), "it answers with 307"),
        "unable": ((503, TEXT, b""), "it answers with 503"),
        "wrong": ((400, TEXT, b""), "wrong, or the ledger shorter"),
        "a size of another kind": ((409, TEXT, b"300\n"), "how far"),
        "no size": ((409, "text/x.tlog.size", b"-1\n"), "how far"),
        "a size that is not ended": ((409, "text/x.tlog.size", b"300"), "how far"),
        "a long size": ((409, "text/x.tlog.size", b"9" * 5000 + b"\n"), "how far"),
        "a size beyond ours": ((409, "text/x.tlog.size", b"701\n"), "there are 700"),
        "any size for ever": ((409, "text/x.tlog.size", b"300\n"), "how far"),
    }


@pytest.mark.parametrize("what", liars())
def test_what_a_liar_answers_is_kept_nowhere(
    file: LedgerFile, there: WitnessServer, what: str
) -> None:
    """And ends in a sentence, after two requests at the most."""
    reply, says = liars()[what]
    there.answers = lambda _: reply
    with pytest.raises(NotCosigned, match=says):
        asked(file, 700, there.witness)
    assert [*file.cosigned()] == []
    assert len(there.asked) <= 2


def test_a_witness_may_say_more_and_only_its_own_line_is_kept(
    file: LedgerFile, there: WitnessServer
) -> None:
    """Lines of others are left where they are, though their signatures hold."""
    more = WitnessServer(seed=8, name="witness.example/other")

    def both(content: bytes) -> Reply:
        text = checkpoint_of(content.decode().partition("\n\n")[2]).text
        return 200, TEXT, (more.line(text) + "junk\n" + there.line(text)).encode()

    there.answers = both
    asked(file, 700, there.witness)
    newest = file.newest()
    assert newest
    assert (cosigned_at(newest.note, there.key) is None, more.name in newest.note) == (False, False)


@pytest.mark.parametrize("offset", [-200_000, 200_000, 1 << 40])
def test_a_time_that_cannot_be_is_not_believed(
    file: LedgerFile, there: WitnessServer, offset: int
) -> None:
    """Its signature holds, and yet says nothing of when."""
    there.offset = offset if offset < 1 << 33 else (1 << 40) - int(time.time())
    with pytest.raises(NotCosigned, match="no cosignature"):
        asked(file, 700, there.witness)


def test_one_that_sends_a_byte_now_and_then_has_no_more_time_than_another(
    file: LedgerFile, there: WitnessServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One time for all of an answer, not one for each byte."""
    monkeypatch.setattr(witnesses, "SECONDS", 0.5)
    there.slowly = 0.2
    began = time.monotonic()
    with pytest.raises(NotCosigned, match="nobody answers"):
        asked(file, 700, there.witness)
    assert time.monotonic() - began < 2


def test_where_nobody_listens_it_is_said(file: LedgerFile) -> None:
    """With the address."""
    with witness_server(WitnessServer()) as gone:
        witness = gone.witness
    with pytest.raises(NotCosigned, match=witness.url):
        asked(file, 700, witness)


# -- how it stands ---------------------------------------------------------------------------------
def test_enough_witnesses_are_counted_by_signatures_that_hold(
    file: LedgerFile, there: WitnessServer
) -> None:
    """A line that somebody wrote into the file counts for nothing."""
    other = WitnessServer(seed=9, name="witness.example/school")
    nobody = how_it_stands(file, 1, there.witness, other.witness)
    assert (nobody.newest.by, nobody.newest.last, nobody.enough) == (0, None, None)
    asked(file, 300, there.witness)
    asked(file, 700, there.witness)
    newest = file.newest(300)
    assert newest
    with file.changing():
        file.keep_cosignature(300, other.name, other.line(checkpoint_of(newest.note).text))
        file.keep_cosignature(700, other.name, other.line("forged\n"))
    found = how_it_stands(file, 2, there.witness, other.witness)
    assert (found.reached, found.newest.by, found.newest.signed.size) == (False, 1, 700)
    assert found.enough
    assert (found.enough.signed.size, found.enough.by) == (300, 2)
    told = standing(file, Witnesses((there.witness,)), upto=699)
    assert told
    assert told.newest.signed.size == 300
    assert standing(file, Witnesses()) is None
