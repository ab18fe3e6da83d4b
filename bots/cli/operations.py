"""Operations as commands: fields become arguments and options, the result is printed."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin
from uuid import uuid4

import typer

from bots.cli.commands import MERGED
from bots.cli.context import AsJson, Run, Which, run_of
from bots.cli.files import upload
from bots.cli.printing import tell, warn
from bots.operations.form import Asked, Mistakes, Upload, asked, filled
from bots.operations.operation import Doing, Done, Operation
from bots.operations.registry import MODULES, OPERATIONS
from bots.operations.typed import option
from ehsg_events.kernel import COORDINATOR, Refused

INSIDE = {full for merged in MERGED.values() for full in merged.values()} | {"link", "link revoke"}
Made = dict[str, tuple[Callable[..., Any], str]]
AnyOperation = Operation[Any]
NO = False  # a flag that was not given


def operations_of(name: str) -> Made:
    """The operations whose name begins with a word, as commands, each with its example."""
    names = [full for full in MODULES if full.split(" ")[0] == name and full not in INSIDE]
    return {full: (command_of(OPERATIONS[full]), example_of(OPERATIONS[full])) for full in names}


def example_of(operation: AnyOperation) -> str:
    """The operation as it could be typed, with what it needs filled in."""
    fields = asked(operation.form)
    needed = {
        name: how
        for name, how in fields.items()
        if operation.form.model_fields[name].is_required() or (how.first and how.example)
    }
    words = [_quoted(how.example) for how in needed.values() if how.first]
    for name, how in needed.items():
        if not how.first:
            flag = _is_choice(operation.form.model_fields[name].annotation)
            words += [f"--{how.example}"] if flag else [option(name, how), _quoted(how.example)]
    return " ".join(["ehsg", operation.name, *words])


def carry_out(
    run: Run, operation: AnyOperation, which: str | None, given: Mapping[str, Any]
) -> Done:
    """Do an operation as whoever runs the command line; a mistake names its option."""
    assessment = uuid4() if operation.begins else run.assessment(which)
    by = COORDINATOR if operation.begins else run.coordinator(assessment)
    stamp = run.stamp(f"ehsg {operation.name}", by)
    doing = Doing(run.named_folder(), run.new_log, stamp, assessment)
    try:
        route = {} if operation.begins else {"route": doing.safeguarding}
        return operation.do(doing, filled(operation.form, given, **route))
    except Refused as refusal:
        raise _at_its_option(refusal, operation) from None


def show(done: Done, *, as_json: bool) -> None:
    """Print the result of an operation."""
    warn(done.notes)
    tell(done.says if done.stands is None else done.stands, done.document, as_json=as_json)


def command_of(operation: AnyOperation) -> Callable[..., Any]:
    """A function with one parameter for each field, as the command line takes them."""
    merged = {flag: OPERATIONS[name] for flag, name in MERGED.get(operation.name, {}).items()}

    def run(
        context: typer.Context, which: str | None = None, *, as_json: bool, **typed: Any
    ) -> None:
        chosen = next((other for flag, other in merged.items() if typed.pop(flag)), operation)
        given = {
            name: _value(value)
            for name, value in typed.items()
            if value not in (None, ()) and value is not False  # a flag of the other operation
        }
        _choose(chosen, given)
        show(carry_out(run_of(context), chosen, which, given), as_json=as_json)

    parameters = [_parameter("context", typer.Context), *_parameters(operation, merged)]
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    run.__doc__ = operation.says
    return run


def _parameters(
    operation: AnyOperation, merged: Mapping[str, AnyOperation]
) -> Iterator[inspect.Parameter]:
    forms = [operation.form, *(other.form for other in merged.values())]
    fields = {
        name: (how, form.model_fields[name]) for form in forms for name, how in asked(form).items()
    }
    for first in (True, False):
        for name, (how, field) in fields.items():
            needed = field.is_required() and not merged
            if how.first is first and _is_choice(field.annotation):
                yield from _flags(how, get_args(field.annotation))
            elif how.first is first:
                yield _field(name, how, field.annotation, needed=needed)
    for flag, other in merged.items():
        yield _parameter(flag, Annotated[bool, typer.Option(f"--{flag}", help=other.says)], NO)
    if not operation.begins:
        yield _parameter("which", Which, None)
    yield _parameter("as_json", AsJson, NO)


def _field(name: str, how: Asked, kind: Any, *, needed: bool) -> inspect.Parameter:
    """One field as an argument or an option; a file is named by its path."""
    plain = _on_a_command_line(kind)
    default = inspect.Parameter.empty if needed else False if plain is bool else None
    if not needed and plain is not bool:
        plain |= None
    info = (
        typer.Argument(help=how.says, metavar=how.stands_for or None)
        if how.first
        else typer.Option(option(name, how), help=how.says)
    )
    return _parameter(name, Annotated[plain, info], default)


def _flags(how: Asked, values: tuple[str, ...]) -> Iterator[inspect.Parameter]:
    for value in values:
        yield _parameter(value, Annotated[bool, typer.Option(f"--{value}", help=how.says)], NO)


def _parameter(
    name: str, annotation: Any, default: Any = inspect.Parameter.empty
) -> inspect.Parameter:
    kinds = inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY
    return inspect.Parameter(name, kinds[name != "context"], default=default, annotation=annotation)


def _on_a_command_line(kind: Any) -> Any:
    """A field's type as typer takes it: without None, and a path instead of a file."""
    (only,) = [part for part in (get_args(kind) or (kind,)) if part is not type(None)][:1]
    if get_origin(kind) is list:
        return kind
    return Path if only is Upload else only


def _is_choice(kind: Any) -> bool:
    return get_origin(kind) is Literal


def _choose(operation: AnyOperation, given: dict[str, Any]) -> None:
    """Replace the flags of a choice by the value of its field; exactly one must be given."""
    for name, field in operation.form.model_fields.items():
        if _is_choice(field.annotation):
            flags = get_args(field.annotation)
            chosen = [flag for flag in flags if given.pop(flag, False)]
            if len(chosen) != 1:
                ways = " or ".join(f"--{flag}" for flag in flags)
                raise Refused(f"Say one of them: {ways}.")
            given[name] = chosen[0]


def _value(value: Any) -> Any:
    if isinstance(value, Path):
        return upload(value)
    return list(value) if isinstance(value, tuple) else value


def _at_its_option(refusal: Refused, operation: AnyOperation) -> Refused:
    """The same refusal, each mistake after the name of the option it is about."""
    wrong = refusal.wrong if isinstance(refusal, Mistakes) else (refusal,)
    fields = asked(operation.form)
    named = {name: option(name, how) for name, how in fields.items() if not how.first}
    lines = [
        f"{named[mistake.field]}: {mistake}" if mistake.field in named else str(mistake)
        for mistake in wrong
    ]
    return Refused("\n".join(lines), *refusal.ways)


def _quoted(word: str) -> str:
    return f"'{word}'" if " " in word else word
