"""A coordinator's buttons, windows and `/ehsg`: recorded before Slack is answered, or refused."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_bolt import Ack
from slack_sdk import WebClient

from bots.operations import outages
from bots.phrases import coordinator as phrases
from bots.phrases.slack import NOT_FOR_YOU
from bots.slack.background import BackgroundTasks
from bots.slack.block_kit.blocks import SPARE, Address, said, split
from bots.slack.block_kit.sizes import MOST_TEXT
from bots.slack.coordinator.home import progress
from bots.slack.coordinator.orders import Kind, Order, carry_out, read_order
from bots.slack.coordinator.ways import told
from bots.slack.coordinator.windows import BOX, WINDOWS, desk_window, filled_in
from bots.slack.directory import Coordinated, Directory
from bots.slack.home import Home
from bots.slack.not_on_panel import NotOnPanel
from bots.slack.payloads import (
    Heard,
    Ordered,
    as_typed,
    read_click,
    read_command,
    read_submission,
)
from ehsg_events.commands import hand_over
from ehsg_events.kernel import Refused, Stamp
from ehsg_events.log.log import Log

PRESSED: dict[str, Kind] = {"nudge": "nudge", "resume": "resume"}  # done without a window
logger = logging.getLogger("ehsg.slack")


@dataclass(frozen=True)
class CoordinatorListener:
    """The listeners for what coordinators decide; each only for its own assessment."""

    log: Log
    clock: Callable[[], datetime]
    directory: Directory
    client: WebClient
    home: Home
    not_on_panel: NotOnPanel
    background: BackgroundTasks

    # -- the command ---------------------------------------------------------------------------
    def command(self, ack: Ack, body: dict[str, Any]) -> None:
        """Answer `/ehsg` with what was done, or with how things stand."""
        ordered = read_command(body)
        text = phrases.HELP if ordered is None else self._answer_and_warn(ordered)
        first = next(split(text, MOST_TEXT - SPARE))
        ack(response_type="ephemeral", **said(first))

    def _answer_and_warn(self, ordered: Ordered) -> str:
        """The answer; above it, for a coordinator, that Slack refuses our token."""
        refused = outages.sentence(self.log.folder)
        if refused is None or not self.directory.coordinated_by(ordered.person):
            return self._answer(ordered)
        return f"{refused}\n\n{self._answer(ordered)}"

    def _answer(self, ordered: Ordered) -> str:
        assessments = self.directory.coordinated_by(ordered.person)
        if not assessments:
            logger.info("a command of somebody who coordinates nothing was refused")
            gone = self.directory.gave_up(ordered.person)
            return phrases.abandoned(gone) if gone else phrases.NOT_A_COORDINATOR
        areas = list(dict.fromkeys(coordinated.area for coordinated in assessments))
        meant, rest = _meant(assessments, as_typed(ordered.text))
        order = read_order(rest)
        if order is None:
            return f"{phrases.not_an_order(rest)}\n{phrases.help_for(areas)}"
        if order.kind == "help":
            return phrases.help_for(areas)
        if order.kind == "progress":
            return "\n\n".join(self._progress(coordinated) for coordinated in meant)
        if len(meant) > 1:
            return phrases.which_area(areas)
        return self._decided(order, meant[0], ordered.key)

    def _progress(self, coordinated: Coordinated) -> str:
        return progress(self.log, self.clock(), coordinated)

    def _decided(
        self, order: Order, coordinated: Coordinated, key: str, drawn_for: Address | None = None
    ) -> str:
        if order.kind == "sure?":
            return phrases.confirm_close(coordinated.area)
        try:
            return self._carry_out(order, coordinated, key, drawn_for)
        except Refused as refusal:
            return told(refusal)

    # -- the buttons ---------------------------------------------------------------------------
    def button(self, ack: Ack, body: dict[str, Any]) -> None:
        """A button of the Home tab: carried out at once, or a window opens for what it needs."""
        heard = read_click(body)
        coordinated = self._coordinated(heard) if heard else None
        if heard is None or coordinated is None:
            self._refuse(heard and heard.person)
        elif heard.text.partition(":")[0] in WINDOWS:
            self._open(heard, coordinated)
        else:
            self._press(heard, coordinated)
        ack()

    def _press(self, heard: Heard, coordinated: Coordinated) -> None:
        kind, _, agency = heard.text.partition(":")
        if kind in PRESSED:
            order = Order(PRESSED[kind], {"agency": agency} if agency else {})
            self._show(heard.person, self._decided(order, coordinated, heard.key, heard.address))

    def _open(self, heard: Heard, coordinated: Coordinated) -> None:
        assert heard.address is not None, "whose it is was looked up by it"
        state = self.log.assessment(coordinated.assessment)
        waiting = hand_over.asked(self.log, coordinated.assessment)
        view = desk_window(state, heard.address, heard.text, waiting)
        self.background.do(
            "a window was not opened",
            lambda: self.client.views_open(trigger_id=heard.trigger, view=view),
        )

    # -- the windows ---------------------------------------------------------------------------
    def submit(self, ack: Ack, body: dict[str, Any]) -> None:
        """A window that was filled in; what is refused stays in it, with the reason."""
        submitted = read_submission(body)
        coordinated = self._coordinated(submitted) if submitted else None
        if submitted is None or coordinated is None:
            self._refuse(submitted and submitted.person)
            ack()
            return
        order = filled_in(submitted.token, submitted.boxes)
        try:
            done = self._carry_out(order, coordinated, submitted.key, submitted.address)
        except Refused as refusal:
            done = told(refusal)
            if order.kind in BOX:
                ack(response_action="errors", errors={BOX[order.kind]: done})
                return
        self._show(submitted.person, done)
        ack()

    # -- shared --------------------------------------------------------------------------------
    def _carry_out(
        self, order: Order, coordinated: Coordinated, key: str, drawn_for: Address | None
    ) -> str:
        """Carry out an order; a button or a window acts only on the round it was drawn for."""
        stamp = self._stamp(coordinated, order.kind, key)
        if drawn_for is not None:
            newest = self.log.newest_round(coordinated.assessment).number
            if drawn_for.round != newest:
                raise Refused(phrases.of_an_earlier_round(drawn_for.round, newest))
        return carry_out(self.log, stamp, coordinated.assessment, order)

    def _show(self, person: str, done: str) -> None:
        self.home.draw(person, done)

    def _coordinated(self, pressed: Any) -> Coordinated | None:
        """The assessment of a button or window, if the person who pressed it coordinates it."""
        assessments = self.directory.coordinated_by(pressed.person)
        return next(
            (
                coordinated
                for coordinated in assessments
                if (coordinated.assessment, coordinated.coordinator)
                == (pressed.address.assessment, pressed.address.stakeholder)
            ),
            None,
        )

    def _refuse(self, person: str | None) -> None:
        logger.warning("a coordinator's button was pressed by somebody else and ignored")
        if person is not None:
            self.not_on_panel.turn_away(person, NOT_FOR_YOU)

    def _stamp(self, coordinated: Coordinated, cause: str, key: str) -> Stamp:
        return Stamp(
            at=self.clock(),
            by=coordinated.coordinator,
            role="coordinator",
            surface="slack",
            cause=cause,
            key=key,
        )


def _meant(assessments: list[Coordinated], text: str) -> tuple[list[Coordinated], str]:
    """The assessments a command is about, and the command without the area's name.

    Of one area with several assessments the newest is meant, as on the command line.
    """
    for area in sorted((each.area for each in assessments), key=len, reverse=True):
        if f"{text.casefold()} ".startswith(f"{area.casefold()} "):
            newest = next(each for each in assessments if each.area == area)
            return [newest], text[len(area) :].strip(" :,")
    newest_of_each = {each.area: each for each in reversed(assessments)}
    return list(newest_of_each.values()), text
