"""The two published guides: complete, unchanged, and nothing in the code knows their numbers."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guides import library
from guides.library import SHELF, AlteredGuide, UnknownGuide, guide, published, read

OLD, NEW = guide("ehsg-2020@1").guide, guide("ehsg-2022@1").guide
BYTES = (SHELF / "ehsg-2022@1.yaml").read_bytes()


@pytest.mark.parametrize("name", published())
def test_every_published_guide_opens_as_it_was_published(name: str) -> None:
    """Its digest is the one in PUBLISHED, and its name is its file's."""
    found = guide(name)
    assert found.guide.id == name
    assert found.digest == published()[name]


def test_every_guide_on_the_shelf_is_published() -> None:
    """A file without a digest could be edited unseen."""
    assert {path.stem for path in SHELF.glob("*.yaml")} == set(published())


@given(st.integers(0, len(BYTES) - 1), st.integers(1, 255))
def test_one_changed_byte_is_noticed(
    tmp_path_factory: pytest.TempPathFactory, at: int, by: int
) -> None:
    """Wherever it is and whatever it becomes."""
    altered = bytearray(BYTES)
    altered[at] ^= by
    path = tmp_path_factory.getbasetemp() / "altered.yaml"
    path.write_bytes(altered)
    with pytest.raises(AlteredGuide, match="was edited after it was published"):
        read(path, expected=published()["ehsg-2022@1"])


def test_a_guide_that_is_not_there_says_which_are() -> None:
    """All of them."""
    with pytest.raises(UnknownGuide, match=r"Published are: ehsg-2020@1, .*, nw-2013@2\."):
        guide("ehsg-2019@1")


def test_a_missing_file_says_to_restore_it(tmp_path: Path) -> None:
    """It is on the list but not on the disk."""
    with pytest.raises(AlteredGuide, match="cannot be read"):
        read(tmp_path / "gone.yaml")


@pytest.mark.parametrize("content", [b"a: [", b"\xff\xfe\xfa", b"name: x", b"- 1", b""])
def test_a_file_that_is_no_guide_is_refused(tmp_path: Path, content: bytes) -> None:
    """Broken YAML, wrong encoding, missing keys: one kind of mistake."""
    path = tmp_path / "odd.yaml"
    path.write_bytes(content)
    with pytest.raises(AlteredGuide, match=r"odd\.yaml is not a guide"):
        read(path)


def test_2022_has_31_descriptors_in_five_sections() -> None:
    """7, 7, 5, 5 and 7, on six levels, each with both fields."""
    assert [len(section.items) for section in NEW.sections] == [7, 7, 5, 5, 7]
    assert len(NEW.descriptors) == len(NEW.items) == 31
    assert [section.number for section in NEW.sections] == [5, 6, 7, 8, 9]
    kinds = {tuple(field.kind for field in section.fields) for section in NEW.sections}
    assert kinds == {("evidence", "next-step")}
    assert {len(NEW.scale_of(item).levels) for item in NEW.descriptors} == {6}


def test_2022_marks_its_level_wording_as_suggested() -> None:
    """The national wording is lost; ours must never pass for it."""
    (scale,) = NEW.scales
    assert scale.suggested
    assert "our own suggestion" in scale.note
    assert all(level.text for level in scale.levels)


def test_2022_brings_its_thresholds_data_models_selection_and_permissions() -> None:
    """All that a submission needs."""
    assert NEW.thresholds
    assert {c.item: c.minimum for c in NEW.thresholds.criteria} == {
        "5.1": 4,
        "6.1": 4,
        "6.3": 3,
        "8.1": 4,
        "8.3": 3,
        "9.1": 4,
        "9.3": 4,
        "9.4": 4,
        "9.7": 3,
    }
    assert [model.level for model in NEW.data_models] == [1, 2, 3, 4, 5, 6]
    assert NEW.selection
    assert NEW.selection.count == 3
    covered = [
        level
        for quota in NEW.selection.quotas
        for level in range(quota.data_model_min, quota.data_model_max + 1)
    ]
    assert covered == [1, 2, 3, 4, 5, 6]
    assert [permission.id for permission in NEW.permissions] == ["dfe", "sf-coordinators", "ogd"]


def test_2020_has_41_and_23_scored_questions_and_three_in_words() -> None:
    """One of the 24 rows on data breaks off in the published page, and is not asked."""
    scored = [OLD.section_of(item).kind for item in OLD.descriptors]
    assert scored.count("system") == 41
    assert scored.count("data") == 23
    assert [item for item in OLD.items if item not in OLD.descriptors] == [
        "big-1",
        "big-2",
        "big-3",
    ]


def test_2020_does_not_ask_the_row_that_breaks_off() -> None:
    """It is kept, with the reason, and put to nobody."""
    (cut,) = [i for section in OLD.sections for i in section.items if not i.ask]
    assert cut.id == "case-management-2"
    assert cut.note
    assert cut.id not in OLD.items


def test_2020_knows_the_one_question_where_yes_is_weaker() -> None:
    """Matching by hand: yes scores lowest, no highest, on the same words."""
    turned = {i for i in OLD.descriptors if OLD.items[i].polarity == "negative"}
    assert turned == {"data-matching-1"}
    levels = OLD.scale_of("data-matching-1").levels
    assert [level.value for level in levels] == ["yes", "mostly-yes", "mostly-no", "no"]
    assert [level.score for level in levels] == [0, 1, 2, 3]


def test_2020_knows_the_one_pair_of_alternatives() -> None:
    """Warehouse or lake."""
    pair = [i for i in OLD.items.values() if i.alternative_group]
    assert [item.id for item in pair] == ["data-matching-3", "data-matching-4"]
    assert len({item.alternative_group for item in pair}) == 1


def test_the_shelf_is_read_once() -> None:
    """A guide is opened on every fold, so it is kept."""
    assert library.guide("ehsg-2022@1") is library.guide("ehsg-2022@1")
