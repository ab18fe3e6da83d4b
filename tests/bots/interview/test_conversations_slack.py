"""The conversation files said again in Slack: the same facts as on a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from support.conversation import ASSESSMENT, CONVERSATIONS, IN_SLACK, Conversation
from support.places import ROOT
from support.slack.edge import Place, empty, http
from support.slack.socket_mode import over_socket

from bots.slack.loopback.person import Person
from bots.slack.loopback.workspace import BOT, Message

README = ROOT / "docs" / "coordinator.md"
BLOCK = re.compile(r"(<!-- slack -->\n```chat\n).*?```", re.S)
SHOWN = slice(2, 17)  # from the first answer to the last


def say(place: Place, person: Person, line: str) -> None:
    """Type a line, or press a button of the newest message: `#2` is its second."""
    place.outbox.deliver()
    pressed = re.fullmatch(r"#(\d+)", line)
    if pressed is None:
        assert person.type(line)[1].status == 200
        return
    newest = person.inbox[-1]
    assert person.press(newest.buttons[int(pressed[1]) - 1], newest).status == 200


def hold(place: Place, conversation: Conversation) -> list[str]:
    """Say everything; what was recorded."""
    place.assessment = ASSESSMENT
    place.clock.now = conversation.open(place.log, IN_SLACK)
    person = place.person("U0HEALTH")
    for line in conversation.said:
        say(place, person, line)
    place.outbox.deliver()
    return recorded(place, conversation)


def recorded(place: Place, conversation: Conversation) -> list[str]:
    """The facts, but for those by which a chat answers what changed nothing."""
    facts = conversation.facts(place.log)
    return [fact for fact in facts if not fact.startswith("NothingChanged")]


@pytest.mark.parametrize("conversation", CONVERSATIONS, ids=lambda one: one.file.stem)
def test_over_http_the_same_is_recorded(conversation: Conversation, tmp_path: Path) -> None:
    """Every request signed, over a real connection."""
    with empty(tmp_path) as place, http(place):
        assert hold(place, conversation) == conversation.recorded


@pytest.mark.slow
def test_over_a_socket_the_same_is_recorded(tmp_path: Path) -> None:
    """A WebSocket each, some at once; what is served lives by the real clock."""
    with ThreadPoolExecutor(4) as pool:
        held = list(pool.map(partial(hold_over_a_socket, tmp_path), CONVERSATIONS))
    assert held == [conversation.recorded for conversation in CONVERSATIONS]


def hold_over_a_socket(folder: Path, conversation: Conversation) -> list[str]:
    """Say everything in a place of its own; what was recorded."""
    now = datetime.now(UTC)
    with empty(folder / conversation.file.stem, now) as place:
        place.assessment = ASSESSMENT
        conversation.open(place.log, IN_SLACK, now)
        with over_socket(place):
            person = place.person("U0HEALTH")
            for line in conversation.said:
                place.settles()
                place.clock.now = datetime.now(UTC)
                assert person.type(line)[1].status == 200
        return recorded(place, conversation)


def test_the_readme_shows_how_it_stands_in_slack(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Each answered question shows what was recorded; the person's words stand between."""
    one = next(one for one in CONVERSATIONS if one.file.stem == "a-health-visitor-answers")
    with empty(tmp_path) as place:
        hold(place, one)
        screen = list(place.workspace.messages["DU0HEALTH"].values())
    shown = "\n".join(line for message in screen[SHOWN] for line in as_text(message))
    text = README.read_text(encoding="utf-8")
    now = BLOCK.sub(lambda found: f"{found[1]}{shown}\n```", text)
    if request.config.getoption("--accept"):
        README.write_text(now, encoding="utf-8")
    assert now == text


def as_text(message: Message) -> Iterator[str]:
    """A message as it stands on the screen, its buttons in brackets."""
    first, *rest = message.text.splitlines()
    yield f"{'Bot' if message.author == BOT else 'Ana'}  {first}"
    yield from (f"     {line}".rstrip() for line in rest)
    if message.buttons:
        yield "     " + " ".join(f"[{button['text']['text']}]" for button in message.buttons)
