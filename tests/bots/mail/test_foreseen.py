"""What is shown of messages before they are sent is what is then sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random
from uuid import uuid4

import pytest
from support.post_office import WEB, Town, member, town

from bots.delivery.outbox import Outbox
from bots.interview import record
from bots.interview.talk import Prompt
from bots.mail.foreseen import NotToBeSent, ToBeSent, messages
from bots.mail.letter import Letter
from bots.mail.message import text_of
from bots.messages.promise import Promise
from bots.operations.foreseen import foreseen
from bots.operations.operation import Doing
from bots.operations.registry import OPERATIONS
from bots.phrases.letters.wording import LINK_STANDS_HERE
from ehsg_events.commands import panel
from ehsg_events.commands.nudge import nudge
from ehsg_events.kernel import Refused, Surface
from ehsg_events.log.log import Log
from ehsg_events.rights.no_reminders import stop

NUDGE = OPERATIONS["nudge"]
BY: dict[str, tuple[str | None, bool]] = {  # in Slack, by e-mail
    "A": (None, True), "B": (None, True), "C": ("T0LOOPBACK/U0CC", True),
    "D": ("T0LOOPBACK/U0DD", False), "E": (None, False),
}  # fmt: skip
PANEL = tuple(
    member(f"{name} Quill", f"Agency{name}", slack, f"{name.lower()}@example.org" if mail else None)
    for name, (slack, mail) in BY.items()
)


@dataclass
class Chat:
    """A workspace that takes every message."""

    surface: Surface = "slack"
    can_look: bool = True
    lease: timedelta = timedelta(minutes=1)
    taken: dict[str, Prompt] = field(default_factory=dict)

    def check(self) -> None:
        """It always takes messages."""

    def post(self, person: str, promise: Promise, content: Prompt, *, look: bool) -> str:
        """Take a message."""
        self.taken[promise.to] = content
        return "1.0"

    def change(self, person: str, reference: str, promise: Promise, content: Prompt) -> None:
        """Take it as it stands now."""

    def find(self, person: str, promise: Promise) -> None:
        """Nothing stands in it that was not taken."""


@dataclass
class Lived:
    """A round in which anything may have happened, and everything that is sent from it."""

    place: Town
    chat: Chat = field(default_factory=Chat)

    def __post_init__(self) -> None:
        log, clock = self.place.log, self.place.clock
        self.in_slack = Outbox(log, self.chat, clock, writable=("mail", "slack"), alone=True)

    def delivered(self) -> tuple[list[Letter], dict[str, Prompt]]:
        """Everything that is sent now."""
        self.chat.taken.clear()
        letters = self.place.delivered()
        self.in_slack.deliver()
        return letters, dict(self.chat.taken)

    def lives(self, dice: Random) -> None:
        """Some days go by."""
        place = self.place
        for who in dice.choices(PANEL, k=dice.randint(0, 8)):
            by = place.stamp(uuid4().hex, "stakeholder").model_copy(update={"by": who.id})
            coordinator = place.stamp(uuid4().hex)
            log, where, name = place.log, place.assessment, who.id
            steps: tuple[Callable[[], object], ...] = (
                partial(record.answer, log, by, where, name, "5.1", "3", None),
                partial(record.answer, log, by, where, name, "5.2", "1", None),
                partial(stop, log, by, where, name),
                partial(panel.release, log, coordinator, where, name, "moved on"),
                partial(nudge, log, coordinator, where, [name]),
                self.delivered,
            )
            try:
                dice.choice(steps)()
            except Refused:
                continue
        if dice.random() < 0.9:
            self.delivered()
        place.clock.on(days=dice.randint(0, 3))


def lived(folder: Path, dice: Random) -> Lived:
    """An open round of people who are reached in every way."""
    place = Town(Log(folder), writable=("mail", "slack"))
    place.open(PANEL)
    found = Lived(place)
    found.lives(dice)
    return found


def doing(place: Town) -> Doing:
    """A coordinator acts."""
    stamp = place.stamp(uuid4().hex)
    return Doing(
        place.log.folder, lambda: place.log, stamp, place.assessment, writable=("mail", "slack")
    )


def unlinked(letter: Letter) -> str:
    """A letter as it reads without anything that opens a page."""
    assert letter.link is not None
    text = text_of(letter).replace(letter.link.url, LINK_STANDS_HERE)
    return text.replace(letter.stop, LINK_STANDS_HERE) if letter.stop else text


@pytest.mark.parametrize("seed", range(10))
def test_what_is_shown_of_a_reminder_is_what_is_then_sent(tmp_path: Path, seed: int) -> None:
    """To everybody, by every surface, to the letter; whoever gets none was said to get none."""
    here = lived(tmp_path, Random(seed))
    place, coordinator = here.place, doing(here.place)
    try:
        comes = foreseen(NUDGE, coordinator, NUDGE.form())
    except Refused:
        return
    before = place.log.store.last_position()
    shown = messages(place.log, coordinator.stamp, place.assessment, comes.facts, ("mail", "slack"))
    assert place.log.store.last_position() == before, "to look records nothing"
    NUDGE.do(coordinator, NUDGE.form())
    decided = {one.fact.reminded for one in comes.facts if hasattr(one.fact, "reminded")}
    letters, prompts = here.delivered()
    reminders = [one for one in letters if one.stop]
    addresses = {one.id: one.email for one in PANEL}
    by_letter = {
        one.to: one for one in shown if isinstance(one, ToBeSent) and one.surface == "mail"
    }
    in_chat = {one.to: one for one in shown if isinstance(one, ToBeSent) and one.surface == "slack"}
    assert {addresses[who]: (one.subject, one.text) for who, one in by_letter.items()} == {
        one.to: (one.subject, unlinked(one)) for one in reminders
    }
    said = {who: one.text for who, one in prompts.items() if one.kind == "reminder"}
    assert {who: one.text for who, one in in_chat.items()} == said
    assert not {one.to for one in shown if isinstance(one, NotToBeSent)} & {*by_letter, *in_chat}
    assert {one.to for one in shown} <= decided


def test_nobodys_link_stands_in_what_is_shown(tmp_path: Path) -> None:
    """Neither the one that they have, nor one that would be made."""
    place = town(tmp_path)
    place.delivered()
    place.clock.on(days=1)
    coordinator = doing(place)
    comes = foreseen(NUDGE, coordinator, NUDGE.form())
    shown = messages(place.log, coordinator.stamp, place.assessment, comes.facts, ("mail", "slack"))
    texts = [one.text for one in shown if isinstance(one, ToBeSent)]
    assert texts
    for text in texts:
        assert WEB.url not in text
        assert LINK_STANDS_HERE in text
        assert not any(opens in text for opens in ("/i/", "/stop/"))


def test_whoever_is_told_by_no_surface_that_is_set_up_is_named(tmp_path: Path) -> None:
    """They are for the coordinator to tell."""
    place = town(tmp_path)
    coordinator = doing(place)
    comes = foreseen(NUDGE, coordinator, NUDGE.form())
    shown = messages(place.log, coordinator.stamp, place.assessment, comes.facts, ())
    assert {*shown} == {NotToBeSent("police-1"), NotToBeSent("health-1")}
