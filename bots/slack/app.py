"""The Bolt app: a payload becomes an input, one transaction records it, then Slack is answered.

No message is sent here; the outbox delivers what the log then promises. A listener that fails
answers 500, so that Slack sends the event again.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from slack_bolt import Ack, App, BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.error import BoltUnhandledRequestError
from slack_sdk import WebClient
from slack_sdk.http_retry import RetryHandler
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

from bots.phrases.stopped import not_recorded_now
from bots.slack.authentication.ours import Ours
from bots.slack.authentication.signature import SIGNATURE, TIMESTAMP
from bots.slack.background import BackgroundTasks
from bots.slack.block_kit.blocks import BUTTON, OPENS
from bots.slack.coordinator.home import DESK
from bots.slack.coordinator.listeners import CoordinatorListener
from bots.slack.coordinator.windows import DECIDE
from bots.slack.directory import Directory
from bots.slack.files import Files
from bots.slack.home import Home
from bots.slack.listeners import Listener, NotHeardYet, is_last
from bots.slack.not_on_panel import NotOnPanel
from bots.slack.note_window import NOTE, NoteWindow
from bots.slack.payloads import first_box, read_revoked, who
from bots.slack.screens import Screens
from bots.slack.settings import Settings
from ehsg_events.language.catalogue import ENGLISH, speaking
from ehsg_events.log.log import Log
from ehsg_events.machine.failures import failure_of
from ehsg_events.machine.reports import Reports

QUICKLY = 2  # seconds
# Bolt takes these up by itself, and then warns that our own settings go before them.
READ_BY_BOLT = ("SLACK_BOT_TOKEN", "SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET")
# Others are for servers that the library brings along itself, or say nothing to it.
HEADERS = ("content-type", SIGNATURE, TIMESTAMP, "x-slack-retry-num", "x-slack-retry-reason")
UNREADABLE = (ValueError, TypeError, AttributeError, LookupError, RecursionError)
Clock = Callable[[], datetime]

NOT_TAKEN = (
    "Something that was typed or pressed in Slack was not recorded; Slack sends a message again, and "
    "whoever pressed a button is told to press it again."
)
logger = logging.getLogger("ehsg.slack")
reports = Reports(logger)


def _without_words(record: logging.LogRecord) -> bool:
    """Reduce a warning of the library to the line it comes from, and let it pass."""
    record.msg, record.args = "Slack's library warns: %s, line %s", (record.module, record.lineno)
    record.exc_info = None
    return True


# At level DEBUG the libraries log whole payloads; at any level, parts of what they cannot read.
quiet = logging.getLogger("ehsg.slack.library")
quiet.setLevel(logging.WARNING)
quiet.addFilter(_without_words)


def web_client(settings: Settings) -> WebClient:
    """The Web API for the outbox, which itself tries again: it alone knows when, and how to look.

    After a lost connection Slack may have taken the message; whom Slack lets wait is not to hold
    up anybody else.
    """
    return _client(settings, settings.timeout)


def patient_client(settings: Settings) -> WebClient:
    """The Web API for what is done in the background, patient with rate limits."""
    return _client(settings, settings.timeout, RateLimitErrorRetryHandler(max_retry_count=5))


def quick_client(settings: Settings) -> WebClient:
    """The Web API for calls that are of use only within Slack's three seconds."""
    return _client(settings, QUICKLY)


def _client(settings: Settings, timeout: int, *again: RetryHandler) -> WebClient:
    return WebClient(
        token=settings.bot_token,
        base_url=settings.api_url,
        timeout=timeout,
        logger=quiet,
        retry_handlers=list(again),
    )


def build_app(
    log: Log,
    settings: Settings,
    clock: Clock,
    refused: Callable[[str], object] | None = None,
    ours: Ours | None = None,
) -> App:
    """The app with its listeners.

    Args:
        clock: says now, in UTC; the rehearsal's is simulated.
        refused: is called when Slack says that it took our token away.
        ours: the app and workspace that requests are taken from; by default the settings say it.
    """
    with _hidden(READ_BY_BOLT):
        app = App(
            name="bolt",  # else it looks through the whole stack for one; "ehsg" is our own logger
            client=WebClient(base_url=settings.api_url, logger=quiet),
            authorize=_of_one_workspace(settings),
            signing_secret=settings.signing_secret,
            process_before_response=True,
            raise_error_for_unhandled_request=True,
            token_verification_enabled=False,
            request_verification_enabled=settings.mode == "http",
            logger=quiet,
        )
    app.use((ours or Ours(settings)).only)
    _listen(app, log, settings, clock)
    _listen_for_the_end(app, refused or (lambda _: None))
    return app


