"""A guide holds together: what it names it has, and its scales are even."""

from __future__ import annotations

import pytest
import yaml

from guides.library import guide
from guides.model import Guide, Scale

OLD, NEW = guide("ehsg-2020@1").guide, guide("ehsg-2022@1").guide
BASE = {
    "name": "tiny",
    "version": 1,
    "title": "Tiny",
    "year": 2026,
    "publisher": "us",
    "licence": "none",
    "sources": [{"document": "our own", "sha256": "0" * 64}],
    "scales": [
        {
            "id": "yes-no",
            "levels": [
                {"value": "no", "score": 0, "label": "No"},
                {"value": "yes", "score": 1, "label": "Yes"},
            ],
        }
    ],
    "sections": [
        {
            "id": "one",
            "title": "One",
            "items": [{"id": "1", "statement": "Is it so?", "scale": "yes-no"}],
        }
    ],
}


@pytest.mark.parametrize("found", [OLD, NEW], ids=["2020", "2022"])
def test_a_scale_rises_by_one_from_its_lowest_level(found: Guide) -> None:
    """Also when its polarity turns it round."""
    for item in found.descriptors:
        scale = found.scale_of(item)
        scores = [level.score for level in scale.levels]
        assert scores == list(range(scale.lowest, scale.highest + 1))


def test_the_wording_digest_changes_with_any_word_shown() -> None:
    """Statement, scale and fields are what a person reads."""
    digests = {NEW.wording_digest(item) for item in NEW.items}
    assert len(digests) == 31
    scale = NEW.scales[0].model_copy(update={"note": "another"})
    other = NEW.model_copy(update={"scales": (scale,)})
    assert other.wording_digest("5.1") != NEW.wording_digest("5.1")


def tiny(**changed: object) -> Guide:
    """The smallest guide, with something changed."""
    return Guide.model_validate({**BASE, **changed})


def test_the_smallest_guide_is_a_guide() -> None:
    """So each of the following refusals is about its own mistake."""
    assert tiny().scale_of("1").highest == 1


def item(**changed: object) -> list[dict[str, object]]:
    """Its one section, with its one item changed."""
    return [
        {
            "id": "one",
            "title": "One",
            "items": [{"id": "1", "statement": "Is it so?", "scale": "yes-no"} | changed],
        }
    ]


@pytest.mark.parametrize(
    ("changed", "mistake"),
    [
        ({"sections": item() + item()}, "item 1 is there twice"),
        ({"sections": item(scale="maybe")}, "no scale is called maybe"),
        ({"sections": item(statement="")}, "item 1 is asked but has no statement"),
        ({"colour": "red"}, "Extra inputs are not permitted"),
        (
            {
                "thresholds": {
                    "title": "t",
                    "status": "s",
                    "rule": "r",
                    "criteria": [{"item": "9", "minimum": 1}],
                }
            },
            "no item is called 9",
        ),
    ],
)
def test_a_guide_that_contradicts_itself_is_refused(
    changed: dict[str, object], mistake: str
) -> None:
    """What one part names another part must have."""
    with pytest.raises(ValueError, match=mistake):
        tiny(**changed)


def level(value: str, score: int) -> dict[str, object]:
    """A level of a scale."""
    return {"value": value, "score": score, "label": value}


@pytest.mark.parametrize(
    ("levels", "mistake"),
    [
        ([level("a", 0), level("b", 2)], "scores must rise by one"),
        ([level("a", 1), level("b", 0)], "scores must rise by one"),
        ([level("a", 0), level("a", 1)], "two levels have the same value"),
        ([level("a", 0)], "at least 2 items"),
    ],
)
def test_a_scale_with_holes_or_doubles_is_refused(
    levels: list[dict[str, object]], mistake: str
) -> None:
    """Near and far are counted in levels, so they must be even."""
    with pytest.raises(ValueError, match=mistake):
        Scale.model_validate({"id": "odd", "levels": levels})


def test_an_unquoted_no_in_a_guide_is_a_mistake_not_a_false() -> None:
    """YAML reads a bare no as false; the level's value must be a word."""
    with pytest.raises(ValueError, match="valid string"):
        Scale.model_validate(yaml.safe_load("{id: x, levels: [{value: no, score: 0, label: n}]}"))
