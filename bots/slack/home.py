"""The Home tab: where a person stands in each assessment, and what a coordinator can do there.

It is published directly and not through the outbox: a Home tab is drawn again each time it is
opened, not sent once, so a lost one costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_sdk import WebClient

from bots import phrases
from bots.interview import voting
from bots.interview.record import talk_of
from bots.interview.talk import (
    PAUSE,
    RESUME,
    REVIEW,
    WHO_SEES,
    WHY,
    WITHDRAW,
    Choice,
    Talk,
    in_language,
)
from bots.operations import outages
from bots.phrases import afterwards
from bots.slack.background import BackgroundTasks
from bots.slack.block_kit.blocks import Address
from bots.slack.block_kit.page import Part, page
from bots.slack.coordinator.home import desk_parts
from bots.slack.directory import Directory
from ehsg_events.interview.questions import done
from ehsg_events.language.catalogue import gettext as _
from ehsg_events.language.catalogue import speaking
from ehsg_events.log.log import Log
from ehsg_events.states.streams import round_stream

READING = (REVIEW, WHO_SEES, WHY, WITHDRAW)


@dataclass(frozen=True)
class Home:
    """Draws the Home tab of a person."""

    log: Log
    clock: Callable[[], datetime]
    directory: Directory
    client: WebClient
    background: BackgroundTasks

    def draw(self, person: str, above: str = "") -> None:
        """Draw it soon, as things stand then.

        Args:
            above: what is said above everything, such as what a button has just done.
        """

        def publish() -> None:
            view = self._view(person, above)
            self.client.views_publish(user_id=person.partition("/")[2], view=view)

        self.background.do("a Home tab was not drawn", publish)

    def _view(self, person: str, above: str) -> dict[str, Any]:
        nothing = (
            _(phrases.HOME_NOTHING) if self.directory.knows(person) else _(phrases.HOME_UNKNOWN)
        )
        parts = [*self._parts(person)] or [Part(nothing)]
        return page([Part(above), *parts] if above else parts)

    def _parts(self, person: str) -> Iterator[Part]:
        for address in self.directory.every(person):
            assessment, number, stakeholder = address
            talk = talk_of(self.log, assessment, stakeholder, self.clock(), number)[1]
            round = self.log.read(round_stream(assessment, number))
            yield standing(talk, address, rests=round is not None and round.paused)
        coordinates = self.directory.coordinated_by(person)
        if coordinates and (refused := outages.sentence(self.log.folder)):
            yield Part(refused)
        for coordinated in coordinates:
            yield from desk_parts(self.log, self.clock(), coordinated)


def standing(talk: Talk, address: Address, *, rests: bool = False) -> Part:
    """How one interview stands, in words, and what can be done.

    Args:
        rests: the coordinator has paused the round.
    """
    with speaking(talk.language):
        words, choices = _state(talk)
        resting = f"\n{_(phrases.HOME_RESTS)}" if rests and choices else ""
        return Part(words + resting, in_language(choices), address, talk.headed)


def _state(talk: Talk) -> tuple[str, tuple[Choice, ...]]:
    state, sitting = talk.interview, talk.sitting
    answered, total, until = done(state, sitting), len(sitting.items), sitting.deadline
    if state.withdrawn:
        return _(phrases.WITHDRAWN), ()
    if sitting.released and not sitting.closed:
        return _(afterwards.RELEASED), (WITHDRAW,)
    if not sitting.items and sitting.kind != "workshop":
        return _(phrases.NOTHING_LEFT), (WITHDRAW,)
    if sitting.closed:
        reading = READING[:-1] if sitting.signed_off else READING
        said = phrases.home_closed(talk.area, answered, total, until, early=sitting.early)
        return said, reading
    if sitting.kind == "workshop" and state.started and talk.ask is None:
        return voting.between(talk).text, (RESUME, *READING)
    if state.started and talk.ask is None:
        return phrases.home_finished(total, until), READING
    words = phrases.home_open(answered, total, until, started=state.started, paused=state.paused)
    pause = (PAUSE,) if state.started and not state.paused else ()
    return words, (RESUME, REVIEW, *pause, *READING[1:])
