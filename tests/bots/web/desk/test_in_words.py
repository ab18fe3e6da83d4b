"""What programs call things is not what a page calls them: letters, guides, questions, choices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from uuid import UUID

import httpx
import pytest
from support.story.states import DeskSite, desk_site
from support.web.desk import named, signed_in

from bots.operations.form import asked
from bots.operations.registry import OPERATIONS
from bots.phrases.letters.called import CALLED
from bots.phrases.letters.wording import LETTERS
from bots.phrases.pages.guides import WHOLE
from bots.web.desk.beside.years import of_the_years
from bots.web.desk.operations.offered import PAGES_OF
from guides import library
from projections.years.side_by_side import Year

OF_COMMANDS = re.compile(r"\bprint (?:its|the) id\b|--\w|\bargument\b|\boption\b")
CODE = re.compile(r"\b(?:ehsg|isos|nw)-\d{4}@\d\b")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskSite]:
    """An assessment after its first round."""
    with desk_site(tmp_path_factory.mktemp("words"), "moderated") as one:
        yield one


@pytest.fixture(scope="module")
def mine(place: DeskSite) -> httpx.Client:
    """A coordinator's browser."""
    where = place.areas["moderated"].id
    return signed_in(place, named(place, "coordinator", where), where)


@pytest.mark.parametrize("name", OPERATIONS)
def test_no_form_speaks_as_a_command_does(name: str) -> None:
    """Neither what it does nor what it asks for."""
    operation = OPERATIONS[name]
    for says in (operation.says, *(how.says for how in asked(operation.form).values())):
        assert not OF_COMMANDS.search(says), says


def test_every_choice_is_spelled_as_a_word(mine: httpx.Client) -> None:
    """E-mail is no e mail, and mail no word for it."""
    for page in PAGES_OF:
        labels = re.findall(
            r"<label[^>]*>([^<]*)</label>", unescape(mine.get(f"/read/{page}").text)
        )
        assert not {"E mail", "Mail", "In-person"} & {one.strip() for one in labels}, page
    told = mine.get("/read/told").text
    assert ">E-mail</label>" in told
    assert "That they are invited" in told


def test_every_letter_is_called_by_what_it_tells(mine: httpx.Client) -> None:
    """By no name that stands in files and facts."""
    assert CALLED.keys() == LETTERS.keys()
    assert len(set(CALLED.values())) == len(CALLED)
    page = unescape(mine.get("/read/letters").text)
    for name, called in CALLED.items():
        assert f"<summary>{called}: " in page
        assert called.lower() != name.replace("-", " ") or name == "reminder"


def test_whoever_signed_in_is_called_by_name(mine: httpx.Client) -> None:
    """At the foot of every page."""
    page = unescape(mine.get("/read/tasks").text)
    who = re.search(r"You are signed in as ([^,]+), coordinator\.", page)
    assert who
    assert not re.fullmatch(r"coordinator-\d+", who[1])


def test_a_question_on_sharing_is_named_by_whom_it_is_about(mine: httpx.Client) -> None:
    """Not by its id, on no page that says what is blank."""
    finish, board = (unescape(mine.get(f"/read/{page}").text) for page in ("finish", "board"))
    assert "Sharing: Department for Education." in finish
    assert "Sharing (Department for Education) is blank" in board
    assert not re.search(r"permission dfe\b", finish + board)


@pytest.mark.parametrize("page", ["guides", "guide", "rules", "assessment-open"])
def test_a_guide_is_called_by_its_title_before_its_code(mine: httpx.Client, page: str) -> None:
    """With its version in words; the code stands behind it, for who needs it."""
    told = unescape(mine.get(f"/read/{page}").text)
    told = re.sub(r"<[^>]+>", "\n", told[told.index("<main") :]).partition(WHOLE)[0]
    found = CODE.findall(told)
    assert found
    assert all(re.search(rf"version \d \({code}\)", told) for code in found)
    assert len(found) == len(re.findall(r"version \d \(\w+-\d{4}@\d\)", told))


def test_no_two_years_have_the_same_heading() -> None:
    """Told apart by whether they are signed off, then by which began first."""
    names = {name: name for name in library.names()}
    signed = ("not signed off", "signed off", "signed off")
    columns = [
        Year(id=UUID(int=n), year=2026, guide="ehsg-2022@1", source=f"assessment, {one}")
        for n, one in enumerate(signed)
    ]
    heads = list(of_the_years(columns, names))
    assert len(set(heads)) == 3
    assert heads[0].endswith("not signed off")
    assert heads[2].endswith("signed off, the second")
    assert list(of_the_years(columns[:1], names)) == ["2026, ehsg-2022@1"]


@pytest.mark.parametrize("name", ["round extend", "round reopen", "round open", "round plan"])
def test_a_day_is_asked_for_with_an_example(name: str) -> None:
    """As words that can be typed."""
    form = asked(OPERATIONS[name].form)
    says = (form["opens"] if "opens" in form else form["deadline"]).says
    assert re.search(r"[Ss]uch as '?\d", says)
