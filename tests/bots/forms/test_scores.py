"""The score in a box: what is plain is taken, what is not is asked about."""

from __future__ import annotations

import pytest
from support.story.forms import GUIDE

from bots.forms.scores import read_score


@pytest.mark.parametrize(
    ("printed", "score"),
    [
        ("3", "3"), (" 3. ", "3"), ("3.0", "3"), ("3/5", "3"), ("3 out of 5", "3"), ("**3**", "3"),
        ("(3)", "3"), ("Level 3", "3"), ("level: 3", "3"), ("Score 3", "3"), ("three", "3"),
        ("Three.", "3"), ("3 - developing", "3"), ("3 – mostly there", "3"), ("3 (developing)", "3"),
        ("3: developing", "3"), ("- 3", "3"), ("0", "0"), ("zero", "zero"), ("nought", "0"),
        ("Mostly in place", "3"), ("3 - Mostly in place", "3"),
    ],
)  # fmt: skip
def test_a_plain_score_is_taken(printed: str, score: str) -> None:
    """One level, and nothing that could be another."""
    assert read_score(printed, "5.1", GUIDE) == score


@pytest.mark.parametrize(
    "printed",
    [
        "2-3", "2–3", "2/3", "2 or 3", "2 to 3", "between 2 and 3", "3+", "3?", "3½", "3 points up",
        "3 (2 for data)", "3 - or two", "3 - First steps", "3 5", "high", "3 - not yet",
    ],
)  # fmt: skip
def test_a_score_that_could_be_another_is_given_back_as_it_stands(printed: str) -> None:
    """It is no level of the scale, so it is refused with its line and what was read."""
    assert read_score(printed, "5.1", GUIDE) == printed


@pytest.mark.parametrize("printed", ["", "N/A", "–", "TBC", "Choose an item.", "Not scored yet"])
def test_a_box_that_says_it_was_not_filled_in_is_blank(printed: str) -> None:
    """Blank is no score, and never nought."""
    assert read_score(printed, "5.1", GUIDE) is None
