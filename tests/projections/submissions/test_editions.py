"""Two editions that ask in the same words are compared, and what differs between them is said."""

from __future__ import annotations

import json
from typing import Any

import pytest
from support.area import OPENS

from bots.forms import read_form
from ehsg_events.commands import submissions
from ehsg_events.kernel import Stamp
from ehsg_events.log.log import Log
from guides import library
from guides.crosswalk import by_itself, equal_items
from guides.mistakes import check
from guides.model import Guide
from guides.writing import as_yaml
from projections.submissions.comparable import comparable
from projections.submissions.comparison import compare
from projections.submissions.handed_in import handed_in
from projections.years.same_items import pairing
from projections.years.side_by_side import years

WAREHOUSE, LAKE = "data-matching-3", "data-matching-4"
NATIONAL = library.guide("ehsg-2022@1").guide


def find(name: str) -> Guide:
    """A guide that comes with the product."""
    return library.guide(name).guide


def pasted() -> Guide:
    """The guide of 2022 with the real levels pasted over those that were only suggested."""
    scale = NATIONAL.scales[0]
    levels = tuple(
        level.model_copy(
            update={"label": f"Real {level.value}", "text": "As the ministry said it."}
        )
        for level in scale.levels
    )
    changed = scale.model_copy(update={"levels": levels, "suggested": False, "note": ""})
    return NATIONAL.model_copy(
        update={
            "name": "our-2022",
            "like": NATIONAL.id,
            "about": NATIONAL.topic,
            "scales": (changed,),
        }
    )


def publish(log: Log, guide: Guide) -> None:
    """Put a guide on the shelf of the data folder, checked as a new one is."""
    text = as_yaml(guide)
    document, mistakes = check(text, find, new=True)
    assert document is not None, mistakes
    library.publish(document, text.encode(), log.folder)


def bring(log: Log, guide: Guide, area: str, year: int, **scores: int) -> None:
    """Hand in a form that was filled in elsewhere."""
    plain = {item.replace("_", "."): score for item, score in scores.items()}
    submit(log, guide, area, year, json.dumps({"scores": plain}).encode())


def submit(log: Log, guide: Guide, area: str, year: int, content: bytes) -> None:
    """Hand in the content of a form."""
    form = read_form("a.json", content, guide, area)
    stamp = Stamp(
        at=OPENS, by="coordinator", role="coordinator", surface="command",
        cause=f"{area}{year}", key=f"{area}{year}",
    )  # fmt: skip
    submissions.import_submission(log, stamp, area, year, guide.id, form, content)


def test_pasting_the_real_levels_shuts_nobody_out_of_comparing(log: Log) -> None:
    """Every descriptor is compared, and it is said that the levels are worded differently."""
    own = pasted()
    publish(log, own)
    bring(log, NATIONAL, "Northvale", 2022, **{"5_1": 2, "5_2": 4})
    bring(log, own, "Eastmoor", 2022, **{"5_1": 3, "5_2": 4})
    found = compare(log, "Northvale", "Eastmoor", 2022)
    assert found.equal == ("5.2",)
    assert found.higher["Eastmoor"] == ("5.1",)
    assert len(found.reworded) == len(NATIONAL.descriptors)
    assert "Eastmoor used our-2022@1" in str(found.editions)
    assert "worded differently" in str(found.editions)
    assert comparable(log, handed_in(log, "Northvale", 2022)) == ["Eastmoor"]


def test_a_no_that_an_alternative_makes_up_for_lowers_no_area(log: Log) -> None:
    """A warehouse alone is as good as a warehouse and a lake: no mean falls, and nobody is higher."""
    old = find("ehsg-2020@1")
    for area, lake in (("Northvale", "no"), ("Eastmoor", "yes")):
        content = json.dumps({"scores": {WAREHOUSE: "yes", LAKE: lake}}).encode()
        submit(log, old, area, 2020, content)
    found = compare(log, "Northvale", "Eastmoor", 2020)
    matching = next(section for section in found.sections if section.section == "data-matching")
    assert matching.areas["Northvale"].mean == matching.areas["Eastmoor"].mean == 3.0
    assert found.higher == {"Northvale": (), "Eastmoor": ()}
    assert found.differ_by_two == ()
    assert found.scores[LAKE] == (0, 3)


