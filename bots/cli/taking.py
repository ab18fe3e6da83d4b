"""`--data` after a command as well as before it."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import typer

from bots.cli.failures import failures_refused

DATA = "The data folder of your area."
Data = Annotated[Path | None, typer.Option("--data", help=DATA, show_default=False)]


def taken(function: Callable[..., Any]) -> Callable[..., Any]:
    """A command that takes `--data` too; given in both places, the one after it counts."""
    signature = inspect.signature(function, eval_str=True)
    wants_context = "context" in signature.parameters

    @wraps(function)
    def run(context: typer.Context, *words: Any, data: Path | None = None, **options: Any) -> Any:
        if data is not None:
            context.obj.folder, context.obj.from_environment = data, False
        with failures_refused(lambda: context.obj.folder):
            return function(*([context] if wants_context else []), *words, **options)

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
