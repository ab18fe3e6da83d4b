"""The command line's table: complete, found by name, and no more is loaded than was asked for."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from support.commands import COMMANDS
from support.ehsg import ehsg, here, opened, shell
from support.places import ROOT

from bots.cli import commands

LEFT_ALONE = """
import json, sys
from bots.cli.commands import loaded
loaded(sys.argv[1])
print(json.dumps([name for name in sys.modules if name.startswith("bots.")]))
"""


def test_a_module_is_called_as_its_command_and_holds_no_other() -> None:
    """Whoever looks for `ehsg nudges` opens the file of that name."""
    cli = Path(commands.__file__).parent
    for folder in {*commands.FOLDERS.values(), "serve"}:
        for file in (cli / folder).glob("[a-z]*.py"):
            held = getattr(import_module(f"bots.cli.{folder}.{file.stem}"), "COMMANDS", {})
            names = {full.split(" ")[0] for full in held}
            assert names <= {file.stem.replace("_", "-")}, file
            assert all(commands.module_of(name).split(".")[-2] == folder for name in names), file


def test_every_module_with_commands_stands_in_the_table() -> None:
    """One that is missing from the table could never be asked for."""
    cli = Path(commands.__file__).parent
    modules = {f"bots.cli.{file.parent.name}.{file.stem}" for file in cli.glob("*/[a-z]*.py")}
    offering = {name for name in modules if hasattr(import_module(name), "COMMANDS")}
    assert offering <= {commands.module_of(name) for name in commands.sections()}


def test_asking_for_one_command_leaves_the_others_unloaded() -> None:
    """Choosing a policy needs neither the talk, nor Slack, nor the web."""
    loaded = loaded_for("policy")
    assert "bots.cli.begin.policy" in loaded
    assert not {"bots.cli.collect.interview", "bots.interview.conversation", "bots.web"} & loaded


def test_asking_for_what_only_reads_leaves_every_form_unloaded() -> None:
    """A command that is made of no operation needs nothing that fills one in."""
    loaded = loaded_for("why")
    assert "bots.cli.read.why" in loaded
    assert not {"bots.operations.form", "bots.operations.operation", "bots.phrases"} & loaded


def loaded_for(command: str) -> set[str]:
    """Our modules that are loaded when a command is looked up."""
    program = [sys.executable, "-c", LEFT_ALONE, command]
    said = subprocess.run(program, capture_output=True, text=True, check=True, cwd=ROOT)
    return set(json.loads(said.stdout))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_help_shows_an_example_that_can_be_typed(name: str) -> None:
    """Its words, options and their kinds are those the command takes."""
    command = COMMANDS[name]
    example = command.epilog.rpartition("Example: ")[2]
    program, *words = shlex.split(example)
    assert program == "ehsg"
    if words[0] == "--data":
        words = words[2:]
    asked = name.split(" ")
    if name == "panel list":
        asked = ["panel"]  # alone it lists
    assert words[: len(asked)] == asked
    command.make_context(f"ehsg {name}", words[len(asked) :])


def test_every_usage_line_calls_the_command_ehsg() -> None:
    """However it was started: here as a file of Python's, at the end as a module."""
    assert here("--help").out.startswith("Usage: ehsg [OPTIONS] COMMAND")
    assert here("round", "extend", "--help").out.startswith("Usage: ehsg round extend [OPTIONS]")
    assert "Usage: ehsg round extend" in shell("round", "extend").err


def test_the_help_has_named_sections_with_the_first_steps_on_top() -> None:
    """And each command with what it does."""
    shown = here("--help").out
    heads = [shown.index(f"{section}:") for section in commands.SECTIONS]
    assert heads == sorted(heads)
    assert shown.index("demo ") < shown.index("round ")


def test_it_says_which_version_it_is() -> None:
    """One number, which the package has too."""
    assert here("--version").out.startswith("ehsg 0.")


