"""Two fields of an operation that are one choice on a page: an action is a descriptor and a number.

On a page she chooses the action by its words; the operation takes the two as everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping

BETWEEN = "/"  # in no item's id
SECOND: Mapping[tuple[str, str], str] = {  # by operation and its first field
    ("action change", "item"): "number",
    ("action end", "item"): "number",
}


def both(first: str, second: str) -> str:
    """The two as the value of one choice."""
    return f"{first}{BETWEEN}{second}"


def is_second(operation: str, name: str) -> bool:
    """Whether a field has no box of its own."""
    return any(of == operation and name == second for (of, _), second in SECOND.items())


def box_of(operation: str, name: str) -> str:
    """The field whose box a field is filled in with."""
    of = (first for (of, first), second in SECOND.items() if (of, second) == (operation, name))
    return next(of, name)


def chosen(operation: str, name: str, filled: Mapping[str, str]) -> str:
    """What stands in a field's box, as the page sends it or as a link gives the two apart."""
    value, second = filled.get(name, ""), SECOND.get((operation, name), "")
    apart = second and value and BETWEEN not in value and filled.get(second)
    return both(value, filled[second]) if apart else value


def split(operation: str, filled: Mapping[str, str]) -> dict[str, str]:
    """What was filled in, each field with its own value again."""
    apart = dict(filled)
    for (of, first), second in SECOND.items():
        if of == operation and BETWEEN in filled.get(first, ""):
            apart[first], _, apart[second] = filled[first].partition(BETWEEN)
    return apart
