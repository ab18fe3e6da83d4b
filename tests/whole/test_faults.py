"""A system call that fails is a sentence and loses nothing; `tests/long/faults.py` fails hundreds."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from support.faults.injected import failing, faults_of, traced
from support.faults.operations import OPERATIONS
from support.faults.standing import Case, state_of, tried

CALLS = {"fdatasync", "pwrite64"}


@pytest.mark.slow
@pytest.mark.skipif(
    shutil.which("strace") is None, reason="strace is not installed, so no call can be let fail"
)
def test_words_that_the_disk_did_not_take_are_refused_and_taken_afterwards(tmp_path: Path) -> None:
    """Every last write and sync of a file, while somebody is answered for with a comment."""
    operation, ready, well = OPERATIONS["answer, with words"], tmp_path / "ready", tmp_path / "well"
    operation.ready(ready)
    shutil.copytree(ready, well)
    ran, lines = traced(well, operation.typed(well))
    assert ran.code == 0, ran.err
    case = Case(operation, ready, state_of(ready), state_of(well))
    ends: dict[str, str] = {}
    for fault in faults_of(well, lines, 1):
        if fault.call in CALLS:
            place = tmp_path / str(fault).replace("/", "-")
            ends[str(fault)], wrong = tried(case, place, failing(fault))
            assert wrong == []
    assert len(ends) >= 6
    assert {"refused", "done all the same"} >= {*ends.values()} >= {"refused"}