def test_a_mistyped_command_or_option_is_told_its_neighbours() -> None:
    """The names are known before any module is loaded."""
    ran = here("progres")
    assert (ran.code, "Did you mean 'progress'" in ran.err) == (2, True)
    ran = here("round", "extent")
    assert (ran.code, "Did you mean 'extend'" in ran.err) == (2, True)
    ran = here("results", "--as-off", "1")
    assert (ran.code, "--as-of" in ran.err) == (2, True)


def test_the_data_folder_is_taken_before_the_command_and_behind_it(tmp_path: Path) -> None:
    """What stands nearest to the command counts."""
    opened(tmp_path / "data")
    before = ehsg(tmp_path / "data", "round", "status")
    behind = ehsg(tmp_path / "none", "round", "status", "--data", str(tmp_path / "data"))
    assert (behind.code, behind.out) == (0, before.out)
    assert not (tmp_path / "none").exists()


ASKED = {  # what each shell's script puts into the environment when Tab is pressed
    "bash": {"COMP_WORDS": "ehsg round ex", "COMP_CWORD": "2"},
    "zsh": {"_TYPER_COMPLETE_ARGS": "ehsg round ex"},
    "fish": {"_TYPER_COMPLETE_ARGS": "ehsg round ex", "_TYPER_COMPLETE_FISH_ACTION": "get-args"},
}


@pytest.mark.parametrize("name", ASKED)
def test_a_shell_completes_commands(name: str) -> None:
    """The program itself answers with what could follow."""
    assert "extend" in here(_EHSG_COMPLETE=f"complete_{name}", **ASKED[name]).out


@pytest.mark.parametrize("name", ASKED)
def test_a_shell_is_given_its_script(name: str) -> None:
    """The program sees which shell it was started from, so each asks from itself."""
    if shutil.which(name) is None:
        pytest.skip(f"{name} is not installed")
    command = shlex.join([sys.executable, "-m", "bots.cli", "--show-completion"])
    asked = subprocess.run(
        [name, "-c", f"{command}; true"], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert "_EHSG_COMPLETE" in asked.stdout, asked.stderr


def test_colours_are_left_out_where_nobody_wants_them(tmp_path: Path) -> None:
    """NO_COLOR is honoured at a terminal, which is asked for here by force."""
    opened(tmp_path / "data")
    data = tmp_path / "data"
    assert "\x1b[" in ehsg(data, "progress", FORCE_COLOR="1", TERM="xterm").out
    plain = ehsg(data, "progress", FORCE_COLOR="1", NO_COLOR="1", TERM="xterm").out
    assert not any(f"\x1b[{code}m" in plain for code in range(30, 38))


def test_a_table_fits_the_terminal_and_piped_text_is_not_wrapped(tmp_path: Path) -> None:
    """At 60 columns nothing is wider; into a pipe every sentence is one line."""
    data = tmp_path / "data"
    opened(data)
    assert ehsg(data, "round", "close").code == 0
    narrow = ehsg(data, "results", FORCE_COLOR="1", COLUMNS="60", NO_COLOR="1").out
    plain = re.sub(r"\x1b\[[0-9;]*m", "", narrow)
    assert "5.1: Family engagement" in plain
    assert max(map(len, plain.splitlines())) <= 60
    piped = ehsg(data, "trail", COLUMNS="40").out
    assert any(len(line) > 100 for line in piped.splitlines())


def test_a_program_in_a_pipe_that_ends_early_is_no_error(tmp_path: Path) -> None:
    """`ehsg trail | head -1` prints a line and nothing on stderr."""
    opened(tmp_path / "data")
    line = f"{sys.executable} -m bots.cli --data {tmp_path / 'data'} trail | head -1"
    ran = subprocess.run(
        ["/bin/sh", "-c", line], capture_output=True, text=True, check=True, cwd=ROOT,
        env={**os.environ, "COLUMNS": "40"},
    )  # fmt: skip
    assert (len(ran.stdout.splitlines()), ran.stderr) == (1, "")
