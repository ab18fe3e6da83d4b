"""The form of 2022 is the same under both editions: read alike, and printed alike."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.ehsg import ehsg
from support.story.forms import FORMS

AREA = ("--area", "Eastmoor", "--year", "2022")
EDITIONS = ("ehsg-2022@1", "ehsg-2022@2")


@pytest.fixture
def read(tmp_path: Path) -> tuple[Path, Path]:
    """One published form, read under each edition."""
    first, second = (tmp_path / edition for edition in EDITIONS)
    for folder, edition in zip((first, second), EDITIONS, strict=True):
        form = str(FORMS / "eastmoor.txt")
        done = ehsg(folder, "submission", "import", form, *AREA, "--guide", edition)
        assert done.code == 0, done.err
    return first, second


def test_a_form_is_read_the_same_under_both_editions(read: tuple[Path, Path]) -> None:
    """Scores, entries and choices; only the guide's version tells them apart."""
    first, second = (ehsg(one, "submission", "export", *AREA, "--json").document for one in read)
    told = {"id", "guide", "guide_digest", "digest"}
    assert {k: v for k, v in first.items() if k not in told} == {
        k: v for k, v in second.items() if k not in told
    }
    assert first["descriptors"]


@pytest.mark.parametrize("form", ["text", "md"])
def test_both_editions_print_the_same_form(read: tuple[Path, Path], form: str) -> None:
    """What stands beside the questions, and the last of them, are no part of it."""
    first, second = (ehsg(one, "submission", "export", *AREA, "--format", form) for one in read)
    assert first.out == second.out
    assert "A last question" not in second.out
