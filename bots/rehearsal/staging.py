"""Sets the stage: the surfaces that the players act on, and the outbox that writes to them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from bots.delivery.outbox import Outbox
from bots.rehearsal.cast import Cast, Player
from bots.rehearsal.clock import Clock
from bots.rehearsal.stage import PlayerSurface, Stage
from bots.rehearsal.surfaces import SlackSurface, TerminalSurface
from bots.slack.app import build_app, web_client
from bots.slack.loopback.person import in_process
from bots.slack.loopback.workspace import Workspace
from bots.slack.sender import SlackSender
from bots.slack.settings import Settings
from ehsg_events.log.log import Log
from ehsg_events.states.situation import Situation


def staged(
    log: Log,
    assessment: UUID,
    cast: Cast,
    clock: Clock,
    workspace: Workspace,
    tick: Callable[[UUID, datetime], object],
    tell: Callable[[date, Situation], None],
    chat: Callable[[str], None],
) -> Stage:
    """A stage whose players in Slack are in the given workspace; the others type at a terminal.

    Args:
        tick: runs the round's flow at a simulated time.
        tell: called at the end of each day with that day and the situation.
        chat: holds the interview of whoever takes a player's place, by their pseudonym.
    """
    settings = Settings(
        mode="http",
        bot_token=workspace.token,
        signing_secret=workspace.signing_secret,
        api_url=workspace.url,
    )
    slack = SlackSurface(workspace, in_process(build_app(log, settings, clock)))
    terminal = TerminalSurface(log, assessment, clock)
    outbox = Outbox(log, SlackSender(web_client(settings), clock), clock, alone=True)

    def surface(player: Player) -> PlayerSurface:
        return slack if player.member.slack else terminal

    def deliver() -> None:
        while outbox.deliver() or _wait_out(outbox.in_doubt_until, clock):
            pass

    return Stage(log, cast, assessment, clock, tick, surface, deliver, tell, chat)


def _wait_out(until: datetime | None, clock: Clock) -> bool:
    """Let a lease run out: after a kill, messages are in doubt until then."""
    if until is None:
        return False
    clock.forward(until)
    return True
