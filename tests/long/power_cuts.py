"""The power fails at an acknowledgement: `python -m pytest tests/long/power_cuts.py` as root."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from support.log import power_cut

from ehsg_events.kernel import Words
from ehsg_events.log.log import Log
from guides.shelf import Shelf

Holds = Callable[[Path, str, str], bool]


def _text(folder: Path, name: str, said: str) -> bool:
    log = Log(folder)
    try:
        return log.text(Words.model_validate_json(said)) == f"words of {name} 1"
    finally:
        log.close()


def _guide(folder: Path, name: str, said: str) -> bool:
    shelf = Shelf(folder / "guides")
    known = shelf.published().get(f"{name}@1") == said
    return known and shelf.content(f"{name}@1", said) == name.encode() * 9


def _login(folder: Path, name: str, said: str) -> bool:
    file = folder / name / "prefect" / "login"
    return file.exists() and file.read_text() == said


def _file(folder: Path, name: str, said: str) -> bool:
    return (folder / said).exists() and (folder / said).read_bytes() == name.encode() * 9


@pytest.mark.parametrize("kind", power_cut.FILE_SYSTEMS)
@pytest.mark.parametrize(
    ("what", "times", "holds"),
    [("text", 50, _text), ("guide", 20, _guide), ("login", 10, _login), ("file", 10, _file)],
)
def test_what_was_acknowledged_is_on_the_disk(
    tmp_path: Path, kind: str, what: str, times: int, holds: Holds
) -> None:
    """Each of them, in a copy of the disk made at that moment."""
    if reason := power_cut.why_not(kind):
        pytest.skip(reason)
    image, copy = tmp_path / "disk", tmp_path / "copy"
    power_cut.make_disk(image, kind)
    lost = []
    with (
        power_cut.mounted(image, kind, tmp_path / "mounted") as place,
        power_cut.writing(place / "data") as writer,
    ):
        assert writer.stdout
        assert writer.stdout.readline() == "ready\n"
        for number in range(times):
            name = f"{what}-{number}"
            said = power_cut.acknowledged(writer, f"{what} {name}")
            shutil.copyfile(image, copy)
            with power_cut.mounted(copy, kind, tmp_path / "after") as after:
                if not holds(after / "data", name, said):
                    lost.append(name)
    assert lost == []
