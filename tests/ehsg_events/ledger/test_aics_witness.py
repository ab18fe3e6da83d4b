"""Focus: a witness that nobody here wrote cosigns our ledger, and refuses one that was rewritten or cut."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from support.ledger import ORIGIN, head, ledger_of, signer
from support.strangers import installed
from support.strangers.attacks import written

from ehsg_events.ledger import tree
from ehsg_events.ledger.base64_text import encoded
from ehsg_events.ledger.ledger_file import LedgerFile, Signed
from ehsg_events.ledger.notes import COSIGNED, checkpoint_of, verifier_of
from ehsg_events.ledger.others.cosignatures import Witness, Witnesses, cosigned_at, standing
from ehsg_events.ledger.others.witnesses import NotCosigned, ask
from ehsg_events.ledger.published import CHECKPOINT
from ehsg_events.ledger.tiles import path_of, tiles_of
from ehsg_events.machine.posting import post

ENTRIES = [b"leaf %d" % number for number in range(1_200)]
REWRITTEN = [*ENTRIES[:77], b"altered", *ENTRIES[78:]]
pytestmark = pytest.mark.slow


def said(*command: object) -> str:
    """What a program prints; it must end well."""
    words = [str(word) for word in command]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def free_port() -> int:
    """A port that nobody listens at just now."""
    with closing(socket.socket()) as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


@pytest.fixture
def witness(tmp_path: Path) -> Iterator[Witness]:
    """The witness as its operator sets it up: a name, our ledger's name and key, and it is served."""
    program = installed.aics_witness().with_name("aics-witness")
    config, port = tmp_path / "witness.json", free_port()
    own = ("--config", config)
    shown = said(program, "init", *own, "--name", "witness.example/w1", "--listen", f"127.0.0.1:{port}")  # fmt: skip
    said(program, "add-log", *own, "--origin", ORIGIN, "--vkey", signer().verifier)
    word = re.search(r"witness\.example/w1\+[0-9a-f]{8}\+\S+", shown)
    assert word, shown
    with subprocess.Popen([program, "serve", *own], stderr=subprocess.DEVNULL) as serving:
        try:
            until_it_listens(f"http://127.0.0.1:{port}/healthz")
            yield Witness(f"http://127.0.0.1:{port}", verifier_of(word[0], COSIGNED))
        finally:
            serving.send_signal(signal.SIGTERM)
            serving.wait(20)


def until_it_listens(url: str) -> None:
    """Ask until somebody answers."""
    until = time.monotonic() + 30
    while True:
        try:
            with urlopen(url, timeout=5):  # noqa: S310 - this machine
                return
        except URLError:
            assert time.monotonic() < until, "it never listened"
            time.sleep(0.1)


def asked(file: LedgerFile, size: int, witness: Witness) -> Signed:
    """The checkpoint of a size, signed if it was not, once the witness has cosigned it."""
    known = file.newest(size)
    if known is None or known.size != size:
        with file.changing():
            file.keep(head(file, size, signer()))
        known = file.newest(size)
    assert known
    ask(file, known, witness, datetime.now(UTC))
    return file.newest(size) or known


def status(file: LedgerFile, old: int, shown: int, size: int, url: str) -> int:
    """What it answers to a request that we would never make, by its number."""
    proof = "".join(f"{encoded(one)}\n" for one in tree.consistency(file.complete, shown, size))
    note = head(file, size, signer()).note
    return post(f"{url}/add-checkpoint", f"old {old}\n{proof}\n{note}".encode(), 10).status


def test_it_cosigns_what_grows_and_refuses_what_does_not(witness: Witness, tmp_path: Path) -> None:
    """And its own package's verifier accepts our note with its cosignature."""
    with ledger_of(tmp_path / "ours.sqlite", ENTRIES) as file:
        for size in (1, 500, 1_000):
            newest = asked(file, size, witness)
            assert cosigned_at(newest.note, witness.key) is not None
        found = standing(file, Witnesses((witness,), 1))
        assert found
        assert found.reached
        verified(file, newest.note, witness, tmp_path)
        # cut: what we would send is stopped by its own answer, and what a careless one sends by 400
        with pytest.raises(NotCosigned, match="it has cosigned 1000 facts, and there are 900"):
            asked(file, 900, witness)
        assert status(file, 1_000, 900, 900, witness.url) == 400
    with ledger_of(tmp_path / "rewritten.sqlite", REWRITTEN) as file:
        assert status(file, 1_000, 1_000, 1_200, witness.url) == 422
        for size in (1_000, 1_200):
            with pytest.raises(NotCosigned, match="this is another tree"):
                asked(file, size, witness)


def test_it_refuses_another_key_and_another_ledger(witness: Witness, tmp_path: Path) -> None:
    """As one has who made all of it anew."""
    with ledger_of(tmp_path / "ours.sqlite", ENTRIES) as file:
        for by, says in (
            (signer(2), "another key"),
            (signer(1, "ehsg/other"), "does not know this"),
        ):
            with pytest.raises(NotCosigned, match=says):
                ask(file, head(file, 10, by), witness, datetime.now(UTC))


def verified(file: LedgerFile, note: str, witness: Witness, folder: Path) -> None:
    """As an auditor asks it at the command line; without the cosignature it is refused."""
    program = installed.aics_witness().with_name("aics-tlog")
    size = checkpoint_of(note).size
    tiles = {
        path_of(level, number, width): file.tile(level, number)[: width * tree.HASH]
        for level, number, width in tiles_of(size)
    }
    bare = "".join(note.splitlines(keepends=True)[:-1])
    for name, shown, holds in (("whole", note, True), ("bare", bare, False)):
        served = written({**tiles, CHECKPOINT: shown.encode()}, folder / name)
        given = ("--log-key", signer().verifier, "--tiles", served)
        others = ("--witness-key", witness.key, "--quorum", "1")
        words = [str(word) for word in (program, "verify-checkpoint", *given, *others)]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        assert (done.returncode == 0) is holds, done.stdout + done.stderr
        assert json.loads(done.stdout)["ok"] is holds
