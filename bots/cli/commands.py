"""The table of commands: what the help lists, and which module each command is loaded from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from functools import cache
from importlib import import_module
from typing import Any, cast

import typer
from typer.core import TyperGroup
from typer.main import get_group

SECTIONS: Mapping[str, Mapping[str, str]] = {
    "First steps": {
        "demo": "Rehearse a whole two-round assessment with thirty invented people.",
        "guide": "The questionnaires that can be used, and how one is written.",
        "assessment": "Open an assessment, list them, abandon one.",
        "terms": "Choose how agreement is measured, before anybody is asked.",
        "policy": "Show how rounds are timed, and choose it.",
        "local": "Fill in what the guide leaves to you: tables, words, evidence.",
        "panel": "List who is asked; add, correct and release people.",
        "rehearse": "Try the coming round out before anybody is written to.",
        "link": "Issue a personal link to the web interview, or take it back.",
        "serve": "Run the rounds, the Slack app and the web pages until Ctrl-C.",
    },
    "While a round is open": {
        "round": "Plan, open, move, close and watch a round.",
        "progress": "Who was asked and who has answered; never what they said.",
        "waiting": "What waits for whom, until when, and what settles it.",
        "nudge": "Remind those whose interview is unfinished.",
        "told": "Record that you told somebody yourself.",
        "letters": "What letters say; write those that you send yourself.",
        "nudges": "Every nudge: when it was sent, or why it was not.",
        "bounds": "Whose silence matters, and what it leaves open.",
        "hand-on": "Let a colleague answer what somebody cannot, or decline.",
        "hand-over": "Let a substitute answer what somebody has not.",
        "interview": "Be interviewed at the keyboard.",
        "answer": "Answer one item for a stakeholder, or change the answer.",
    },
    "Agree and sign off": {
        "disagreement": "Where the panel stands apart, widest first.",
        "evidence": "List evidence, check what it lacks, take out its files.",
        "workshop": "Vote live on what is unsettled.",
        "peers": "Ask peers of a second area.",
        "moderate": "Settle a descriptor, with the reason.",
        "dissent": "Keep a stakeholder's objection beside an outcome.",
        "priorities": "Choose what to work on next.",
        "action": "Agree what is to be done, change it, end it.",
        "actions": "What is to be done, by whom and until when.",
        "permission": "Answer a question on sharing.",
        "sign-off": "Sign the assessment off, or withdraw the sign-off.",
    },
    "Read and hand on": {
        "results": "Every descriptor: how far the panel agrees, and what stands.",
        "why": "Walk a score back to the words somebody typed.",
        "trail": "Every fact in order, in words.",
        "participation": "Who took part, by agency.",
        "what-if": "How the closed rounds would stand if something else were so.",
        "report": "Write the assessment's report.",
        "answers": "Write a copy of somebody's own answers, for them.",
        "pack": "Write the audit pack.",
    },
    "Other years and areas": {
        "submission": "Bring in a published form, give it back.",
        "years": "Show an area's years side by side.",
        "change": "Explain what changed since an earlier assessment.",
        "compare": "Put two areas side by side.",
    },
    "People": {
        "coordinator": "Name and remove coordinators, list them.",
        "reader": "Name and remove readers of the pages, list them.",
        "contact": "Change where a coordinator or a reader is written to.",
        "sign-in": "Make a link that signs somebody in to the pages.",
        "forget": "Destroy everything personal of somebody, with a certificate.",
        "subject-access": "Write everything that is kept about somebody, for them.",
        "retention": "Until when names and words are kept; do what is due.",
        "information-request": "By when a request for information is to be answered.",
    },
    "The server": {
        "backup": "Copy the log and its keys, apart and verified.",
        "restore": "Bring a backup back into a new folder.",
        "verify": "Look whether everything is there and whole.",
        "ledger": "Sign everything that was recorded, and check proofs of it.",
        "doctor": "Look whether this machine is set up well.",
        "mail": "Try out whether letters get out.",
        "move": "Copy the data folder to another place.",
        "rebuild": "Read the whole log anew, so that a long one answers quickly.",
    },
}
IN_ORDER = ("begin", "collect", "agree", "read", "beside", "serve", "serve")
FOLDERS = dict(zip(SECTIONS, IN_ORDER, strict=True))
# What a group runs where none of its commands is named: `ehsg panel` is `ehsg panel list`.
ALONE = {"panel": "list", "letters": "write", "ledger": "sign"}
MERGED = {  # operations that are an option of another's command
    "round plan": {"cancel": "round plan cancel"},
    "sign-off": {"withdraw": "sign-off withdraw"},
}
SERVE = "serve"  # listed as a first step, but its module is in the folder of the server


def sections() -> dict[str, str]:
    """The section of each command."""
    return {name: section for section, names in SECTIONS.items() for name in names}


def module_of(name: str) -> str:
    """The name of a command's module, which is called as the command is; it need not exist."""
    folder = "serve" if name == SERVE else FOLDERS[sections()[name]]
    return f"bots.cli.{folder}.{name.replace('-', '_')}"


class Lazy(Mapping[str, Any]):
    """Every command by its name, in the order of the help; loaded when it is looked up."""

    def __getitem__(self, name: str) -> Any:
        return loaded(name)

    def __iter__(self) -> Iterator[str]:
        return iter(sections())

    def __len__(self) -> int:
        return len(sections())


class Commands(TyperGroup):
    """The group `ehsg`: it prints its help and knows its names without loading any module."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands = cast("MutableMapping[str, Any]", Lazy())

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """The commands in their sections, the first steps on top."""
        del ctx
        for section, names in SECTIONS.items():
            with formatter.section(section):
                formatter.write_dl(list(names.items()))


class RunsAlone(TyperGroup):
    """A group that runs one of its commands when none of them is named."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put that command's name where none is."""
        named = args and (not args[0].startswith("-") or args[0] == "--help")
        return super().parse_args(ctx, args if named else [ALONE[str(self.name)], *args])


@cache
def loaded(name: str) -> Any:
    """A command or a group of them, made from its module and from the operations of that name."""
    from bots.cli.taking import taken

    functions = {**_operations(name), **_own_commands(name)}
    app = typer.Typer(
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        help=SECTIONS[sections()[name]][name],
        no_args_is_help=name not in ALONE,
        cls=RunsAlone if name in ALONE else TyperGroup,
    )
    for full, (function, example) in functions.items():
        last = full.rpartition(" ")[2]
        app.command(last, epilog=f"\b\nExample: {example}")(taken(function))
    group = get_group(app)
    return group.commands[name] if set(functions) == {name} else _named(group, name)


def _named(group: Any, name: str) -> Any:
    group.name = name
    return group


def _operations(name: str) -> dict[str, tuple[Any, str]]:
    """Those of a name; what makes commands of them brings every form, and is loaded if there are any."""
    from bots.operations.registry import MODULES

    if not any(full.split(" ")[0] == name for full in MODULES):
        return {}
    from bots.cli.operations import operations_of

    return operations_of(name)


def _own_commands(name: str) -> dict[str, tuple[Any, str]]:
    """The commands in a command's own module, if it has one; the operations come on top."""
    try:
        module = import_module(module_of(name))
    except ModuleNotFoundError as missing:
        if missing.name != module_of(name):
            raise
        return {}
    return {full: (command.function, command.example) for full, command in module.COMMANDS.items()}
