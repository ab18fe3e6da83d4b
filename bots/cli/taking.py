"""What every command takes: `--data` after it too, and `-` for words that are not to be seen.

What stands among a command's arguments can be read by everybody on the machine while it runs, and
stays in the shell's history. So wherever a command takes words, `-` takes them from standard input,
or asks for them where that is a keyboard.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, get_args

import typer

from bots.cli.failures import failures_refused
from ehsg_events.kernel import Refused

DATA = "The data folder of your area."
HERE = "-"  # instead of words: from standard input
ALONE_ON_ITS_LINE = {"link"}  # what is said at the keyboard follows it
Data = Annotated[Path | None, typer.Option("--data", help=DATA, show_default=False)]


def taken(function: Callable[..., Any]) -> Callable[..., Any]:
    """A command that takes `--data` too; given in both places, the one after it counts."""
    signature = inspect.signature(function, eval_str=True)
    wants_context = "context" in signature.parameters

    @wraps(function)
    def run(context: typer.Context, *words: Any, data: Path | None = None, **options: Any) -> Any:
        if data is not None:
            context.obj.folder, context.obj.from_environment = data, False
        given = _from_standard_input(options, signature)
        with failures_refused(lambda: context.obj.folder):
            return function(*([context] if wants_context else []), *words, **given)

    own = [parameter for parameter in signature.parameters.values() if parameter.name != "context"]
    parameters = [
        inspect.Parameter(
            "context", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context
        ),
        *own,
        inspect.Parameter("data", inspect.Parameter.KEYWORD_ONLY, default=None, annotation=Data),
    ]
    run.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    del run.__wrapped__  # or typer would look through to the function without `--data`
    return run


def _from_standard_input(
    options: Mapping[str, Any], signature: inspect.Signature
) -> dict[str, Any]:
    """The options, each `-` replaced by words from standard input, in the order of the help.

    One alone takes all of it; several take a line each.

    Raises:
        Refused: there are fewer lines than that, or more.
    """
    wanted = [name for name in signature.parameters if options.get(name) == HERE]
    if not wanted:
        return dict(options)
    if sys.stdin.isatty():
        return {**options, **{name: _asked(name, signature) for name in wanted}}
    if ALONE_ON_ITS_LINE.intersection(wanted):
        return {**options, **{name: sys.stdin.readline().strip() for name in wanted}}
    typed = sys.stdin.read().strip("\r\n")
    lines = typed.splitlines() if len(wanted) > 1 else [typed]
    if len(lines) != len(wanted) or not all(lines):
        names = ", ".join(f"--{name.replace('_', '-')}" for name in wanted)
        raise Refused(
            f"Standard input holds {len(lines) if typed else 0} lines, and {len(wanted)} are "
            f"wanted, a line each for {names}. Nothing was done."
        )
    return {**options, **dict(zip(wanted, lines, strict=True))}


def _asked(name: str, signature: inspect.Signature) -> str:
    """Ask for words at the keyboard, by what the help says of them."""
    of_typer = get_args(signature.parameters[name].annotation)[1:]
    help_ = next((info.help for info in of_typer if getattr(info, "help", None)), name)
    print(f"{help_} ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip("\r\n")
