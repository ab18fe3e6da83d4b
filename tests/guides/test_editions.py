"""The second editions: every word of the first, and beside it what the sources say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from guides import library
from guides.crosswalk import Crosswalk
from guides.model import Guide

PRINTED: dict[str, list[str]] = json.loads(
    Path(__file__).with_name("sources.json").read_text(encoding="utf-8")
)
FIRST = ["ehsg-2020", "ehsg-2022", "isos-2019", "nw-2013"]
GROWS = {"version", "sources", "sections", "usually_asked"}


def guide(name: str) -> Guide:
    """A published guide."""
    return library.guide(name).guide


def texts(plain: Any) -> Iterator[str]:
    """Every text in a guide's plain values."""
    match plain:
        case str():
            yield plain
        case dict():
            for value in plain.values():
                yield from texts(value)
        case list() | tuple():
            for value in plain:
                yield from texts(value)


@pytest.mark.parametrize("name", [name for name in PRINTED if name != "note"])
def test_what_the_source_prints_stands_letter_for_letter(name: str) -> None:
    """No word of it was altered, and none was left out."""
    held = list(texts(guide(name).model_dump()))
    missing = [text for text in PRINTED[name] if not any(text in one for one in held)]
    assert missing == []


@pytest.mark.parametrize("name", FIRST)
def test_a_new_edition_keeps_every_word_of_the_one_before(name: str) -> None:
    """What people answered under the first stands in the second as it was."""
    before, after = (guide(f"{name}@{version}").model_dump() for version in (1, 2))
    kept = {key for key, value in before.items() if value} - GROWS
    assert {key: after[key] for key in kept} == {key: before[key] for key in kept}
    assert after["sections"][: len(before["sections"])] == tuple(before["sections"])
    documents = [source["document"] for source in after["sources"]]
    assert documents[: len(before["sources"])] == [s["document"] for s in before["sources"]]


@pytest.mark.parametrize("name", FIRST)
def test_what_a_crosswalk_of_two_editions_calls_the_same_is_the_same(name: str) -> None:
    """The same words on the same levels, for every descriptor of the first."""
    before, after = (guide(f"{name}@{version}") for version in (1, 2))
    walk = library.newest(Crosswalk, f"{before.id}--{after.id}")
    assert walk is not None
    same = {bearing.item for bearing in walk.bearings if bearing.kind == "same"}
    assert same == set(before.descriptors)
    for item in same:
        assert after.items[item] == before.items[item]
        assert after.scale_of(item) == before.scale_of(item)


@pytest.mark.parametrize("name", FIRST)
def test_every_edition_of_a_year_leads_to_every_later_one(name: str) -> None:
    """An area that moves to a new edition keeps its years side by side."""
    later = ["ehsg-2022@1", "ehsg-2022@2"] if name == "ehsg-2020" else [f"{name}@2"]
    for earlier in (f"{name}@1", f"{name}@2"):
        for other in later:
            if earlier != other:
                assert library.newest(Crosswalk, f"{earlier}--{other}") is not None


@pytest.mark.parametrize("name", FIRST)
def test_everybody_is_asked_one_open_question_last(name: str) -> None:
    """It is in words, and no score hangs on it."""
    edition = guide(f"{name}@2")
    (last,) = edition.asked_last
    assert list(edition.items)[-1] == last
    assert edition.kind_of(last) == "text"


def test_2020_holds_the_six_elements_of_data_maturity_beside_every_question_on_data() -> None:
    """In their order; they are no questions themselves."""
    edition = guide("ehsg-2020@2")
    (elements,) = (text for text in edition.references if text.id == "data-maturity")
    assert len(elements.points) == 6
    on_data = [item for item in edition.items if edition.section_of(item).kind == "data"]
    assert len(on_data) == 26
    assert all(edition.stands(item, elements.beside) for item in on_data)
    assert not edition.stands("families-1", elements.beside)


def test_2022_points_from_6_1_and_6_5_to_the_workforce_table() -> None:
    """The national rows are lost and not made up: it comes empty."""
    edition = guide("ehsg-2022@2")
    (table,) = edition.local_tables
    assert [item for item in edition.items if edition.stands(item, table.beside)] == ["6.1", "6.5"]
    assert "lost" in table.note


def test_2013_asks_about_thresholds_and_what_help_costs_and_brings() -> None:
    """Seven columns and three sums of the table as questions, two of them in pounds."""
    edition = guide("nw-2013@2")
    asked = {section.id: section.items for section in edition.sections}
    assert len(asked["impact"]) == 7 + 3
    assert [item.id for item in asked["impact"] if item.number] == ["impact-3", "impact-8"]
    assert all(item.scale for item in asked["thresholds"])


def test_whoever_could_be_asked_in_welsh_still_can() -> None:
    """The rendering of the first edition lies over the second as well, word for word."""
    assert library.languages("ehsg-2022@2") == library.languages("ehsg-2022@1")
    before, after = (library.wording(f"ehsg-2022@{version}", "cy").guide for version in (1, 2))
    assert after.items["5.1"] == before.items["5.1"]
