"""Words and names need not stand among a command's arguments, where everybody can read them."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.ehsg import ehsg, opened


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """An open round."""
    data = tmp_path / "data"
    opened(data)
    return data


def test_a_hyphen_takes_words_from_standard_input(data: Path) -> None:
    """All of it where one is wanted, so that a text of several lines is whole."""
    words = ("answer", "5.1", "3", "--as", "police-1", "--comment", "-")
    assert ehsg(data, *words, typed="We meet weekly.\nAll of us.\n").code == 0
    assert ehsg(data, "round", "close").code == 0
    assert "We meet weekly.\\nAll of us." in ehsg(data, "why", "5.1", "--json").out


def test_several_hyphens_take_a_line_each(data: Path) -> None:
    """In the order in which the help lists them."""
    words = ("panel", "add", "--works-as", "-", "--agency", "Fire", "--name", "-", "--asked", "5.1")
    assert ehsg(data, *words, typed="Zed Zeta\nofficer\n").code == 0
    assert "Zed Zeta" in ehsg(data, "panel", "list").out


@pytest.mark.parametrize("typed", ["", "one\n", "one\ntwo\nthree\n"])
def test_too_few_lines_and_too_many_are_refused_and_nothing_is_lost(data: Path, typed: str) -> None:
    """Rather than a name cut off."""
    words = ("panel", "add", "--name", "-", "--agency", "Fire", "--works-as", "-", "--asked", "5.1")
    done = ehsg(data, *words, typed=typed)
    assert done.code == 2
    assert "2 are wanted" in done.err
    assert "one" not in done.err.replace("done", "")


def test_a_person_is_named_by_standard_input_too(data: Path) -> None:
    """A name is as personal as a reason."""
    assert ehsg(data, "answer", "5.1", "3", "--as", "-", typed="Ann Ashton\n").code == 0
    link = ehsg(data, "link", "-", typed="Ann Ashton\n").out
    shown = ehsg(data, "interview", "--link", "-", typed=f"{link.strip()}\nmy answers\n").out
    assert "you answered 3" in shown