@pytest.mark.parametrize("first", ["ehsg-2022@1", "ehsg-2022@2"])
def test_two_editions_of_the_national_guide_are_compared_whole(log: Log, first: str) -> None:
    """All 31 descriptors, whoever is named first, by their words alone; and it is said."""
    second = "ehsg-2022@2" if first == "ehsg-2022@1" else "ehsg-2022@1"
    scores = {item.replace(".", "_"): n % 6 for n, item in enumerate(NATIONAL.descriptors)}
    bring(log, find(first), "Northvale", 2022, **scores)
    bring(log, find(second), "Eastmoor", 2022, **(scores | {"5_1": 3, "9_7": 5}))
    found = compare(log, "Northvale", "Eastmoor", 2022)
    assert len(found.scores) == len(NATIONAL.descriptors) == 31
    assert found.missing == {"Northvale": (), "Eastmoor": ()}
    assert len(found.equal) == 29
    assert found.higher["Eastmoor"] == ("5.1", "9.7")
    assert found.editions == (
        f"Northvale used {first} and Eastmoor used {second}: the 31 descriptors that both ask in "
        f"the same words are compared."
    )
    assert found.reworded == ()
    assert comparable(log, handed_in(log, "Northvale", 2022)) == ["Eastmoor"]


@pytest.mark.parametrize("guide", ["ehsg-2020", "ehsg-2022", "isos-2019", "nw-2013"])
def test_a_second_edition_asks_every_descriptor_of_the_first_in_its_words(guide: str) -> None:
    """So that no area is shut out of comparing by the edition that it happened to open."""
    first, second = find(f"{guide}@1"), find(f"{guide}@2")
    assert equal_items(first, second) == dict.fromkeys(first.descriptors, True)


def test_one_guide_needs_no_word_about_editions(log: Log) -> None:
    """Nothing is marked where nothing differs."""
    bring(log, NATIONAL, "Northvale", 2022, **{"5_1": 2})
    bring(log, NATIONAL, "Eastmoor", 2022, **{"5_1": 3})
    found = compare(log, "Northvale", "Eastmoor", 2022)
    assert found.reworded == ()
    assert found.editions is None


def test_an_areas_years_are_joined_by_equal_wording_alone(log: Log) -> None:
    """No crosswalk has to be written for what is asked in the same words."""
    own = pasted()
    publish(log, own)
    bring(log, NATIONAL, "Northvale", 2022, **{"5_1": 2})
    bring(log, own, "Northvale", 2023, **{"5_1": 3})
    across = years(log, "Northvale")
    first = next(line for line in across.lines if line.item == "5.1")
    assert {(said.year, said.score) for said in first.said} == {(2022, 2), (2023, 3)}
    assert set(across.apart) == set()
    assert "worded differently" in " ".join(across.scales)
    pairs = pairing(NATIONAL, own, log.folder)
    assert pairs.earlier == {item: item for item in NATIONAL.descriptors}
    assert pairs.reworded == tuple(NATIONAL.descriptors)


def reworded(guide: Guide, item: str, **update: Any) -> Guide:
    """The guide with one item changed."""
    sections = tuple(
        section.model_copy(
            update={
                "items": tuple(
                    each.model_copy(update=update) if each.id == item else each
                    for each in section.items
                )
            }
        )
        for section in guide.sections
    )
    return guide.model_copy(update={"sections": sections})


@pytest.mark.parametrize("update", [{"statement": "Something else."}, {"label": "Other"}])
def test_an_item_in_other_words_does_not_correspond(update: dict[str, str]) -> None:
    """And it is said to be lost, while the others stand beside each other."""
    other = reworded(pasted(), "5.1", **update)
    assert "5.1" not in equal_items(NATIONAL, other)
    walk = by_itself(NATIONAL, other)
    assert walk is not None
    assert walk.against(lambda name: NATIONAL if name == NATIONAL.id else other) == []
    assert next(b.kind for b in walk.bearings if b.item == "5.1") == "none"


def test_guides_that_ask_nothing_alike_have_no_crosswalk_of_themselves() -> None:
    """Equal ids alone say nothing."""
    assert by_itself(find("isos-2019@1"), NATIONAL) is None


@pytest.mark.parametrize(
    ("update", "where"),
    [
        ({"statement": "Something else."}, "statement"),
        ({"label": "Other"}, "label"),
        ({"note": "A note."}, "note"),
    ],
)
def test_a_guide_that_is_like_another_differs_in_its_levels_words_alone(
    update: dict[str, str], where: str
) -> None:
    """Any other difference is told at its place, before it is published."""
    text = as_yaml(reworded(pasted(), "5.1", **update))
    document, (mistake, *_) = check(text, find, new=True)
    assert document is None
    assert "to be like ehsg-2022@1 but for the wording of its levels" in mistake.what
    assert mistake.place is not None
    line = text.splitlines()[mistake.place.line - 1]
    assert where in line or "5.1" in line


def test_the_published_guide_it_is_like_must_be_there() -> None:
    """A name that nobody published is refused."""
    text = as_yaml(pasted()).replace("like: ehsg-2022@1", "like: ehsg-1999@1")
    assert "No guide is called ehsg-1999@1" in check(text, find, new=True)[1][0].what
