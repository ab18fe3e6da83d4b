"""Publishing freezes: what is out is never changed, what is changed is never used."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.ehsg import PANEL, Ran, ehsg
from support.story.guides import SMALL

from guides import library
from guides.crosswalk import Crosswalk
from guides.difference import difference
from guides.language import Rendering
from guides.library import AlteredGuide, NotPublished
from guides.model import Guide
from guides.shelf import Shelf, content_of
from guides.yaml_text import read_page

SHELVES = [Shelf(library.SHELF / folder) for folder in (".", "languages", "crosswalks")]
FROZEN = [(shelf, name) for shelf in SHELVES for name in shelf.published()]


@pytest.mark.parametrize(("shelf", "name"), FROZEN, ids=[name for _, name in FROZEN])
def test_everything_published_is_as_it_was(shelf: Shelf, name: str) -> None:
    """Guides, renderings and crosswalks alike."""
    digest = shelf.published()[name]
    assert sha256(shelf.content(name, digest)).hexdigest() == digest


@pytest.mark.parametrize("shelf", SHELVES, ids=lambda shelf: shelf.folder.name or "guides")
def test_nothing_stands_on_a_shelf_unpublished(shelf: Shelf) -> None:
    """A file without a digest could be edited unseen."""
    assert {path.stem for path in shelf.folder.glob("*.yaml")} == set(shelf.published())


@given(st.sampled_from(FROZEN), st.data())
def test_no_mutation_of_a_published_file_goes_unnoticed(
    tmp_path_factory: pytest.TempPathFactory, frozen: tuple[Shelf, str], data: st.DataObject
) -> None:
    """A byte changed, taken out or put in, anywhere in any of them."""
    shelf, name = frozen
    whole = shelf.file(name).read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    byte = bytes([data.draw(st.integers(0, 255))])
    mutant = data.draw(
        st.sampled_from([whole[:at] + byte + whole[at + 1 :], whole[:at] + whole[at + 1 :],
                         whole[:at] + byte + whole[at:], whole[:at]])
    )  # fmt: skip
    file = tmp_path_factory.getbasetemp() / "mutant.yaml"
    file.write_bytes(mutant)
    if mutant != whole:
        with pytest.raises(AlteredGuide, match="was edited after it was published"):
            content_of(file, shelf.published()[name])


def small(**changed: object) -> Guide:
    """The small guide, changed."""
    return Guide.model_validate({**read_page(SMALL).content, **changed})


def test_a_version_follows_the_newest_and_none_is_left_out(tmp_path: Path) -> None:
    """The first is 1; what is out stays as it is, even if the same is published again."""
    with pytest.raises(NotPublished, match=r"small@2 would leave a version out: none is published"):
        library.publish(small(version=2), b"x", tmp_path)
    library.publish(small(), b"x", tmp_path)
    with pytest.raises(NotPublished, match="published already and is never changed"):
        library.publish(small(), b"x", tmp_path)
    with pytest.raises(NotPublished, match=r"the newest is small@1\. Write `version: 2`"):
        library.publish(small(version=3), b"x", tmp_path)
    library.publish(small(version=2), b"y", tmp_path)
    assert list(Shelf(tmp_path / "guides").published()) == ["small@1", "small@2"]


def test_the_products_own_names_are_not_taken(tmp_path: Path) -> None:
    """Nobody's ehsg-2022@2 may be mistaken for the national one."""
    with pytest.raises(NotPublished, match="comes with the product"):
        library.publish(small(name="ehsg-2022", version=2), b"x", tmp_path)


@pytest.fixture
def mine(tmp_path: Path) -> Callable[..., Ran]:
    """Runs a command on a data folder in which small@1 was published."""
    file = tmp_path / "small.yaml"
    file.write_text(SMALL, encoding="utf-8")
    assert ehsg(tmp_path / "data", "guide", "publish", str(file)).code == 0
    return lambda *words, **more: ehsg(tmp_path / "data", *words, **more)


def panel(tmp_path: Path) -> str:
    """A panel file for the small guide."""
    file = tmp_path / "panel.csv"
    file.write_text(PANEL.replace("5.1 9.5", "first"), encoding="utf-8")
    return str(file)


def test_an_areas_own_guide_is_used_like_any_other(
    mine: Callable[..., Ran], tmp_path: Path
) -> None:
    """Listed, opened, answered, measured and reported."""
    assert "small@1" in mine("guide", "list").out
    opened = mine(
        "assessment", "open", "--guide", "small@1", "--area", "A", "--panel", panel(tmp_path)
    )
    assert opened.code == 0, opened.err
    assert mine("round", "open").code == 0
    assert mine("answer", "--as", "police-1", "1", "yes").code == 0
    assert mine("answer", "--as", "police-1", "2", "1,250").code == 0
    assert (
        "takes a number (families, 0 or more)" in mine("answer", "--as", "health-1", "2", "x").err
    )
    assert mine("round", "close").code == 0
    assert mine("report", "--format", "md", "--out", str(tmp_path / "r.md")).code == 0
    assert "1,250 families" in (tmp_path / "r.md").read_text(encoding="utf-8")