@contextmanager
def _hidden(names: Sequence[str]) -> Iterator[None]:
    """Take variables out of the environment while the block runs."""
    before = {name: os.environ.pop(name) for name in names if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(before)


def _of_one_workspace(settings: Settings) -> Callable[..., AuthorizeResult]:
    """Use our own token, without asking Slack: a click is not sent again when asking fails."""

    def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=enterprise_id, team_id=team_id, bot_token=settings.bot_token
        )

    return authorize


def _listen(app: App, log: Log, settings: Settings, clock: Clock) -> None:
    """Register the listeners for what Slack sends."""
    patient, quick = patient_client(settings), quick_client(settings)
    background, directory = BackgroundTasks(), Directory(log)
    not_on_panel = NotOnPanel(patient, clock, background)
    home = Home(log, clock, directory, patient, background)
    screens, files = Screens(log), Files(quick, settings)
    listener = Listener(log, clock, directory, screens, files, home, not_on_panel)
    note_window = NoteWindow(log, clock, directory, quick, not_on_panel, background)
    coordinator = CoordinatorListener(log, clock, directory, quick, home, not_on_panel, background)
    app.action(re.compile(f"^{BUTTON}"))(listener.click)
    app.event("message")(listener.message)
    app.event("app_home_opened")(listener.opened_home)
    app.action(re.compile(f"^{OPENS}"))(note_window.open)
    app.view(NOTE)(note_window.submit)
    app.action(re.compile(f"^{DESK}"))(coordinator.button)
    app.view(DECIDE)(coordinator.submit)
    app.command("/ehsg")(coordinator.command)
    app.error(FailureAnswers(log.folder, listener.language, not_on_panel).answer)


def _listen_for_the_end(app: App, refused: Callable[[str], object]) -> None:
    """Register the listeners for what Slack sends when it takes our token away."""

    def revoked(ack: Ack, body: dict[str, Any]) -> None:
        if read_revoked(body):
            refused("token_revoked")
        ack()

    def uninstalled(ack: Ack) -> None:
        refused("app_uninstalled")
        ack()

    app.event("tokens_revoked")(revoked)
    app.event("app_uninstalled")(uninstalled)


def answer(app: App, body: str, headers: Mapping[str, str]) -> BoltResponse:
    """Hand one HTTP request to the app; whatever goes wrong, Slack gets an answer."""
    read: dict[str, str | Sequence[str]]
    read = {name: headers[name] for name in HEADERS if name in headers}
    try:
        request = BoltRequest(body=body, headers=read)
    except UNREADABLE:
        logger.warning("a request that is no payload of Slack's was refused")
        return BoltResponse(status=400)
    try:
        return app.dispatch(request)
    except Exception as error:  # noqa: BLE001 - whatever it is, Slack is answered
        return _answer_failure(error)


def _answer_failure(error: Exception, folder: Path | None = None) -> BoltResponse:
    """Say what helps, or the kind of mistake: an error's own words may hold what a person typed."""
    if isinstance(error, BoltUnhandledRequestError):
        logger.info("a kind of request that nothing listens for was ignored")
        return BoltResponse(status=200)
    if not isinstance(error, NotHeardYet):  # that is how words wait for the message they answer
        reports.failed(NOT_TAKEN, error, folder)
    return BoltResponse(status=500)


class FailureAnswers:
    """What Slack and the person are answered when a listener fails.

    Slack sends a message again, three times; never a click, a window or a command.

    Args:
        language: says in which language a person is spoken to.
    """

    def __init__(
        self, folder: Path, language: Callable[[str], str], not_on_panel: NotOnPanel
    ) -> None:
        self._folder, self._language, self._not_on_panel = folder, language, not_on_panel

    def answer(self, error: Exception, body: dict[str, Any], request: BoltRequest) -> BoltResponse:
        """Answer 500; where the machine fails, tell whoever did it, as that kind of request can."""
        failure = failure_of(error, self._folder)
        answer = _answer_failure(error, self._folder)
        if failure is None:
            return answer
        person = who(body)
        with speaking(self._spoken_to(person)):
            text = not_recorded_now(failure.kind)
        if "command" in body:
            return BoltResponse(status=200, body={"response_type": "ephemeral", "text": text})
        box = first_box(body)
        if box is not None:  # the window stays, with what was typed into it
            errors = {"response_action": "errors", "errors": {box: text}}
            return BoltResponse(status=200, body=errors)
        if person is not None and ("event" not in body or is_last(request)):
            self._not_on_panel.turn_away(person, text)
        return answer

    def _spoken_to(self, person: str | None) -> str:
        try:
            return self._language(person) if person else ENGLISH
        except Exception:  # noqa: BLE001 - it is looked up in what cannot be read
            return ENGLISH
