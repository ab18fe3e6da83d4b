"""A long list a page at a time: nothing of it is lost, and what is not there is refused."""

from __future__ import annotations

import pytest

from bots.web.desk.pages.leaf import A_PAGE, leaf_of
from ehsg_events.kernel import Refused


@pytest.mark.parametrize("many", [0, 1, A_PAGE, A_PAGE + 1, 3 * A_PAGE - 1])
def test_from_the_first_page_on_everything_is_met_once_and_in_order(many: int) -> None:
    """By the ways that each page offers, on and back again."""
    every, met, number = [*range(many)], list[int](), 1
    while True:
        here, leaf = leaf_of(every, str(number), "things")
        met += here
        ways = dict(leaf.ways)
        assert ways.get("First", 1) == 1
        assert ways.get("Last", number) == leaf.pages
        assert ways.get("Earlier", 0) == number - 1
        assert leaf.says == f"Page {number} of {leaf.pages}, {many} things."
        if "Later" not in ways:
            break
        number = ways["Later"]
    assert met == every
    assert number == leaf.pages


@pytest.mark.parametrize("page", ["0", "3", "-1", "two", "", "9" * 40, "1.0"])
def test_a_page_that_is_not_there_is_refused(page: str) -> None:
    """With how many there are."""
    with pytest.raises(Refused, match="There are 2 pages"):
        leaf_of([*range(A_PAGE + 1)], page, "things")
