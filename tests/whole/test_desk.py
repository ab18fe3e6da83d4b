"""A whole assessment by a coordinator with a browser and a keyboard, who never sees a terminal.

The server is the real one, in an empty folder; the browser runs no JavaScript and has no mouse.
"""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.chromium import chromium, in_a_browser
from support.keyboard import Keyboard
from support.served import serving
from support.visitor import ONWARD, Visitor

from guides import library

pytestmark = [in_a_browser, pytest.mark.slow, pytest.mark.timeout(300)]
PATIENCE = 90  # seconds
CHECK, YES = "Check before you go on", "Yes, do it"
GUIDE = "Supporting Families - Early Help System Guide (2022)"
AGREED, SPLIT = "5.1", "9.5"
PEOPLE = (
    "Ann Ashton,Police", "Bob Burrell,Police", "Cat Coyle,Police",
    "Dan Drury,Health", "Eve Eaves,Health", "Fay Foley,Health",
    "Gus Gill,Schools", "Hal Hart,Schools", "Ida Innes,Schools",
    "Jim Jarvis,Council", "Kay Kemp,Council", "Lou Lowe,Council",
    "Mia Marsh,Charities", "Ned Nash,Charities",
)  # fmt: skip
PANEL = "\n".join(
    ["name,agency,works_as,asked", *(f"{one},Worker,{AGREED} {SPLIT}" for one in PEOPLE), ""]
)
WHOSE = re.compile(r"^(\w+ \w+) \([a-z]+-\d\): (http\S+)/i/(\S+)$", re.M)
SHARED_WITH = [one.recipient for one in library.guide("ehsg-2022@1").guide.permissions]
FILES = {"report.pdf": b"%PDF-", "report.xlsx": b"PK\x03\x04", "audit-pack.zip": b"PK\x03\x04"}


@pytest.fixture
def begun_at(tmp_path: Path) -> Iterator[str]:
    """The address that the server prints in an empty folder."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    said = tmp_path / "said"
    with serving(tmp_path / "data", said, "--only", "web", EHSG_WEB_PORT=port):
        until = time.monotonic() + PATIENCE
        while not (found := re.search(r"Open (\S+) to begin", said.read_text())):
            assert time.monotonic() < until, said.read_text()
            time.sleep(0.1)
        yield found[1]
    assert "Traceback" not in said.read_text()


@pytest.fixture
def hers(begun_at: str) -> Iterator[Keyboard]:
    """The coordinator's browser, at that address."""
    with chromium() as browser:
        keyboard = Keyboard(browser)
        keyboard.page.goto(begun_at)
        yield keyboard


def test_a_coordinator_runs_a_whole_assessment_with_a_keyboard(
    hers: Keyboard, tmp_path: Path
) -> None:
    """From the address that is printed to the files that are handed on."""
    begin(hers)
    prepare(hers)
    links = ask(hers)
    for number, (_, address, token) in enumerate(links):
        if number == len(links) - 1:
            nudge(hers)  # all but one have finished by now
        answer(Visitor(address, token), number)
    settle(hers)
    finish(hers)
    for name, beginning in FILES.items():
        take_away(hers, name, tmp_path / name)
        assert (tmp_path / name).read_bytes().startswith(beginning)


def begin(hers: Keyboard) -> None:
    """Say who one is, where, and under which guide."""
    hers.fill("Your name", "Jane Quill")
    hers.fill("Your work e-mail address (optional)", "jane@council.example.org")
    hers.fill("Your area", "Northvale")
    hers.tick(GUIDE)
    hers.follow("Open the assessment")
    assert hers.title == "Tasks"


def prepare(hers: Keyboard) -> None:
    """Choose the rules, hand in the panel, and look at who is asked what."""
    hers.follow("Guide and rules", "Choose the rules")
    hers.fill("How many rounds", "1")
    hers.follow(CHECK)
    assert "How many rounds: What is not agreed in the one round is yours to settle." in hers.told
    hers.follow(YES)
    assert "1 round is held" in hers.told
    hers.follow("Tasks", "Who is asked", "Hand in the panel as a file")
    hers.go("File")
    file = {"name": "panel.csv", "mimeType": "text/csv", "buffer": PANEL.encode()}
    hers.page.locator("input:focus").set_input_files(file)  # type: ignore[arg-type]
    hers.follow(CHECK)
    assert hers.told.count("joined the panel, to be asked about 3 items") == len(PEOPLE)
    hers.follow(YES)
    assert hers.title == "Who is asked what"
    assert re.search(rf"^{AGREED} Family engagement\s+14\s", hers.told, re.M)


