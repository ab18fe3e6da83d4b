"""Whatever order Slack delivers in: words never land where their question did not stand."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import pytest
from support.slack.edge import Place, slack
from support.slack.late import ME, TwoPanels, on_its_way

from bots.slack.loopback.person import Request
from bots.slack.loopback.workspace import Message
from ehsg_events.events import (
    AnswerAmended,
    AnswerGiven,
    NoteGiven,
)
from ehsg_events.kernel import Recorded

STEPS = 120
WORDS = ("0", "4", "next", "skip", "back", "pause", "help", "yes", "no", "withdraw", "not my area")


class Seen(NamedTuple):
    """The question on a person's screen: its assessment, item and field; none before the first."""

    assessment: UUID
    item: str
    field: str


@dataclass
class Muddle:
    """One person on two panels: they click and type, and Slack delivers what it likes when it likes.

    What stood is read off the messages as they were posted, not off the log.
    """

    place: Place
    dice: random.Random
    open: dict[UUID, Seen] = field(default_factory=dict)  # by assessment, the newest last
    posted: int = 0
    typed: set[tuple[str, Seen | None]] = field(default_factory=set)  # each under what stood
    transit: list[Request] = field(default_factory=list)

    @property
    def stands(self) -> Seen | None:
        """The newest question that was not followed by the end of its own talk."""
        return next(reversed(self.open.values()), None)

    def run(self) -> None:
        """Do as the dice say; in the end everything has arrived."""
        for number in range(STEPS):
            self.place.clock.on(seconds=self.dice.choice((1, 7, 70)))
            self.dice.choice((self.click, self.say, self.arrives, self.answered))(number)
        while self.transit:
            self.arrives(STEPS)
        self.answered(STEPS)

    def say(self, number: int) -> None:
        """Type something; it is on its way, under the question that stands now."""
        text = self.dice.choice((*WORDS, f"We asked {number} families."))
        self.typed.add((text, self.stands))
        self.transit.append(on_its_way(self.place).type(text)[1])

    def click(self, _: int) -> None:
        """Press a button of one of the newest messages; clicks arrive at once."""
        inbox = [one for one in self.place.person().inbox[-4:] if one.buttons]
        message = self.dice.choice(inbox)
        button = self.dice.choice(message.buttons)
        if "/write:" not in button["value"] and "withdraw-yes" not in button["value"]:
            assert self.place.person().press(button, message).status == 200

    def arrives(self, _: int) -> None:
        """Slack delivers something, in any order."""
        if self.transit:
            late = self.transit.pop(self.dice.randrange(len(self.transit)))
            assert self.place.person().again(late, 3).status == 200

    def answered(self, _: int) -> None:
        """What is owed is said, and seen."""
        self.place.outbox.deliver()
        inbox = self.place.person().inbox
        for message in inbox[self.posted :]:
            _seen(message, self.open)
        self.posted = len(inbox)


def _seen(message: Message, open_: dict[UUID, Seen]) -> None:
    """Note what stands once a message was posted: its question, or no more where a talk ended."""
    asked = _asked(message)
    if asked is not None:
        open_.pop(asked.assessment, None)
        open_[asked.assessment] = asked
    elif "That is all, thank you." in message.text:
        open_.pop(UUID(message.buttons[0]["value"].split("/")[0]), None)


def _asked(message: Message) -> Seen | None:
    """The question that a message asks."""
    carried = [button["value"].split("/", 3) for button in message.buttons]
    for value in carried:
        assessment, act = UUID(value[0]), value[3].split(":")
        if act[0] == "answer" and len(carried) > 3 and "would make it" not in message.text:
            return Seen(assessment, act[1], "score")
        if act[0] == "next":
            return Seen(assessment, act[1], act[2])
    return None


@pytest.mark.parametrize("seed", range(4))
def test_words_only_ever_answer_the_question_that_stood_when_they_were_typed(
    seed: int, tmp_path: Path
) -> None:
    """On two panels, by dice: notes, levels and commands late and out of order between clicks."""
    with slack(tmp_path) as place:
        place.begin()
        panels = TwoPanels(place, two=True)
        panels.open_northvale()
        muddle = Muddle(place, random.Random(seed))
        muddle.answered(0)
        muddle.run()
        typed = [one for one in place.log.all() if one.stamp.cause in ("words", "note")]
        landed = [(said, _of(one)) for one in typed if (said := _said(place, one))]
        assert landed
        assert set(landed) <= muddle.typed
        everything_is_answered(place, typed)


def _said(place: Place, one: Recorded) -> str | None:
    """The words that a note or an answer came of; none for other facts."""
    if isinstance(one.fact, NoteGiven):
        return place.log.text(one.fact.words)
    if isinstance(one.fact, AnswerGiven | AnswerAmended):
        return one.fact.level or {"not-my-area": "not my area"}.get(one.fact.kind, one.fact.kind)
    return None


def _of(one: Recorded) -> Seen:
    field = getattr(one.fact, "field", "score")
    return Seen(one.stream.assessment, getattr(one.fact, "item", ""), field)


def everything_is_answered(place: Place, typed: list[Recorded]) -> None:
    """Each message was recorded as something, of which its person hears."""
    keys = {one.stamp.key for one in typed}
    mine = [m for m in place.workspace.messages[f"D{ME}"].values() if m.author == ME]
    assert len(keys) == len(mine)
