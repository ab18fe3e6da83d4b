"""A coordinator's buttons, windows and `/ehsg`: recorded before Slack is answered, or refused."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_bolt import Ack
from slack_sdk import WebClient

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
        """`/ehsg`: what was done, or how things stand, as the answer to it."""
        ordered = read_command(body)
        text = phrases.HELP if ordered is None else self._answer(ordered)
        first = next(split(text, MOST_TEXT - SPARE))
        ack(response_type="ephemeral", **said(first))

    def _answer(self, ordered: Ordered) -> str:
        desks = self.directory.coordinated_by(ordered.person)
        if not desks:
            logger.info("a command of somebody who coordinates nothing was refused")
            return phrases.NOT_A_COORDINATOR
        areas = list(dict.fromkeys(desk.area for desk in desks))
        meant, rest = _meant(desks, as_typed(ordered.text))
        order = read_order(rest)
        if order is None:
            return f"{phrases.not_an_order(rest)}\n{phrases.help_for(areas)}"
        if order.kind == "help":
            return phrases.help_for(areas)
        if order.kind == "progress":
            return "\n\n".join(self._progress(desk) for desk in meant)
        if len(meant) > 1:
            return phrases.which_area(areas)
        return self._decided(order, meant[0], ordered.key)

    def _progress(self, desk: Coordinated) -> str:
        return progress(self.log, self._stamp(desk, "progress", "progress"), desk)

    def _decided(
        self, order: Order, desk: Coordinated, key: str, about: Address | None = None
    ) -> str:
        if order.kind == "sure?":
            return phrases.confirm_close(desk.area)
        try:
            return self._carry_out(order, desk, key, about)
        except Refused as refusal:
            return told(refusal)

    # -- the buttons ---------------------------------------------------------------------------
    def button(self, ack: Ack, body: dict[str, Any]) -> None:
        """A button of the Home tab: decided at once, or a window for what it takes."""
        heard = read_click(body)
        desk = self._desk_of(heard) if heard else None
        if heard is None or desk is None:
            self._refuse(heard and heard.person)
        elif heard.text.partition(":")[0] in WINDOWS:
            self._open(heard, desk)
        else:
            self._press(heard, desk)
        ack()

    def _press(self, heard: Heard, desk: Coordinated) -> None:
        kind, _, agency = heard.text.partition(":")
        if kind in PRESSED:
            order = Order(PRESSED[kind], {"agency": agency} if agency else {})
            self._show(heard.person, self._decided(order, desk, heard.key, heard.address))

    def _open(self, heard: Heard, desk: Coordinated) -> None:
        assert heard.address is not None, "whose it is was looked up by it"
        state = self.log.assessment(desk.assessment)
        waiting = hand_over.asked(self.log, desk.assessment)
        view = desk_window(state, heard.address, heard.text, waiting)
        self.background.do(
            "a window was not opened",
            lambda: self.client.views_open(trigger_id=heard.trigger, view=view),
        )

    # -- the windows ---------------------------------------------------------------------------
    def submit(self, ack: Ack, body: dict[str, Any]) -> None:
        """A window that was filled in; what is refused stays in it, with the reason."""
        given = read_submission(body)
        desk = self._desk_of(given) if given else None
        if given is None or desk is None:
            self._refuse(given and given.person)
            ack()
            return
        order = filled_in(given.token, given.boxes)
        try:
            done = self._carry_out(order, desk, given.key, given.address)
        except Refused as refusal:
            done = told(refusal)
            if order.kind in BOX:
                ack(response_action="errors", errors={BOX[order.kind]: done})
                return
        self._show(given.person, done)
        ack()

    # -- shared --------------------------------------------------------------------------------
    def _carry_out(self, order: Order, desk: Coordinated, key: str, about: Address | None) -> str:
        """Do it; a button or a window acts on the round it was drawn for, and on no later one."""
        stamp = self._stamp(desk, order.kind, key)
        newest = self.log.newest_round(desk.assessment).number
        if about is not None and about.round != newest:
            raise Refused(phrases.of_an_earlier_round(about.round, newest))
        return carry_out(self.log, stamp, desk.assessment, order)

    def _show(self, person: str, done: str) -> None:
        self.home.draw(person, done)

    def _desk_of(self, one: Any) -> Coordinated | None:
        """The assessment a button or window is of, if its presser coordinates it."""
        desks = self.directory.coordinated_by(one.person)
        return next(
            (
                desk
                for desk in desks
                if (desk.assessment, desk.coordinator)
                == (one.address.assessment, one.address.stakeholder)
            ),
            None,
        )

    def _refuse(self, person: str | None) -> None:
        logger.warning("a coordinator's button was pressed by somebody else and ignored")
        if person is not None:
            self.not_on_panel.turn_away(person, NOT_FOR_YOU)

    def _stamp(self, desk: Coordinated, cause: str, key: str) -> Stamp:
        return Stamp(
            at=self.clock(),
            by=desk.coordinator,
            role="coordinator",
            surface="slack",
            cause=cause,
            key=key,
        )


def _meant(desks: list[Coordinated], text: str) -> tuple[list[Coordinated], str]:
    """The assessments a command is about, and the command without the area's name.

    Of one area with several assessments the newest is meant, as on the command line.
    """
    for desk in sorted(desks, key=lambda one: -len(one.area)):
        if f"{text.casefold()} ".startswith(f"{desk.area.casefold()} "):
            newest = next(one for one in desks if one.area == desk.area)
            return [newest], text[len(desk.area) :].strip(" :,")
    newest_of_each = {desk.area: desk for desk in reversed(desks)}
    return list(newest_of_each.values()), text
