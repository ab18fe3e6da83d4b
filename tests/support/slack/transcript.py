"""What stood on each person's screen in Slack, and what they did, in the order it happened.

A transcript is a list of plain values, written as JSON lines: a program that knows nothing of the
product can read it. `posted` and `changed` are the bot's messages as the workspace kept them;
`clicked`, `typed`, `edited` and `deleted` are what people did; `heard` says that the product
acknowledged one of these for the first time.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import UUID

from bots.slack.block_kit.blocks import read_value
from bots.slack.loopback.workspace import BOT, Message, Workspace, person_of
from ehsg_events.kernel import Recorded, Words
from ehsg_events.log.log import Log

Line = dict[str, Any]


class Transcript:
    """Lines as they happen."""

    def __init__(self) -> None:
        self.lines: list[Line] = []

    def tell(self, what: str, person: str = "", **more: Any) -> None:
        """Add a line."""
        self.lines.append({"what": what, **({"person": person} if person else {}), **more})

    def write(self, file: Path) -> Path:
        """Write it as JSON lines."""
        file.write_text("".join(f"{json.dumps(line)}\n" for line in self.lines))
        return file


class Watched(Workspace):
    """A workspace in which everything that comes to stand on a screen is told."""

    transcript: Transcript

    def answer(self, method: str, asked: Line, token: str) -> Line:
        """Carry out one call; nobody types between a message's time and its place on the screen."""
        with self.changed:
            return super().answer(method, asked, token)

    def keep(self, message: Message) -> None:
        stood = message.ts in self.messages[message.channel]
        super().keep(message)
        if message.author == BOT:
            self.transcript.tell(
                "changed" if stood else "posted",
                person_of(message.channel),
                ts=message.ts,
                text=message.text,
                buttons=[described(button) for button in message.buttons],
                name=(message.metadata or {}).get("event_payload", {}).get("message"),
            )


def described(button: Line) -> Line:
    """A button by its label, what it stands for, and whose interview in which area it belongs to."""
    carried = read_value(button.get("value", ""))
    label = button["text"]["text"]
    if carried is None:
        return {"label": label}
    return {"label": label, "offers": carried[1], "of": str(carried[0].assessment)}


# -- the log, as plain values ----------------------------------------------------------------------
def facts_of(log: Log) -> list[Line]:
    """Every fact on the log with its sealed words opened."""
    return [_plain(log, recorded) for recorded in log.all()]


def _plain(log: Log, recorded: Recorded) -> Line:
    stream, fact = recorded.stream, recorded.fact
    return {
        "position": recorded.position,
        "version": recorded.version,
        "kind": type(fact).__name__,
        "stream": stream.model_dump(mode="json"),
        "stamp": recorded.stamp.model_dump(mode="json"),
        "fact": fact.model_dump(mode="json"),
        "words": {name: log.text(value) for name, value in fact if isinstance(value, Words)},
    }


def write_facts(log: Log, file: Path) -> Path:
    """Write them as JSON lines."""
    file.write_text("".join(f"{json.dumps(fact)}\n" for fact in facts_of(log)))
    return file


def about(areas: dict[UUID, str], panels: dict[UUID, dict[str, str]]) -> Line:
    """Which areas there are, and by which pseudonym each person is known in each."""
    return {
        "areas": {str(area): name for area, name in areas.items()},
        "people": {str(area): panel for area, panel in panels.items()},
    }
