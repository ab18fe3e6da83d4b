"""The same as in the suite, of thirty people: `python -m pytest tests/long/office_by_letter.py`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from support.letter_office import LetterOffice, letter_office
from whole.test_office_by_letter import (  # noqa: F401 - each is run on the office below
    play,
    test_everybody_was_invited_thanked_and_told_what_became_of_it,
    test_everything_that_people_are_told_has_its_delivery,
    test_no_letter_holds_an_answer_or_anything_that_was_sealed,
    test_no_line_of_a_body_is_longer_than_a_mail_server_takes,
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LetterOffice]:
    """From the opening to the sign-off."""
    with letter_office(tmp_path_factory.mktemp("letters"), 30) as office:
        play(office, 30)
        yield office
