"""While a folder is served its witnesses are asked, and none of them holds anything up."""

from __future__ import annotations

import logging
import time
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from uuid import UUID

import pytest
from support.area import Area, person
from support.witness_server import NAME, WitnessServer, witness_server

from ehsg_events.ledger import serving
from ehsg_events.ledger.ledger_file import LedgerFile
from ehsg_events.ledger.notes import (
    checkpoint_of,
    verifier_of,
)
from ehsg_events.ledger.others import witnesses
from ehsg_events.ledger.others.cosignatures import (
    Witnesses,
    cosigned_at,
)
from ehsg_events.ledger.sequencer import ledger_file, sequencer
from ehsg_events.log.log import Log


def newest_of(log: Log) -> str:
    """The newest checkpoint's note in a log's ledger."""
    with closing(LedgerFile(ledger_file(log.folder), read_only=True)) as file:
        newest = file.newest()
        return newest.note if newest else ""


def test_what_is_served_is_cosigned_though_another_witness_hangs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The one that hangs is said once; at the end the last checkpoint is cosigned too."""
    monkeypatch.setattr(serving, "WAIT", 0.05)
    monkeypatch.setattr(witnesses, "SECONDS", 0.5)
    log = Log(tmp_path / "area")
    area = Area(log)
    area.open((person("a-1", "Police"),))
    with sequencer(log, datetime.now(UTC)) as at_work:
        key = verifier_of(at_work.terms.keys[-1])
    good, bad = WitnessServer(key), WitnessServer(key, name="witness.example/slow", slowly=0.3)
    with witness_server(good), witness_server(bad), caplog.at_level(logging.WARNING, "ehsg.ledger"):
        began = time.monotonic()
        with serving.beside(log, Witnesses((good.witness, bad.witness))):
            while not good.size and time.monotonic() - began < 20:
                time.sleep(0.02)
            assert good.size
            area.open_round()
            ended = time.monotonic()
        assert time.monotonic() - ended < 5
    note = newest_of(log)
    assert checkpoint_of(note).size == log.store.last_position()
    assert cosigned_at(note, good.key) is not None
    said = [record.getMessage() for record in caplog.records]
    assert len([line for line in said if "witness.example/slow" in line]) == 1
    assert not [line for line in said if NAME in line]
    log.close()


def test_no_more_is_asked_for_than_may_be_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The newest checkpoint that may be, also once the ledger ends; none where none may."""
    monkeypatch.setattr(serving, "WAIT", 0.05)
    log = Log(tmp_path / "area")
    Area(log).open((person("a-1", "Police"),))
    with sequencer(log, datetime.now(UTC)) as at_work:
        at_work.catch_up()
        first = at_work.sign(datetime.now(UTC)).size
        key = verifier_of(at_work.terms.keys[-1])
    Area(log, UUID(int=8)).open((person("a-1", "Police"),))
    for upto, seen in ((first - 1, 0), (first + 1, first)):
        with witness_server(WitnessServer(key)) as there:
            with serving.beside(log, Witnesses((there.witness,)), partial(int, upto)):
                time.sleep(0.2)
            assert there.size == seen
    log.close()


def test_nobody_is_asked_unless_it_is_set(tmp_path: Path) -> None:
    """A ledger without witnesses is kept as before."""
    log = Log(tmp_path / "area")
    Area(log).open((person("a-1", "Police"),))
    with serving.beside(log):
        pass
    assert newest_of(log).count("\u2014") == 1
    log.close()
