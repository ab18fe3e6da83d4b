"""Conversations as they are written in `conversations/*.md`: said again, they must read the same.

`pytest --accept` writes what the product says today into the files; a change of wording is then
seen as a change of the chat.
"""

from __future__ import annotations

from itertools import count

import pytest
from support.conversation import ANA, ASSESSMENT, CONVERSATIONS, Conversation, lines

from bots import terminal
from ehsg_events.kernel import Stamp
from ehsg_events.log.log import Log


def talk(log: Log, conversation: Conversation) -> list[str]:
    """The chat that comes of saying a file's human lines on a terminal."""
    at, keys = conversation.open(log), count()

    def stamp(cause: str) -> Stamp:
        key = f"{next(keys)}"
        return Stamp(at=at, by=ANA, role="stakeholder", surface="terminal", cause=cause, key=key)

    said: list[str] = []
    terminal.interview(log, stamp, ASSESSMENT, ANA, [], said.append)
    chat = list(lines(said))
    for line in conversation.said:
        said.clear()
        terminal.interview(log, stamp, ASSESSMENT, ANA, [line], said.append)
        chat += [f"Ana  {line}", *lines(said[1:])]
    return chat


@pytest.mark.parametrize("conversation", CONVERSATIONS, ids=lambda one: one.file.stem)
def test_a_conversation_reads_as_written(
    conversation: Conversation, log: Log, request: pytest.FixtureRequest
) -> None:
    """The same words are said, and the same facts recorded."""
    chat = "\n".join(talk(log, conversation))
    now = conversation.accept(chat, conversation.facts(log))
    if request.config.getoption("--accept"):
        conversation.file.write_text(now, encoding="utf-8")
    assert now == conversation.text
