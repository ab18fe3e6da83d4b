"""The Home tab: how far one is, who sees what, and the way back into the interview.

It is published directly and not through the outbox: a Home tab is a picture drawn again at every
opening, not something said once, so a lost one costs nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bots import phrases, prompts
from bots.listening import talk_of
from bots.prompts import Talk
from bots.slack.blocks import Address, buttons, sections
from bots.slack.directory import Directory
from bots.slack.payloads import read_opened_home
from ehsg_events.application import Log, Pen
from ehsg_events.interview import done
from ehsg_events.kernel import Stamp

told = logging.getLogger("ehsg.slack")
CHOICES = (prompts.RESUME, prompts.REVIEW, prompts.WITHDRAW)


def drawer(
    log: Log, directory: Directory, clock: Callable[[], datetime]
) -> Callable[[WebClient, dict[str, Any]], None]:
    """The listener that draws the Home tab of whoever opens it."""

    def draw(client: WebClient, body: dict[str, Any]) -> None:
        person = read_opened_home(body)
        if person is None:
            return
        view = _view(log, directory.newest(person), clock())
        try:
            client.views_publish(user_id=person.partition("/")[2], view=view)
        except (SlackApiError, OSError) as failure:
            told.warning("a Home tab was not drawn: %s", type(failure).__name__)

    return draw


def _view(log: Log, address: Address | None, now: datetime) -> dict[str, Any]:
    if address is None:
        return {"type": "home", "blocks": sections(phrases.HOME_NOTHING)}
    look = Stamp(
        at=now,
        by=address.stakeholder,
        role="stakeholder",
        surface="slack",
        cause="home",
        key="home",
    )
    assessment, number, stakeholder = address
    _, talk = talk_of(log, Pen(log, look), assessment, stakeholder, number)
    rows = [] if talk.interview.withdrawn else buttons(CHOICES, address)
    return {"type": "home", "blocks": [*sections(_words(talk)), *rows]}


def _words(talk: Talk) -> str:
    if talk.interview.withdrawn:
        return phrases.WITHDRAWN
    sitting = talk.sitting
    far = done(talk.interview, sitting)
    return phrases.home(talk.area, far, len(sitting.items), sitting.deadline, over=sitting.closed)
