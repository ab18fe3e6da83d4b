"""What somebody typed anywhere is in no file once they are forgotten, while `serve` goes on."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from support.ehsg import ehsg, environment
from support.processes import within
from support.visitor import Visitor

from ehsg_events.log.keys import Keys
from ehsg_events.log.log import Log

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

PANEL = """name,agency,works_as,asked,slack,backup,backup_name
Zenobia Planted,Police,Sergeant,5.1 9.5,T012AB/U0PLANTED1,manager,Manager Planted
Bob Burrell,Health,Visitor,5.1 9.5,,,
Cat Coyle,Schools,Head teacher,5.1 9.5,,,
"""
SAYS = "planted sentence"  # in everything that Zenobia says
PLANTED = ("Planted", "PLANTED", SAYS)
OTHERS = "What Bob says stays where it is."


@contextmanager
def served(data: Path, said: Path) -> Iterator[str]:
    """`ehsg serve` in a process of its own; the address of its pages."""
    told = environment(EHSG_WEB_PORT="0", EHSG_DATA=str(data))
    command = [sys.executable, "-m", "bots.cli", "--data", str(data), "serve", "--only", "web"]
    with said.open("w") as out, subprocess.Popen(command, env=told, stderr=out, stdout=out) as one:
        try:
            address = within(60, lambda: _address(said.read_text()))
            assert address, said.read_text()
            yield address
        finally:
            one.send_signal(signal.SIGTERM)
            one.wait(60)


def _address(said: str) -> str | None:
    found = [word for word in said.split() if word.startswith("http://127.0.0.1:")]
    return found[0].rstrip(".,/") if found else None


def says_everything(address: str, token: str) -> None:
    """Zenobia fills in every box that there is, and more."""
    with closing(Visitor(address, token)) as person:
        person.say("start")
        person.talk(f"5.1 is a {SAYS} which is no level")
        person.say("2")
        person.type(f"Evidence, a {SAYS}", origin=f"from a {SAYS}")
        person.attach(f"A file, a {SAYS}", f"a {SAYS}.txt", f"in a file, a {SAYS}".encode())
        person.correct(f"Amended, a {SAYS}", "Save the change")
        person.talk("not the right person")
        person.talk(f"Colleague of a {SAYS}")


def own_answers(address: str, token: str) -> str:
    """The page of what somebody has said."""
    with closing(Visitor(address, token)) as person:
        person.talk("my answers")
        return str(person.answer.text)


def bodies(data: Path, person: str) -> list[bytes]:
    """Every ciphertext of somebody, and their key, wrapped and as it is used."""
    with sqlite3.connect(data / "log.sqlite") as db:
        rows = db.execute(
            "SELECT assessment, body FROM sealed_text WHERE person = ?", (person,)
        ).fetchall()
    db.close()
    keys = Keys(data / "keys", data / "keys" / "kek")
    assessment = UUID(rows[0][0])
    wrapped, key = keys.wrapped(assessment, person), keys.of(assessment, person)
    assert wrapped
    assert key
    return [*(body for _, body in rows), wrapped, key]


def files_with(folder: Path, sought: Sequence[bytes]) -> dict[str, bytes]:
    """The files that hold any of some bytes, with the first that was found."""
    found = {}
    for file in (one for one in folder.rglob("*") if one.is_file()):
        content = file.read_bytes()
        held = [one for one in sought if one in content]
        if held:
            found[str(file.relative_to(folder))] = held[0]
    return found


def test_nothing_that_somebody_typed_is_left_anywhere(tmp_path: Path) -> None:
    """Name, address, manager, words, sources, files and their names, what was refused: all of it."""
    data, panel = tmp_path / "data", tmp_path / "panel.csv"
    panel.write_text(PANEL)
    terms = ("--guide", "ehsg-2022@1", "--panel", str(panel))
    opened = ehsg(data, "assessment", "open", "--area", "Testham", *terms)
    assert opened.code == 0, opened.err
    assert ehsg(data, "round", "open").code == 0
    links = {p: ehsg(data, "link", p, "--json").document for p in ("police-1", "health-1")}
    tokens = {p: str(one["link"]).rpartition("/")[2] for p, one in links.items()}
    with served(data, tmp_path / "said") as address:
        says_everything(address, tokens["police-1"])
        with closing(Visitor(address, tokens["health-1"])) as bob:
            bob.say("start")
            bob.say("4")
            bob.type(OTHERS)
        done = ehsg(data, "answer", "9.5", "3", "--as", "police-1", "--comment", f"A {SAYS}")
        assert done.code == 0
        sought = bodies(data, "police-1")
        assert len(sought) > 12
        plain = [text.encode() for text in PLANTED]
        assert files_with(data, plain) == {}, "sealed from the first"
        assert {"keys/keys.sqlite"} < files_with(data, sought).keys()
        assert SAYS in own_answers(address, tokens["police-1"])
        words = ("forget", "police-1", "--because", "by letter", "--for-good", "--json")
        told = ehsg(data, *words)
        assert (told.code, told.document["complete"]) == (0, True), told
        assert files_with(data, [*sought, *plain]) == {}
        gone = httpx.get(f"{address}/i/{tokens['police-1']}", follow_redirects=True)
        assert gone.status_code == 404
        assert OTHERS in own_answers(address, tokens["health-1"])
        assert files_with(data, [*sought, *plain]) == {}
        assert ehsg(data, "round", "close").code == 0
    trail = ehsg(data, "trail")
    assert "These words were forgotten." in trail.out
    assert OTHERS in trail.out
    assert SAYS not in trail.out + (tmp_path / "said").read_text()
    with closing(Log(data)) as log:
        (assessment, *_), *_ = log.assessments()
        answers = log.situation(assessment).interviews[1, "police-1"].answers
        assert {item: answer.score for item, answer in answers.items()}["9.5"] == 3
