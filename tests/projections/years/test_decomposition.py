"""A change taken apart: the parts are the whole, exactly, and nothing is blamed on what was not."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from projections.years.decomposition import Parts, Year, mean, parts, year

ITEMS = ("a", "b", "c", "d")
PEOPLE = ("ann", "bob", "cat", "dan", "eve")
SCORES = st.dictionaries(st.sampled_from(PEOPLE), st.integers(0, 5), min_size=1)
SHEETS = st.dictionaries(st.sampled_from(ITEMS), SCORES, min_size=1)
GUIDES = st.lists(st.sampled_from(ITEMS), unique=True)
FEW = settings(max_examples=60)


def total(found: Year) -> Fraction:
    """All parts together."""
    return found.parts.people + found.parts.minds + found.asked + found.guide


@FEW
@given(SHEETS, SHEETS, GUIDES)
def test_the_parts_of_a_year_are_the_whole(
    last: dict[str, dict[str, int]], this: dict[str, dict[str, int]], both: list[str]
) -> None:
    """Exactly, whoever left, joined or changed their mind, and whatever the guides ask."""
    found = year(last, this, both)
    assert (found is None) == (not last.keys() & this.keys() & set(both))
    if found:
        figures = [mean(mean(one.values()) for one in sheet.values()) for sheet in (last, this)]
        assert [found.last, found.this] == figures
        assert total(found) == found.whole == figures[1] - figures[0]


@FEW
@given(SCORES, SCORES)
def test_the_parts_of_a_descriptor_are_the_whole(
    last: dict[str, int], this: dict[str, int]
) -> None:
    """Exactly."""
    found = parts(last, this)
    assert found.people + found.minds == mean(this.values()) - mean(last.values())


@FEW
@given(SCORES, SCORES)
def test_a_part_without_its_cause_is_nought(last: dict[str, int], this: dict[str, int]) -> None:
    """Nobody left, nobody joined, somebody stayed, nobody changed their mind."""
    found, stayed = parts(last, this), last.keys() & this.keys()
    assert last.keys() - this.keys() or not found.left
    assert this.keys() - last.keys() or not found.joined
    assert not stayed or not found.replaced
    assert any(last[one] != this[one] for one in stayed) or not found.minds


@FEW
@given(SHEETS, SHEETS)
def test_the_same_guide_changes_nothing(
    last: dict[str, dict[str, int]], this: dict[str, dict[str, int]]
) -> None:
    """Nor does what was asked when all of it was scored in both years."""
    found = year(last, this, ITEMS)
    if found:
        assert not found.guide
        assert last.keys() != this.keys() or not found.asked


def test_people_and_minds_are_told_apart() -> None:
    """Ann leaves, bob moves by two, cat comes: from 2 over 3 and 5 to 3."""
    found = parts({"ann": 1, "bob": 3}, {"bob": 5, "cat": 1})
    assert found == Parts(left=Fraction(1), joined=Fraction(-2), minds=Fraction(2))


def test_other_people_altogether_are_neither_left_nor_joined() -> None:
    """Nobody stands in both years, so there is no way between them."""
    assert parts({"ann": 1}, {"bob": 4}) == Parts(replaced=Fraction(3))


def test_a_new_descriptor_is_the_guides_doing_and_an_unscored_one_is_not() -> None:
    """The guide's new b lifts the mean; c was asked last year too, of nobody who knew."""
    last, this = {"a": {"ann": 2}}, {"a": {"ann": 2}, "b": {"ann": 5}, "c": {"ann": 3}}
    found = year(last, this, ["a", "c"])
    assert found is not None
    assert (found.asked, found.guide) == (Fraction(1, 2), Fraction(5, 6))
