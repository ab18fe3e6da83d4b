"""The Bolt app: a payload becomes something said, one transaction records it, Slack is answered.

Nothing is said to Slack here; what the log then promises is the outbox's to deliver. A listener
that fails answers 500, so that Slack sends the event again.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App, BoltRequest, BoltResponse
from slack_bolt.error import BoltUnhandledRequestError
from slack_sdk import WebClient
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

from bots.conversation import Said
from bots.listening import hear
from bots.slack import home
from bots.slack.blocks import BUTTON, Address
from bots.slack.directory import Directory
from bots.slack.payloads import Heard, read_click, read_message
from bots.slack.settings import Settings
from ehsg_events.application import Log
from ehsg_events.kernel import Refused, Stamp

TIMEOUT = 10  # seconds; well below the outbox's lease
Clock = Callable[[], datetime]

# The libraries' own loggers write whole payloads when they are asked to be talkative.
quiet = logging.getLogger("ehsg.slack.library")
quiet.setLevel(logging.WARNING)
told = logging.getLogger("ehsg.slack")


def web_client(settings: Settings) -> WebClient:
    """The Web API, patient with rate limits.

    A lost connection is not tried again here: Slack may have taken the message, and only the
    outbox knows how to look.
    """
    return WebClient(
        token=settings.bot_token,
        base_url=settings.api_url,
        timeout=TIMEOUT,
        logger=quiet,
        retry_handlers=[RateLimitErrorRetryHandler(max_retry_count=5)],
    )


def build_app(log: Log, settings: Settings, clock: Clock) -> App:
    """The app with its listeners.

    Args:
        clock: says now, in UTC; the rehearsal's is simulated.
    """
    app = App(
        client=web_client(settings),
        signing_secret=settings.signing_secret,
        process_before_response=True,
        raise_error_for_unhandled_request=True,
        token_verification_enabled=False,
        request_verification_enabled=settings.mode == "http",
        logger=quiet,
    )
    ear = _Ear(log, clock)
    app.action(re.compile(f"^{BUTTON}"))(ear.click)
    app.event("message")(ear.message)
    app.event("app_home_opened")(ack=_ack, lazy=[home.drawer(log, ear.directory, clock)])
    app.error(_answer_failure)
    return app


def answer(app: App, body: str, headers: Mapping[str, str]) -> BoltResponse:
    """Hand one HTTP request to the app; whatever goes wrong, Slack gets an answer."""
    try:
        return app.dispatch(BoltRequest(body=body, headers=dict(headers)))
    except Exception as error:  # noqa: BLE001 - whatever it is, Slack is answered
        return _answer_failure(error)


class _Ear:
    """Turns what Slack heard into what a stakeholder said."""

    def __init__(self, log: Log, clock: Clock) -> None:
        self._log, self._clock = log, clock
        self.directory = Directory(log)

    def click(self, ack: Ack, body: dict[str, Any]) -> None:
        """A button: it acts on its own question, in its own round, for its own person."""
        heard = read_click(body)
        if heard is None or heard.address is None:
            told.info("a button that is not one of ours was ignored")
        elif self.directory.belongs_to(heard.address, heard.person):
            self._record(heard, heard.address)
        else:
            told.warning("a button of another person's interview was pressed and ignored")
        ack()

    def message(self, ack: Ack, body: dict[str, Any]) -> None:
        """A message typed, edited or deleted."""
        heard = read_message(body)
        if heard is None:
            told.debug("a message event that nobody typed was ignored")
        elif (address := self._place(heard)) is not None:
            self._record(heard, address)
        else:
            told.info("a message from somebody no round waits for was ignored")
        ack()

    def _place(self, heard: Heard) -> Address | None:
        if heard.kind == "words":
            return self.directory.newest(heard.person)
        return self.directory.of_note(heard.person, heard.source or "")

    def _record(self, heard: Heard, address: Address) -> None:
        stamp = Stamp(
            at=self._clock(),
            by=address.stakeholder,
            role="stakeholder",
            surface="slack",
            cause=heard.kind,
            key=heard.key,
        )
        said = Said(heard.kind, heard.text, heard.source)
        try:
            hear(
                self._log,
                stamp,
                address.assessment,
                address.stakeholder,
                said,
                address.round,
                keep_refusals=True,
            )
        except Refused:
            told.info("something said outside any round was refused")


def _ack(ack: Ack) -> None:
    ack()


def _answer_failure(error: Exception) -> BoltResponse:
    """Nothing of the payload is told: an error's own words may hold what a person typed."""
    if isinstance(error, BoltUnhandledRequestError):
        told.info("a kind of request that nothing listens for was ignored")
        return BoltResponse(status=200)
    told.error("a listener failed with %s; Slack will send it again", type(error).__name__)
    return BoltResponse(status=500)
