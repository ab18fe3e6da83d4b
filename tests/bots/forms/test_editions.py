"""The form of 2022 is the same under both editions: what one prints the other reads."""

from __future__ import annotations

from typing import Any

import pytest

from bots.forms.text import read_text
from bots.forms.written import write_form
from guides import library

FIRST, SECOND = (library.guide(f"ehsg-2022@{version}").guide for version in (1, 2))
FILLED: dict[str, Any] = {
    "area": "Northvale",
    "year": 2022,
    "descriptors": [
        {"item": item, "score": n % 6, "working_well": ["We ask."], "next": ["More."]}
        for n, item in enumerate(FIRST.descriptors)
    ],
    "data_model": 3,
    "data_model_changed": None,
    "priorities": ["7.3", "6.4", "9.4"],
    "permissions": {permission.id: "yes" for permission in FIRST.permissions},
}


@pytest.mark.parametrize("form", ["txt", "md"])
def test_both_editions_print_the_same_form(form: str) -> None:
    """What stands beside the questions, and the last of them, are no part of it."""
    assert write_form(FILLED, SECOND, form) == write_form(FILLED, FIRST, form)


def test_a_form_is_read_the_same_under_both_editions() -> None:
    """All 31 scores and both boxes of each."""
    text = write_form(FILLED, FIRST, "txt")
    first, second = (read_text(text, guide, "Northvale") for guide in (FIRST, SECOND))
    assert first == second
    assert [one.score for one in second.printed] == [str(n % 6) for n in range(31)]
