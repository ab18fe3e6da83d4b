"""The surfaces of the rehearsal's players: a real terminal talk, and real Slack requests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bots import terminal
from bots.interview.said import Said
from bots.rehearsal.cast import Player
from bots.rehearsal.clock import Clock
from bots.rehearsal.players import CORRECTION
from bots.slack.loopback.person import Carry, Person
from bots.slack.loopback.workspace import Message, Workspace
from ehsg_events.kernel import Stamp
from ehsg_events.log.log import Log


@dataclass
class TerminalSurface:
    """A player at a terminal: each move is a line typed into the talk."""

    log: Log
    assessment: UUID
    clock: Clock

    def does(self, player: Player, said: Said) -> None:
        """Type one line."""
        line = said.text if said.kind == "words" else _as_typed(said.text)
        terminal.interview(
            self.log,
            lambda cause: typed(self.assessment, player.id, self.clock(), cause),
            self.assessment,
            player.id,
            [line],
            _nobody_reads,
        )


def typed(assessment: UUID, person: str, at: datetime, cause: str) -> Stamp:
    """The stamp of a line typed on a terminal; one move of the clock is one cause."""
    return Stamp(
        at=at,
        by=person,
        role="stakeholder",
        surface="terminal",
        cause=cause,
        key=f"{assessment}/{person}/{at.isoformat()}/{cause}",
    )


@dataclass
class SlackSurface:
    """A player in the pretend workspace: presses the buttons they were shown, types, edits."""

    workspace: Workspace
    carry: Carry

    def does(self, player: Player, said: Said) -> None:
        """Make one move, as a signed request of Slack."""
        _, person_id = (player.member.slack or "").split("/")
        person = Person(self.workspace, person_id, self.carry)
        if said.kind == "edit":
            typed = said.text.removesuffix(CORRECTION)
            person.edit(_typed(self.workspace, person, typed).ts, said.text)
        elif said.kind == "words":
            person.type(said.text)
        elif (message := _with_button(person, said.text)) is not None:
            person.click(message, said.text)
        else:
            person.type(_as_typed(said.text))


def _with_button(person: Person, token: str) -> Message | None:
    """The newest message with the button of a choice; none if no message has it."""
    for message in reversed(person.inbox):
        if any(button["value"].endswith(f"/{token}") for button in message.buttons):
            return message
    return None


def _typed(workspace: Workspace, person: Person, text: str) -> Message:
    messages = workspace.messages[person.channel].values()
    return next(
        message for message in messages if message.author == person.name and message.text == text
    )


def _as_typed(token: str) -> str:
    """What a person types for a choice."""
    match token.split(":"):
        case ["answer", _, value]:
            return value.replace("-", " ")
        case ["next", *_]:
            return "next"
        case ["first", items]:
            return items.replace(",", " ")
    return token.replace("-", " ")


def _nobody_reads(_: str) -> None:
    """Ignore what the talk says to the player."""
