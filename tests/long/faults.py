"""Hundreds of system calls that fail, and full disks: `python -m pytest tests/long/faults.py`.

`-k 'full'` for the disks alone, `-k 'call and backup'` for some of the calls.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.ehsg import ehsg
from support.faults.full_disk import ROOMS, full, served_on, small_disk, why_not
from support.faults.injected import failing, faults_of, traced
from support.faults.operations import OPERATIONS
from support.faults.standing import Case, state_of, tried

OF_EACH = 2  # calls of a kind about a file: the last and the first
MOST = 30  # faults of one operation
PRESSED = 20  # forms that are sent to a server while its disk is full
ENDS = ("refused", "done all the same", "said faults", "missed", "wrong")
TITLE = "{:34} {:>7}" + " {:>17}" * len(ENDS)
pytestmark = pytest.mark.timeout(1800)
needs_strace = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")


@pytest.fixture(scope="module")
def tallies(request: pytest.FixtureRequest) -> Iterator[dict[str, Counter[str]]]:
    """How the faults of each operation ended, told at the end."""
    ended: dict[str, Counter[str]] = {}
    yield ended
    plugins = request.config.pluginmanager
    screen, capture = plugins.get_plugin("terminalreporter"), plugins.get_plugin("capturemanager")
    assert screen is not None
    assert capture is not None
    with capture.global_and_fixture_disabled():
        screen.write_line("\n" + TITLE.format("operation", "faults", *ENDS))
        for name, tally in [*ended.items(), ("together", sum(ended.values(), Counter()))]:
            faults = tally.total() - tally["wrong"] - tally["missed"]
            screen.write_line(TITLE.format(name, faults, *(tally[end] for end in ENDS)))


def _count(tally: Counter[str], place: Path, ended: str, wrong: list[str]) -> list[str]:
    """Count how one fault ended, and clear its place; what is wrong then."""
    tally.update([ended, *["wrong"] * len(wrong)])
    shutil.rmtree(place)
    return wrong


@needs_strace
@pytest.mark.parametrize("name", OPERATIONS)
def test_a_call_that_fails_loses_and_halves_nothing(
    tmp_path: Path, name: str, tallies: dict[str, Counter[str]]
) -> None:
    """It is refused in a sentence or done, nothing stands by half, and the same goes well afterwards."""
    operation, ready, well = OPERATIONS[name], tmp_path / "ready", tmp_path / "well"
    operation.ready(ready)
    shutil.copytree(ready, well)
    ran, lines = traced(well, operation.typed(well))
    assert ran.code == 0, ran.err
    case = Case(operation, ready, state_of(ready), state_of(well))
    tally = tallies[name] = Counter()
    wrong = []
    for number, fault in enumerate(faults_of(well, lines, OF_EACH, MOST)):
        place = tmp_path / f"try-{number}"
        found = _count(tally, place, *tried(case, place, failing(fault), fault.kept))
        wrong += [f"{fault}: {one}" for one in found]
    assert wrong == []


needs_root = pytest.mark.skipif(why_not() is not None, reason=str(why_not()))


@needs_root
@pytest.mark.parametrize("name", OPERATIONS)
def test_a_full_disk_loses_and_halves_nothing(
    tmp_path: Path, name: str, tallies: dict[str, Counter[str]]
) -> None:
    """However much room is left on it; once there is room again the same goes well."""
    operation, ready, well = OPERATIONS[name], tmp_path / "ready", tmp_path / "well"
    operation.ready(ready)
    shutil.copytree(ready, well)
    assert ehsg(well / "data", *operation.typed(well)).code == 0
    case = Case(operation, ready, state_of(ready), state_of(well))
    tally = tallies[f"{name}, full disk"] = Counter()
    with small_disk(tmp_path / "disk") as disk:
        wrong = [
            f"{room} KB left: {one}"
            for room in ROOMS
            for one in _count(tally, disk / "place", *tried(case, disk / "place", full(disk, room)))
        ]
    assert wrong == []


@needs_root
def test_a_server_goes_on_by_itself_once_there_is_room_on_its_disk(
    tmp_path: Path, tallies: dict[str, Counter[str]]
) -> None:
    """`ehsg serve --only web`: each form is refused with a sentence, and recorded once afterwards."""
    with small_disk(tmp_path / "disk") as disk:
        tally, wrong = served_on(disk, PRESSED)
    tallies["ehsg serve --only web, full disk"] = tally
    assert wrong == []
