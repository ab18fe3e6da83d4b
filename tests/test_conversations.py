"""Conversations as they are written in `conversations/*.md`: said again, they must read the same.

`pytest --accept` writes what the product says today into the files; a change of wording is then
seen as a change of the chat.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
from area import OPENS

from bots import terminal
from ehsg_events import commands
from ehsg_events.application import Log
from ehsg_events.events import AnswerAmended, AnswerGiven, NoteGiven
from ehsg_events.kernel import Recorded, Role, Stamp
from ehsg_events.panel import read_panel
from ehsg_events.rules import Terms
from guides import library

FILES = sorted(Path(__file__).parent.glob("conversations/*.md"))
ASSESSMENT = UUID(int=20)
CHAT, FACTS = re.compile(r"```chat\n(.*?)```", re.S), re.compile(r"```facts\n(.*?)```", re.S)


def asked(text: str) -> tuple[str, str]:
    """The guide and the items a file is about."""
    guide = "ehsg-2020@1" if "2020" in text else "ehsg-2022@1"
    words = re.findall(
        r"\b(?:\d\.\d|families-\d|data-matching-\d|big-\d)\b", text.partition("```")[0]
    )
    return guide, " ".join(words)


def talk(log: Log, text: str) -> Iterator[str]:
    """The chat that comes of saying a file's human lines again."""
    guide, items = asked(text)
    panel = read_panel(
        f"name,agency,works_as,asked\nAna A,Health,Visitor,{items}\n", library.guide(guide).guide
    )
    number = iter(range(1000))

    def stamp(cause: str, by: str = "health-1", role: Role = "stakeholder") -> Stamp:
        key = f"{next(number)}"
        return Stamp(at=OPENS, by=by, role=role, surface="terminal", cause=cause, key=key)

    hand = stamp("by hand", "coordinator", "coordinator")
    commands.open_assessment(log, hand, ASSESSMENT, "Testham", guide, panel, Terms())
    commands.open_round(log, stamp("open", "coordinator", "coordinator"), ASSESSMENT, None)
    said: list[str] = []
    yield from _first(log, stamp, said)
    chat = CHAT.search(text)
    assert chat is not None
    for line in chat[1].splitlines():
        if line.startswith("Ana  "):
            yield line
            said.clear()
            terminal.interview(log, stamp, ASSESSMENT, "health-1", [line[5:]], said.append)
            yield from _as_lines(said[1:])


def _first(log: Log, stamp: Callable[[str], Stamp], said: list[str]) -> Iterator[str]:
    terminal.interview(log, stamp, ASSESSMENT, "health-1", [], said.append)
    yield from _as_lines(said)


def _as_lines(said: list[str]) -> Iterator[str]:
    for text in said:
        first, *rest = text.splitlines()
        yield f"Bot  {first}"
        yield from (f"     {line}".rstrip() for line in rest)


def facts(log: Log) -> Iterator[str]:
    """What an interview recorded, a line each."""
    for recorded in log.all():
        if recorded.stream.kind == "interview":
            yield _fact(log, recorded)


def _fact(log: Log, recorded: Recorded) -> str:
    fact = recorded.fact
    match fact:
        case AnswerGiven() | AnswerAmended():
            return f"{type(fact).__name__} {fact.item} {fact.level or fact.kind} score={fact.score}"
        case NoteGiven():
            return f"NoteGiven {fact.item} {fact.field} “{log.read(fact.words)}”"
    return f"{type(fact).__name__} {getattr(fact, 'item', '')}".rstrip()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_conversation_reads_as_written(
    file: Path, log: Log, request: pytest.FixtureRequest
) -> None:
    """The same words are said, and the same facts recorded."""
    text = file.read_text(encoding="utf-8")
    chat = "\n".join(talk(log, text))
    now = CHAT.sub(lambda _: f"```chat\n{chat}\n```", text)
    now = FACTS.sub(lambda _: "```facts\n" + "\n".join(facts(log)) + "\n```", now)
    if request.config.getoption("--accept"):
        file.write_text(now, encoding="utf-8")
    assert now == text
