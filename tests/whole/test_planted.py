"""What somebody types stands sealed or nowhere: a sentence is planted in every input, and looked for."""

from __future__ import annotations

import hashlib
import logging
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from types import NoneType
from typing import Any, get_args
from uuid import UUID

import pytest
from support.ehsg import PANEL, ehsg, environment, opened

from bots.interview.evidence import Handed
from bots.interview.record import hear
from bots.interview.said import Said
from bots.operations.form import Upload, asked, filled
from bots.operations.operation import Doing
from bots.operations.registry import OPERATIONS
from ehsg_events.kernel import Refused, Stamp
from ehsg_events.log.log import Log

# The inputs that are meant to stand in the clear, each looked at for what is personal (decision 35).
IN_THE_CLEAR = {"agency", "area", "to", "works_as", "role", "peer_of"}
EXAMPLES = {"panel": Upload("panel.csv", PANEL.encode()), "person": "police-1", "item": "5.1"}
NAMES = ("name", "backup_name", "slack", "backup_slack", "file-name", "colleague")


def marker(number: int) -> str:
    """A sentence that nobody types by chance."""
    return f"Zyzzyva {number} plantede"


def texts(operation: Any) -> Iterator[str]:
    """The free-text inputs of an operation: typed as letters, and no flag of a few words."""
    for name, field in operation.form.model_fields.items():
        if str in {field.annotation, *get_args(field.annotation)} - {NoneType}:
            yield name


INPUTS = [(name, field) for name in OPERATIONS for field in texts(OPERATIONS[name])]


def given(name: str, field: str, planted: str) -> dict[str, Any]:
    """An operation's form as its examples fill it in, with the planted sentence in one field."""
    form = OPERATIONS[name].form
    values = {
        each: EXAMPLES.get(each, how.example)
        for each, how in asked(form).items()
        if form.model_fields[each].is_required() or (how.first and how.example)
    }
    return {**values, field: planted}


def everything(folder: Path) -> bytes:
    """Every byte of every file in a data folder."""
    return b"\n".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def digests(number: int) -> list[bytes]:
    """The digests of a planted sentence, or of a file that holds it alone."""
    plain = marker(number).encode()
    return [
        hashlib.new(name, plain).hexdigest().encode()
        for name in ("md5", "sha1", "sha256", "sha512", "blake2b", "blake2s")
    ]


def test_every_operation_is_looked_at() -> None:
    """So that what follows is about all of them."""
    assert len(INPUTS) > 60
    assert {field for _, field in INPUTS} >= IN_THE_CLEAR | {"because", "name", "comment", "words"}


def test_a_sentence_planted_in_every_input_stands_in_the_clear_nowhere(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither in a file of the data folder, nor in a log line, a refusal, a pack or a report.

    Nor does its digest in a file: whoever guesses the sentence would know that it was said.
    """
    caplog.set_level(logging.DEBUG)
    data = tmp_path / "data"
    opened(data)
    log = Log(data)
    assessment, numbers = log.assessments()[0][0], count(1)
    planted: dict[int, tuple[str, str]] = {}
    recorded: set[str] = set()

    def stamp(cause: str) -> Stamp:
        at, key = datetime.now(UTC), f"{cause} {next(numbers)}"
        return Stamp(at=at, by="coordinator", role="coordinator", surface="command", cause=cause, key=key)  # fmt: skip

    def operate() -> None:
        for name, field in INPUTS:
            if name in ("assessment open", "round close", "round open", "submission import"):
                continue  # they begin or end what the others are about
            number = next(numbers)
            planted[number] = (name, field)
            doing = Doing(data, lambda: log, stamp(name), assessment)
            before = log.store.last_position()
            says = _refusal(doing, name, given(name, field, marker(number)))
            assert field in IN_THE_CLEAR or marker(number) not in says, (name, field)
            recorded.update([name] if log.store.last_position() > before else [])

    _talk(log, assessment, numbers, planted)
    operate()
    assert ehsg(data, "round", "close").code == 0
    operate()
    assert len(recorded) > 12, recorded
    whole = everything(data)
    leaked = {what for n, what in planted.items() if f"{marker(n)}".encode() in whole}
    assert {field for _, field in leaked} <= IN_THE_CLEAR, leaked
    assert not {what for n, what in planted.items() for one in digests(n) if one in whole}
    lines = caplog.text + "".join(capsys.readouterr())
    assert not [what for n, what in planted.items() if marker(n) in lines]
    for what in ("pack", "report"):
        told = _handed_on(data, what, tmp_path)
        personal = {what for n, what in planted.items() if marker(n) in told and what[1] in NAMES}
        assert not personal, personal
    log.close()


def _refusal(doing: Doing, name: str, typed: dict[str, Any]) -> str:
    """Do an operation, and say what it was refused with."""
    operation = OPERATIONS[name]
    try:
        operation.do(doing, filled(operation.form, typed))
    except Refused as refusal:
        return str(refusal)
    return ""


def _handed_on(data: Path, what: str, folder: Path) -> str:
    """A pack or a report, as text."""
    out = folder / {"pack": "p.zip", "report": "r.md"}[what]
    assert ehsg(data, what, "--out", str(out)).code == 0
    return _unzipped(out) if what == "pack" else out.read_text()


def _talk(log: Log, assessment: UUID, numbers: Any, planted: dict[int, tuple[str, str]]) -> None:
    """An interview in which every box, source, file and wrong answer holds a planted sentence."""

    def plant(field: str) -> str:
        number = next(numbers)
        planted[number] = ("interview", field)
        return marker(number)

    def say(said: Said) -> None:
        key = f"said {next(numbers)}"
        at = datetime.now(UTC)
        stamp = Stamp(at=at, by="police-1", role="stakeholder", surface="slack", cause="words", key=key)  # fmt: skip
        hear(log, stamp, assessment, "police-1", said)

    say(Said("choice", "start"))
    say(Said("words", plant("instead of a level")))
    say(Said("words", f"change 5.1 to {plant('a level')}"))
    say(Said("choice", f"answer:{plant('an item')}:3"))
    say(Said("choice", f"answer:5.1:{plant('a level')}"))
    say(Said("words", f"change 5.1 to 3, {plant('beside')}"))
    say(Said("choice", "answer:5.1:3"))
    say(Said("words", plant("words"), origin=plant("source")))
    file = Handed(f"{plant('file-name')}.txt", plant("file").encode())
    say(Said("note", "", file=file))
    say(Said("choice", "hand-on"))
    say(Said("words", plant("colleague")))


def _unzipped(path: Path) -> str:
    from zipfile import ZipFile

    with ZipFile(path) as packed:
        return "\n".join(packed.read(name).decode(errors="replace") for name in packed.namelist())


def test_words_from_standard_input_stand_in_no_argument(tmp_path: Path) -> None:
    """While the command runs, as everybody on the machine may look."""
    data = tmp_path / "data"
    opened(data)
    words = ("answer", "5.1", "3", "--as", "-", "--comment", "-")
    run = subprocess.Popen(
        [sys.executable, "-m", "bots.cli", "--data", str(data), *words],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=environment(PYTHONPATH=str(Path.cwd())),
    )  # fmt: skip
    seen = (
        Path(f"/proc/{run.pid}/cmdline").read_bytes()
        + Path(f"/proc/{run.pid}/environ").read_bytes()
    )
    _out, err = run.communicate(f"Ann Ashton\n{marker(1)}\n".encode(), timeout=60)
    assert run.returncode == 0, err
    assert b"Ann Ashton" not in seen
    assert marker(1).encode() not in seen + err
    assert marker(1).encode() not in everything(data)
