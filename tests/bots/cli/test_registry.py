"""The command line's table of contents: complete, and no more is loaded than was asked for."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path

from support.ehsg import shell

from bots.cli import contents

INSIDE_ANOTHER = {"authoring"}  # its commands are `ehsg guide new` and so on
LEFT_ALONE = """
import json, sys
from bots.cli.contents import Shelf
Shelf()["policy"]
print(json.dumps([name for name in sys.modules if name.startswith("bots.")]))
"""


def test_every_command_a_module_registers_stands_in_the_contents() -> None:
    """A command that is missing from the table could never be asked for."""
    beside = {file.stem for file in Path(contents.__file__).parent.glob("[a-z]*.py")}
    registered = {
        (name, module)
        for module in beside - INSIDE_ANOTHER
        if hasattr(import_module(f"bots.cli.{module}"), "register")
        for name in contents.registered_by(module)
    }
    assert registered == set(contents.KEPT_IN.items())


def test_asking_for_one_command_leaves_the_others_unloaded() -> None:
    """Choosing a policy needs neither the talk, nor Slack, nor the web."""
    said = subprocess.run(
        [sys.executable, "-c", LEFT_ALONE], capture_output=True, text=True, check=True
    )
    loaded = json.loads(said.stdout)
    assert "bots.cli.policy" in loaded
    assert not {"bots.cli.answers", "bots.interview.conversation", "bots.web"} & set(loaded)


def test_a_mistyped_command_is_told_its_neighbours() -> None:
    """The names are known before any module is loaded."""
    ran = shell("progres")
    assert ran.code == 2
    assert "Did you mean 'progress'" in ran.err
