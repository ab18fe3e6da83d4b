"""What an open round hides leaves no trace in anything that is read: no line, no place, no number.

`python -m pytest tests/long/open_rounds.py` asks for everything in every way of every log.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from support.commands import COMMANDS
from support.story.open_round import VARIANTS, told
from support.story.read_by_command import (
    AS_OF,
    BESIDE,
    JSON,
    LOOKING_BACK,
    NOW,
    everything,
    read,
)
from support.story.story import ASSESSMENT

from ehsg_events.kernel import Refused
from projections.facts.view import view_at

WAYS = {  # each log is asked in some ways; the one with a score, in all
    "a score": (NOW, JSON, AS_OF),
    "another order": (AS_OF,),
    "another score": (JSON,),
}


def test_every_command_that_looks_back_is_tried() -> None:
    """Those that this rule is about, by what they take."""
    assert {"results", "why", "trail", "progress", "pack", "report", "bounds"} <= set(LOOKING_BACK)
    assert set(BESIDE) <= set(COMMANDS)


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("variant", WAYS)
def test_what_is_hidden_changes_nothing_that_is_read(variant: str) -> None:
    """As of now and as of a time, for people and for programs."""
    plain = everything("a don't know", *WAYS["a score"])
    other = everything(variant, *WAYS[variant])
    differs = [asked for asked, text in other.items() if plain[asked] != text]
    assert differs == []
    assert {*VARIANTS} == {*WAYS, "a don't know"}
    assert "police-1 answered 5.1. Hidden until the round closes." in plain["trail"]


def test_what_is_hidden_changes_nothing_of_the_commands_that_show_most() -> None:
    """A quick part of the same: trail and walk back, now, for people and for programs."""
    for name in ("trail", "why"):
        assert both_alike(name, (), ("--json",))


def both_alike(name: str, *forms: tuple[str, ...]) -> bool:
    """Whether a command says the same of a score as of a don't know."""
    found = []
    for variant in ("a don't know", "a score"):
        with TemporaryDirectory() as folder:
            data = Path(folder) / "log"
            told(data, variant)[0].log.close()
            found.append([read(data, name, *form) for form in forms])
    return found[0] == found[1]


@pytest.mark.parametrize("variant", VARIANTS)
def test_no_position_of_an_open_round_is_taken(tmp_path: Path, variant: str) -> None:
    """From its opening on each is refused alike, also beyond the end; those before are taken."""
    story, first = told(tmp_path, variant)
    with story:
        end = story.log.store.last_position()
        says = {
            refusal(story.log, place).replace(f"Position {place} ", "Position N ")
            for place in range(first, end + 5)
        }
        assert len(says) == 1
        assert "Position N is not told while a round takes answers: how facts lie" in says.pop()
        assert view_at(story.log, ASSESSMENT, str(first - 1)).position == first - 1


def refusal(log: object, place: int) -> str:
    """Why a position is not taken."""
    with pytest.raises(Refused) as refused:
        view_at(log, ASSESSMENT, str(place))  # type: ignore[arg-type]
    return str(refused.value)


def test_once_the_round_is_closed_every_position_is_taken(tmp_path: Path) -> None:
    """And then the log's end is told, too."""
    story, first = told(tmp_path, "a score")
    with story.round_closed():
        end = story.log.store.last_position()
        assert view_at(story.log, ASSESSMENT, str(first + 5)).position >= first + 5
        assert f"The log ends at position {end}" in refusal(story.log, end + 1)


@pytest.mark.parametrize("name", LOOKING_BACK)
def test_each_command_refuses_a_position_of_an_open_round(tmp_path: Path, name: str) -> None:
    """With the way out."""
    story, first = told(tmp_path / "log", "a score")
    story.log.close()
    said = read(tmp_path / "log", name, "--as-of", str(first + 3))
    assert said.startswith("2\n")
    assert "Ask for an earlier position, or for a day or a time" in said
