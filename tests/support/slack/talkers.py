"""People in Slack who press, type, edit and delete, each by what stands on their own screen.

What a person typed carries a mark of its own, so that a reader of the log finds it again.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from bots.slack.loopback.person import Person
from bots.slack.loopback.workspace import Message
from support.slack.crowd import tokens
from support.slack.transcript import Transcript, described

ON = ("answer:", "next:", "start", "resume")
NOT_PRESSED = ("write:", "hand-on", "withdraw-yes", "pause")  # windows, and what ends the talk
SCORES = ("answer:",)
ASKING = ("answer:", "next:")
SAID = (  # each with what the person wants by it
    ("back", "back"),
    ("next", "next"),
    ("my answers", "review"),
    ("help", "help"),
    ("why me", "why"),
    ("who sees this?", "who-sees"),
    ("go on", "resume"),
    ("what?", "note"),
)
STOPPED = "This child is being hurt at home now, {mark}"
NOTE = "Parents sit on the board since spring, {mark}"


class Talker:
    """One person: looks at their screen, and does one thing.

    Args:
        person: where they are in the workspace; what they do is carried away by it.
        dice: the chance by which they choose.
        items: what they may be asked, in any area.
    """

    def __init__(
        self, person: Person, transcript: Transcript, dice: random.Random, items: tuple[str, ...]
    ) -> None:
        self._me, self._transcript, self._dice = person, transcript, dice
        self._items, self._marks = items, 0
        self._notes: list[tuple[str, str]] = []  # what they typed: when, and the words

    @property
    def name(self) -> str:
        """Their id in Slack."""
        return self._me.name

    @property
    def inbox(self) -> list[Message]:
        """What the bot has said to them, as it stands."""
        return self._me.inbox

    def act(self) -> None:
        """Do one thing, by what stands on the screen and by the dice; nothing moves meanwhile."""
        with self._me.workspace.changed:
            self._act()

    def _act(self) -> None:
        if self._asks_whether_to_withdraw() and self._dice.random() < 0.9:
            self._type("no", "resume")
            return
        acts: tuple[tuple[Callable[[], None], int], ...] = (
            (self.go_on, 42),
            (self._press_twice, 6),
            (self._press_an_older_one, 9),
            (self._press_anything, 6),
            (self._note, 16),
            (self._number, 8),
            (self._command, 13),
            (self._change, 4),
            (self._withdraw, 3),
            (self._worry, 4),
            (self._put_right, 7),
        )
        self._dice.choices([act for act, _ in acts], [weight for _, weight in acts])[0]()

    # -- pressing ----------------------------------------------------------------------------------
    def go_on(self, area: str = "", choose: Callable[[list[str]], str] | None = None) -> None:
        """Press what leads on, on the newest message that offers it, in one area if named."""
        with self._me.workspace.changed:
            for message in reversed(self.inbox):
                of = {described(button).get("of") for button in message.buttons}
                offered = [token for token in tokens(message) if token.startswith(ON)]
                if offered and (not area or area in of):
                    self._click(message, (choose or self._dice.choice)(offered))
                    return

    def _press_twice(self) -> None:
        before = len(self._transcript.lines)
        self.go_on()
        for line in self._transcript.lines[before:][:1]:
            message = next(m for m in self.inbox if m.ts == line["ts"])
            self._click(message, line["offers"])

    def _press_an_older_one(self) -> None:
        self._press(self._dice.choice(self.inbox))

    def _press_anything(self) -> None:
        self._press(self.inbox[-1])

    def _press(self, message: Message) -> None:
        offered = [token for token in tokens(message) if not token.startswith(NOT_PRESSED)]
        if offered:
            self._click(message, self._dice.choice(offered))

    def _click(self, message: Message, token: str) -> None:
        button = next(b for b in message.buttons if described(b).get("offers") == token)
        self._transcript.tell("clicked", self.name, ts=message.ts, **described(button))
        self._me.press(button, message)

    # -- typing ------------------------------------------------------------------------------------
    def _note(self) -> None:
        for _ in range(self._dice.choice((1, 1, 1, 2))):
            self._notes.append(self._type(NOTE.format(mark=self._mark()), "note"))

    def _number(self) -> None:
        if self._dice.random() < 0.2:
            self._type(f"3, we ask every family, {self._mark()}", "spoken")
            return
        self._type(self._dice.choice("12345"), "number")

    def _command(self) -> None:
        self._type(*self._dice.choice(SAID))

    def _change(self) -> None:
        item, score = self._dice.choice(self._items), self._dice.choice("12345")
        self._type(f"change {item} to {score}", "change", item=item, score=score)

    def _withdraw(self) -> None:
        self._type("withdraw", "withdraw")

    def _worry(self) -> None:
        mark = self._mark()
        self._type(STOPPED.format(mark=mark), "worry", mark=mark)

    def _put_right(self) -> None:
        """Edit or delete something typed before."""
        if not self._notes:
            return
        ts, text = self._notes[self._dice.randrange(len(self._notes))]
        if self._dice.random() < 0.35:
            self._notes.remove((ts, text))
            self._transcript.tell("deleted", self.name, ts=ts)
            self._me.delete(ts)
        else:
            self._notes.remove((ts, text))
            text = NOTE.format(mark=self._mark())
            self._notes.append((ts, text))
            self._transcript.tell("edited", self.name, ts=ts, text=text)
            self._me.edit(ts, text)

    def _type(self, text: str, wants: str, **more: Any) -> tuple[str, str]:
        self._transcript.tell("typed", self.name, text=text, wants=wants, **more)
        line = self._transcript.lines[-1]
        ts, _ = self._me.type(text)
        line["ts"] = ts
        return ts, text

    def _mark(self) -> str:
        self._marks += 1
        return f"zq{self.name.lower()}{self._marks}"

    def _asks_whether_to_withdraw(self) -> bool:
        return bool(self.inbox) and "withdraw-yes" in tokens(self.inbox[-1])
