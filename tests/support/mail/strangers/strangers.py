"""Strangers to our letters, installed by npm into a folder of their own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from base64 import b64decode, b64encode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
MISSING = "left out: there is no npm here, or it reaches no registry"


def installed(folder: Path) -> Path | None:
    """The folder in which they are, none where they cannot be had."""
    if shutil.which("npm") is None or shutil.which("node") is None:
        return None
    for name in ("package.json", "server.mjs", "reader.mjs"):
        shutil.copy(HERE / name, folder)
    quiet = ("--silent", "--no-audit", "--no-fund")
    done = subprocess.run(["npm", "install", *quiet], cwd=folder, check=False, capture_output=True)
    return folder if done.returncode == 0 else None


@dataclass
class Stranger:
    """A mail server of Nodemailer's."""

    port: int
    _running: subprocess.Popen[str] | None = None

    def read_on(self) -> dict[str, Any]:
        """Wait for the next letter that it reads to its end."""
        assert self._running is not None
        assert self._running.stdout is not None
        letter: dict[str, Any] = json.loads(self._running.stdout.readline())
        letter["content"] = b64decode(letter["content"])
        return letter


@contextmanager
def stranger(folder: Path, **told: Any) -> Iterator[Stranger]:
    """The server, in a process of its own."""
    whole: dict[str, Any] = {
        "tls": None,
        "tlsFirst": False,
        "ways": [],
        "user": "",
        "password": "",
        "token": "",
    }
    environment = {**os.environ, "TOLD": json.dumps({**whole, **told})}
    with subprocess.Popen(
        ["node", "server.mjs"], cwd=folder, env=environment, stdout=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        try:
            yield Stranger(int(running.stdout.readline()), _running=running)
        finally:
            running.terminate()


def found(folder: Path, letters: Sequence[bytes] = (), calendars: Sequence[bytes] = ()) -> Any:
    """What the readers find in letters and calendars."""
    asked = {
        "letters": [b64encode(one).decode() for one in letters],
        "calendars": [b64encode(one).decode() for one in calendars],
    }
    done = subprocess.run(
        ["node", "reader.mjs"],
        cwd=folder,
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)
