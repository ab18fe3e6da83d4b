"""What coordinators type is looked at like what stakeholders type, and what is stopped is not kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.ehsg import ehsg, opened

from bots.operations.form import Mistakes, asked, filled
from bots.operations.operation import Operation
from bots.operations.registry import OPERATIONS

HURT, NUMBER, BORN = (
    "Tommy was hit by his father last night",
    "see 943 476 5919",
    "Amy Jones, DOB 12/03/2019",
)
ROUTE = "Ring the Northvale front door on 01632 960001."
WITH_WORDS = [
    (operation, field)
    for operation in OPERATIONS.values()
    for field, info in operation.form.model_fields.items()
    if info.annotation in (str, str | None, list[str], list[str] | None)
]


@pytest.mark.parametrize("typed", [HURT, NUMBER, BORN])
@pytest.mark.parametrize(
    ("operation", "field"), WITH_WORDS, ids=lambda it: it if isinstance(it, str) else it.name
)
def test_every_field_with_words_of_every_operation_is_looked_at(
    operation: Operation,  # type: ignore[type-arg]
    field: str,
    typed: str,
) -> None:
    """The refusal stands at the field, shows the area's route and repeats nothing."""
    given = {name: how.example for name, how in asked(operation.form).items() if how.example}
    with pytest.raises(Mistakes) as refused:
        filled(operation.form, {**given, field: typed}, lambda: ROUTE)
    (wrong,) = refused.value.wrong
    assert wrong.field == field
    assert ROUTE in str(wrong)
    assert "call 999" in str(wrong)
    assert typed not in str(wrong)


def test_a_worry_is_answered_with_the_route_before_anything_else() -> None:
    """What to do now comes before why it was not kept."""
    given = {"item": "9.5", "score": "3", "because": HURT}
    with pytest.raises(Mistakes, match=r"\ARing the Northvale front door"):
        filled(OPERATIONS["moderate"].form, given, lambda: ROUTE)


def test_on_the_command_line_nothing_of_it_is_recorded(tmp_path: Path) -> None:
    """Neither the decision nor the words, and the option is named."""
    data = tmp_path / "data"
    opened(data)
    before = ehsg(data, "trail").out
    ran = ehsg(data, "panel", "release", "police-1", "--because", HURT)
    assert ran.code == 2
    assert "--because" in ran.err
    assert "safeguarding procedure now" in ran.err
    assert ehsg(data, "trail").out == before