def ask(hers: Keyboard) -> list[tuple[str, str, str]]:
    """Open the round, and see each person's link with the name of whose it is."""
    hers.follow("Tasks", "First round", "Open the next round", CHECK)
    assert "Round 1 asks Ann Ashton (police-1) to answer" in hers.told
    hers.follow(YES)
    assert "The round is open." in hers.told
    hers.follow("14 things to tell people by hand")
    hers.follow(
        "Show the personal link of everybody whom no message reaches", "Show a personal link"
    )
    found = WHOSE.findall(hers.told)
    assert [who for who, *_ in found] == [one.partition(",")[0] for one in PEOPLE]
    hers.follow("Show their link: police-1", "Show a personal link")
    assert WHOSE.findall(hers.told) == found[:1]
    return found


def answer(person: Visitor, number: int) -> None:
    """Nearly all say the same of one descriptor; of the other half say the one end, half the other."""
    person.press("Start")
    person.choose("3" if number == 5 else "4")
    person.press(ONWARD)
    person.choose("0" if number % 2 else "5")
    for _ in range(2):  # the words on it, and the last question
        person.press(ONWARD)
    assert "That is all, thank you" in person.page.title
    person.close()


def nudge(hers: Keyboard) -> None:
    """Look at who would be reminded, and who would not and why, and remind."""
    hers.follow("Round", "Remind those who are not finished", CHECK)
    assert "Ned Nash (charities-2) was to be reminded" in hers.told
    assert hers.told.count("they had finished") == len(PEOPLE) - 1
    hers.follow(YES)
    assert "For you to remind by hand, since no message reaches them: Ned Nash" in hers.told


def settle(hers: Keyboard) -> None:
    """Close the round, and settle what the panel did not agree on."""
    hers.follow("Round", "Close the round now", CHECK, YES)
    assert "1 agreed, 1 not agreed" in hers.told
    hers.follow("Tasks", "Settle what was not agreed", f"{SPLIT} Bringing data together")
    assert "two camps" in hers.told
    hers.pick("0 (Not started)", "2 (Partly in place)")
    hers.fill("Why", "Half of the agencies join their data, and half do not.")
    hers.follow(f"Settle {SPLIT}")
    assert f"{SPLIT} stands at 2 (Partly in place)." in hers.told


def finish(hers: Keyboard) -> None:
    """Priorities, sharing, an action, and the signature with what is blank."""
    hers.follow("Tasks", "Choices, sharing and actions", "Choose what to work on next")
    hers.tick(f"{AGREED} Family engagement")
    hers.tick(f"{SPLIT} Bringing data together")
    hers.pick("1 Manual", "3 Building blocks")
    hers.follow("Choose what to work on next")
    for recipient in SHARED_WITH:
        hers.follow(f"Answer: {recipient}")
        hers.pick("Yes", "Yes")
        hers.follow("Answer a question on sharing")
    assert "not answered" not in hers.told
    hers.follow("Agree an action")
    hers.go("Descriptor")
    hers.page.keyboard.type(SPLIT)
    hers.fill("What is to be done", "One shared list of families, by spring.")
    hers.follow("Agree an action")
    assert "One shared list of families" in hers.told
    hers.follow("Sign the assessment off")
    hers.fill("Signed in the role of", "Director")
    hers.fill("Who signs", "Sam Oakes")
    hers.follow(CHECK)
    hers.tick("Sign it with what is blank")
    hers.follow(CHECK, YES)
    assert "Signed off by the Director." in hers.told
    hers.follow("Tasks")
    assert hers.told.count("Completed") == 5


def take_away(hers: Keyboard, name: str, path: Path) -> None:
    """Have a file from the page of downloads."""
    hers.follow("Tasks", "Report, form and figures")
    hers.go(name)
    with hers.page.expect_download() as download:
        hers.page.keyboard.press("Enter")
    download.value.save_as(path)
