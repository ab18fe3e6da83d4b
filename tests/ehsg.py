"""The command line as another person's shell would run it: a real process, its words, its code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PANEL = """name,agency,works_as,asked
Ann Ashton,Police,Sergeant,5.1 9.5
Bob Burrell,Health,Visitor,5.1 9.5
Cat Coyle,Schools,Head teacher,5.1 9.5
Dan Drury,Council,Lead,5.1 9.5
"""


@dataclass(frozen=True)
class Ran:
    """What one command printed, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one JSON document on stdout."""
        return json.loads(self.out)


def ehsg(data: Path, *words: str, typed: str = "", **environment: str) -> Ran:
    """Run one command on a data folder."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("SLACK_", "EHSG_"))}
    done = subprocess.run(
        [sys.executable, "-m", "bots.cli", "--data", str(data), *words],
        input=typed,
        capture_output=True,
        text=True,
        check=False,
        env={**kept, **environment, "COLUMNS": "120"},
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def opened(data: Path, guide: str = "ehsg-2022@1", panel: str = PANEL) -> None:
    """Open an assessment and its first round."""
    file = data.parent / "panel.csv"
    file.write_text(panel, encoding="utf-8")
    words = ("assessment", "open", "--guide", guide, "--area", "Testham", "--panel", str(file))
    assert ehsg(data, *words).code == 0
    assert ehsg(data, "round", "open").code == 0
