"""Nothing that tells who somebody is becomes a fact in the clear: it could never be forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from runpy import run_path
from typing import get_args

import pytest
from pydantic import BaseModel
from support.ehsg import PANEL, ehsg, opened
from support.places import TESTS

from ehsg_events.kernel import TOPICS
from ehsg_events.log.transaction import TYPED_IN_CLEAR
from ehsg_events.values.personal import IN_THE_CLEAR, personal_in

PERSONAL = {
    "a telephone number": "Lead, tel 07700 900123",
    "an e-mail address": "Lead zed@example.org",
    "an NHS number": "Lead 943 476 5919",
    "a person's name": "Lead to Bob Burrell",
}


def letters(model: type[BaseModel]) -> Iterator[str]:
    """The fields of a fact that hold letters and are looked at, whatever they are nested in."""
    for name, field in model.model_fields.items():
        kinds = {field.annotation, *get_args(field.annotation)}
        if str in kinds and name in IN_THE_CLEAR:
            yield name
        for kind in kinds:
            if isinstance(kind, type) and issubclass(kind, BaseModel):
                yield from letters(kind)


def test_every_field_that_holds_typed_letters_in_the_clear_is_looked_at() -> None:
    """The facts that take them from a person; others repeat them, or hold ids and words of ours."""
    table = run_path(str(TESTS / "ehsg_events" / "test_events.py"))["LETTERS"]
    typed = (
        "a place",
        "an area",
        "a post",
        "an organisation",
        "a role",
        "the area's own",
        "a rule's name,",
    )
    clear = {name for name, what in table.items() if what.startswith(typed)}
    assert clear == set(IN_THE_CLEAR)
    for fact in TYPED_IN_CLEAR:
        assert list(letters(fact)), fact
    repeat = {"RoundOpened", "HolidaysCounted"}  # the policy that was chosen before
    for topic in TOPICS.values():
        assert not list(letters(topic)) or topic in TYPED_IN_CLEAR or topic.__name__ in repeat


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """An assessment with four people, one of them Bob Burrell."""
    data = tmp_path / "data"
    opened(data)
    return data


@pytest.mark.parametrize("what", PERSONAL)
@pytest.mark.parametrize(
    "words",
    [
        ("panel", "add", "--name", "Zed Zeta", "--agency", "Fire", "--asked", "5.1", "--works-as"),
        ("panel", "add", "--name", "Zed Zeta", "--works-as", "x", "--asked", "5.1", "--agency"),
        ("panel", "correct", "police-1", "--agency"),
        ("panel", "rename", "Police", "--to"),
        ("sign-off", "--name", "Zed Zeta", "--with-blanks", "--role"),
    ],
)
def test_what_is_typed_for_the_clear_is_refused_when_it_is_personal(
    data: Path, words: tuple[str, ...], what: str
) -> None:
    """With what it is and what to write instead, never with what was typed."""
    if words[0] == "sign-off":
        assert ehsg(data, "round", "close").code == 0
        for item in ("5.1", "9.5"):
            assert ehsg(data, "moderate", item, "--score", "2", "--because", "So.").code == 0
    done = ehsg(data, *words, PERSONAL[what])
    assert done.code == 2
    assert PERSONAL[what] not in done.err
    way = "Say it in other words" if what == "an NHS number" else "could never be forgotten: write"
    assert way in done.err
    everything = b"".join(path.read_bytes() for path in data.glob("log.sqlite*"))
    assert PERSONAL[what].encode() not in everything


@pytest.mark.parametrize("what", PERSONAL)
@pytest.mark.parametrize("column", ["agency", "works_as"])
def test_a_panel_file_is_refused_with_the_place(tmp_path: Path, column: str, what: str) -> None:
    """Line and column, so that it can be mended in the sheet."""
    file, typed = tmp_path / "panel.csv", PERSONAL[what]
    cells = {"agency": "Fire", "works_as": "officer"} | {column: typed}
    file.write_text(f"{PANEL}Bob Burrell,{cells['agency']},{cells['works_as']},5.1\n")
    words = ("--guide", "ehsg-2022@1", "--area", "Testham", "--panel", str(file), "--yes")
    done = ehsg(tmp_path / "data", "assessment", "open", *words)
    assert done.code == 2
    assert "line 6, column" in done.err
    assert typed not in done.err


def test_a_name_in_ones_own_role_is_refused_and_anothers_too(tmp_path: Path) -> None:
    """Sergeant Ashton is Ann Ashton; whoever else is on the panel is looked for by full name."""
    for line, says in (("Zed Zeta,Fire,Sergeant Zeta", "a part of the person's name"),
                       ("Zed Zeta,Fire,for Ann Ashton", "a person's name")):  # fmt: skip
        file = tmp_path / "panel.csv"
        file.write_text(f"{PANEL}{line},5.1\n")
        words = ("--guide", "ehsg-2022@1", "--area", "Testham", "--panel", str(file))
        assert says in ehsg(tmp_path / "data", "assessment", "open", *words).err


@pytest.mark.parametrize(
    ("route", "refused"),
    [
        ("Ring the front door on 01234 567890, or mash@testham.gov.uk", False),
        ("Ring Jane Smith on 07700 900123", True),
        ("Write to jane.smith@testham.gov.uk", True),
    ],
)
def test_a_route_names_a_team_and_its_number(route: str, refused: bool) -> None:
    """It must say whom to ring; somebody's own mobile or mailbox is theirs."""
    assert (personal_in("safeguarding", route) is not None) is refused


@pytest.mark.parametrize(
    "role", ["Head teacher", "0-19 team lead", "DSL, years 7 to 11", "SRO 2026"]
)
def test_ordinary_roles_are_taken(role: str) -> None:
    """Digits and initials are no number and no name."""
    assert personal_in("works_as", role, ["Ann Ashton", "Li"]) is None