def test_an_edited_published_guide_is_refused_everywhere(
    mine: Callable[..., Ran], tmp_path: Path
) -> None:
    """Shown, opened, listed, compared: not one word of it is used."""
    open_it = (
        "assessment",
        "open",
        "--guide",
        "small@1",
        "--area",
        "A",
        "--panel",
        panel(tmp_path),
    )
    assert mine(*open_it).code == 0
    file = tmp_path / "data" / "guides" / "small@1.yaml"
    file.write_text(SMALL.replace("Is it so?", "Is it not so?"), encoding="utf-8")
    for words in (
        ("guide", "show", "small@1"),
        ("guide", "list"),
        ("guide", "diff", "small@1", "nw-2013@1"),
        ("guide", "preview", "small@1"),
        ("guide", "export", "small@1", "--xlsx", str(tmp_path / "x.xlsx")),
        open_it,
        ("round", "open"),
        ("results",),
    ):
        said = mine(*words)
        assert said.code == 2, words
        assert "was edited after it was published" in said.err, words


def test_a_preview_records_nothing(mine: Callable[..., Ran], tmp_path: Path) -> None:
    """It talks like the interview, and leaves no file and no fact."""
    before = sorted((tmp_path / "data").rglob("*"))
    shown = mine("guide", "preview", "small@1")
    tried = mine("guide", "preview", "small@1", "--talk", typed="start\nyes\nabout ten\n12\n")
    assert "How many?" in shown.out
    assert "takes a number" in tried.out
    assert "2: you answered 12 families." in tried.out
    assert sorted((tmp_path / "data").rglob("*")) == before


def test_a_new_guide_goes_from_start_to_published_and_back(tmp_path: Path) -> None:
    """new, check, publish, export, import, diff: each a command that ends well."""
    data, file = tmp_path / "data", tmp_path / "mine.yaml"
    for words in (
        ("new", "mine", "--out", str(file)),
        ("check", str(file)),
        ("publish", str(file)),
        ("export", "mine@1", "--xlsx", str(tmp_path / "mine.xlsx")),
        ("import", str(tmp_path / "mine.xlsx"), "--out", str(tmp_path / "back.yaml")),
    ):
        said = ehsg(data, "guide", *words)
        assert said.code == 0, said.err
    same = ehsg(data, "guide", "diff", "mine@1", str(tmp_path / "back.yaml"))
    assert same.out.rstrip().endswith("say the same.")
    assert "is there already" in ehsg(data, "guide", "new", "mine", "--out", str(file)).err


CHANGES = [
    ("title: Small", "title: Large", "The guide: title was “Small”, is now “Large”."),
    ("Is it so?", "Was it so?", "Item 1: statement was “Is it so?”, is now “Was it so?”."),
    ('id: "2"', 'id: "3"', "Item 3 is new: “How many?”."),
    ('id: "2"', 'id: "3"', "Item 2 is gone: “How many?”."),
    ("unit: families", "unit: children", "Item 2, number: unit was “families”, is now “children”."),
    ('label: "No"', "label: Never", "Scale yes-no, level no: label was “No”, is now “Never”."),
    ("title: First", "title: One", "Section first: title was “First”, is now “One”."),
]


@pytest.mark.parametrize(("old", "new", "said"), CHANGES, ids=[change[2] for change in CHANGES])
def test_a_change_is_said_in_words(old: str, new: str, said: str) -> None:
    """What it was and what it is now, where it stands."""
    assert said in difference(
        small(), Guide.model_validate(read_page(SMALL.replace(old, new)).content)
    )


def test_a_moved_item_is_said_to_have_moved() -> None:
    """Not that one is gone and another is new."""
    item = '      - id: "2"\n        statement: How many?\n        number: {unit: families, minimum: 0}\n'
    moved = SMALL.replace(item, f"  - id: other\n    title: Other\n    items:\n{item}")
    said = difference(small(), Guide.model_validate(read_page(moved).content))
    assert said == [
        "Item 2 moved from section first to other.",
        "Section other is new: “Other”.",
    ]


def test_a_guide_has_no_difference_to_itself() -> None:
    """Whatever it holds."""
    for name in library.published():
        assert difference(library.guide(name).guide, library.guide(name).guide) == []


def test_renderings_and_crosswalks_are_opened_by_their_newest_version() -> None:
    """And nothing is made up where there is none."""
    welsh = library.newest(Rendering, "ehsg-2022@1--cy")
    walk = library.newest(Crosswalk, "ehsg-2020@1--ehsg-2022@1")
    assert (welsh and welsh.id, walk and walk.id) == (
        "ehsg-2022@1--cy@2",
        "ehsg-2020@1--ehsg-2022@1@1",
    )
    assert library.newest(Rendering, "ehsg-2020@1--cy") is None
