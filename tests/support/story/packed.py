"""An audit pack with its ledger, as its maker makes it and as the program in it sees it."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from ehsg_events.kernel import Recorded
from ehsg_events.ledger.envelopes import enclosing
from ehsg_events.ledger.notes import Signer
from ehsg_events.ledger.sequencer import FOLDER, KEY, sequencer
from ehsg_events.ledger.signing_key import read_signer
from ehsg_events.log.mapper import PlainMapper
from projections.pack import verify
from projections.pack.pack import pack
from support.story.story import NAMES, NOON, PANEL, Story, agree_and_split

SCRIPT = verify.__file__
FACTS, HEAD = "facts.jsonl", "ledger/checkpoint"
Files = dict[str, bytes]


class Said(NamedTuple):
    """What the program came to: its code, which steps are wrong, and all of its words."""

    code: int
    wrong: set[int]
    text: str


class Made(NamedTuple):
    """A pack, as its maker knows it: also the key, and the checkpoint that an auditor kept."""

    files: Files
    signer: Signer
    key_file: bytes
    kept: bytes

    @property
    def key(self) -> str:
        return str(self.signer.verifier)


def made(story: Story, kept: bytes = b"") -> Made:
    """A pack of a story with its ledger."""
    now, log = NOON + timedelta(days=1, minutes=story.minutes), story.log
    with sequencer(log, now) as at_work:
        at_work.catch_up()
        at_work.sign(now)
    key_file = log.folder / FOLDER / KEY
    signer = read_signer(key_file)
    assert signer
    return Made({**pack(story.view(), enclosing(log)).files}, signer, key_file.read_bytes(), kept)


def told(folder: Path, key_file: bytes = b"", on_two: str = "000555") -> Made:
    """Two rounds, and a checkpoint that somebody kept after the first."""
    with Story(folder) as story:
        if key_file:
            lay_key(story, key_file)
        agree_and_split(story.opened(PANEL)).noted("health-1", "5.2", "working-well", "The files.")
        story.all_answered("5.2", dict(zip(NAMES, on_two, strict=True)))
        kept = made(story.round_closed()).files[HEAD]
        story.round_opened().answered("police-1", "5.2", "4").answered("health-1", "5.2", "skip")
        return made(story.withdrawn("health-2").round_closed(), kept)


def lay_key(story: Story, content: bytes) -> None:
    """Whoever holds a ledger's key signs another one with it."""
    (story.log.folder / FOLDER).mkdir(mode=0o700)
    (story.log.folder / FOLDER / KEY).write_bytes(content)


def handed_over(files: Files, folder: Path, key: str, *more: str, sums: bool = True) -> Said:
    """What the program says of a pack whose checksums were made anew, with nothing but Python."""
    listed = {name: content for name, content in files.items() if name != "SHA256SUMS"}
    lines = (f"{hashlib.sha256(listed[name]).hexdigest()}  {name}\n" for name in listed)
    written = {**listed, "SHA256SUMS": "".join(lines).encode()} if sums else files
    for name, content in written.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return run(str(folder), "--key", key, *more)


def beside(kept: bytes, folder: Path, key: str) -> Said:
    """The same of the folder `pack`, beside a checkpoint that was kept."""
    (folder / "kept").write_bytes(kept)
    return run(str(folder / "pack"), "--key", key, "--checkpoint", str(folder / "kept"))


def run(*given: str) -> Said:
    """The program by itself: no package of ours or of anybody else can be imported."""
    command = [sys.executable, "-I", "-S", SCRIPT, *given]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    wrong = {int(number) for number in re.findall(r"^(\d) WRONG", done.stdout, re.M)}
    return Said(done.returncode, wrong, done.stdout + done.stderr)


def as_told(recorded: Recorded) -> verify.Fact:
    """A fact as a pack tells it; nobody here is a peer, since those answer in rounds of their own."""
    stored = PlainMapper().to_stored_event(recorded)
    state = json.loads(stored.state.replace(b"Otherton", b""))
    stream = str(stored.originator_id).encode()
    version = stored.originator_version
    return verify.Fact(recorded.position, b"", stream, version, stored.topic, state)
