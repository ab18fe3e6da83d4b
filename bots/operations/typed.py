"""How a refusal's way out is typed on the command line."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic.fields import FieldInfo

from bots.operations.form import Asked, asked
from bots.operations.operation import Operation
from bots.operations.registry import OPERATIONS
from ehsg_events.kernel import Refused, Way

SPELLED = {  # operations that are an option of another's command
    "link revoke": "link --revoke",
    "round plan cancel": "round plan --cancel",
    "sign-off withdraw": "sign-off --withdraw",
}


def typed(way: Way) -> str:
    """The command, with what is known filled in and what is needed by its name in capitals."""
    command = f"ehsg {SPELLED.get(way.to, way.to)}"
    operation = OPERATIONS.get(way.to)
    if operation is None:
        return " ".join([command, *way.given.values()])
    return " ".join([command, *_words(operation, way)])


def told(refusal: Refused) -> str:
    """A refusal with its ways out, each as the command to type."""
    return "\n".join([str(refusal), *(f"To {way.does}: `{typed(way)}`." for way in refusal.ways)])


def option(name: str, how: Asked) -> str:
    """What a field is called where it is typed."""
    return f"--{(how.called or name).replace('_', '-')}"


def _words(operation: Operation, way: Way) -> Iterator[str]:  # type: ignore[type-arg]
    infos, fields = operation.form.model_fields, asked(operation.form)
    for first in (True, False):
        for name, how in fields.items():
            value = way.given.get(name) or _placeholder(name, how, infos[name])
            if how.first is first and value:
                yield _word(name, how, infos[name], value)


def _word(name: str, how: Asked, field: FieldInfo, value: str) -> str:
    """A field as it is typed: a flag, an option with its value, or the value alone."""
    if field.annotation is bool:
        return option(name, how)
    return _quoted(value) if how.first else f"{option(name, how)} {_quoted(value)}"


def _placeholder(name: str, how: Asked, field: FieldInfo) -> str:
    return (how.stands_for or name.upper()) if field.is_required() else ""


def _quoted(value: str) -> str:
    return f"'{value}'" if " " in value else value
