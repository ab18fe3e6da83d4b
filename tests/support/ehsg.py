"""The command line as a person's shell would run it: its words, what it prints, its code."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import typer.main

from bots.cli import main
from guides import library

PANEL = """name,agency,works_as,asked
Ann Ashton,Police,Sergeant,5.1 9.5
Bob Burrell,Health,Visitor,5.1 9.5
Cat Coyle,Schools,Head teacher,5.1 9.5
Dan Drury,Council,Lead,5.1 9.5
"""
put_together = cache(
    typer.main.get_command
)  # the same commands each time, a tenth of a second's work


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


def environment(**more: str) -> dict[str, str]:
    """The shell's own environment, without what would reach a real area or workspace."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("SLACK_", "EHSG_"))}
    return {**kept, "COLUMNS": "120", **more}


def ehsg(data: Path, *words: str, typed: str = "", **more: str) -> Ran:
    """Run one command on a data folder, in this process."""
    return here("--data", str(data), *words, typed=typed, **more)


def here(*words: str, typed: str = "", **more: str) -> Ran:
    """Run one command in this process, which remembers no guide it has read in a data folder.

    Args:
        typed: what stands on standard input.
        more: what the shell's environment holds besides.
    """
    for kept in (library.guide, library._opened, library._rendered):
        kept.cache_clear()
    out, err = io.StringIO(), io.StringIO()
    with (
        patch.object(sys, "argv", ["__main__.py", *words]),
        patch.object(typer.main, "get_command", put_together),
        patch.object(sys, "stdin", io.StringIO(typed)),
        patch.dict(os.environ, environment(**more), clear=True),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            main()
            code = 0
        except SystemExit as end:
            code = int(end.code or 0)
    return Ran(code, out.getvalue(), err.getvalue())


def shell(*words: str, **more: str) -> Ran:
    """Run one command in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "bots.cli", *words],
        capture_output=True,
        text=True,
        check=False,
        env=environment(**more),
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def opened(data: Path, guide: str = "ehsg-2022@1", panel: str = PANEL) -> None:
    """Open an assessment and its first round."""
    file = data.parent / "panel.csv"
    file.write_text(panel, encoding="utf-8")
    words = ("assessment", "open", "--guide", guide, "--area", "Testham", "--panel", str(file))
    assert ehsg(data, *words).code == 0
    assert ehsg(data, "round", "open").code == 0
