"""`ehsg serve`: everything that listens, speaks and waits, for one data folder."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from bots.cli.command import Command
from bots.cli.context import run_of
from bots.cli.files import only_one
from bots.operations.writable import writable
from ehsg_events.kernel import Refused
from ehsg_events.log.log import Log

PARTS = ("slack", "mail", "web", "flows")
OF_MAIL = ("EHSG_MAIL_", "EHSG_NOTIFY_")  # how the names of its settings begin
WITHOUT_SLACK = "Slack is not set up (no SLACK_BOT_TOKEN); letters go out, and rounds run."
WITHOUT_ANYTHING = (
    "Neither Slack nor mail is set up (no SLACK_BOT_TOKEN, no EHSG_MAIL_URL), so nobody is written "
    "to; rounds run."
)

Only = Annotated[str | None, typer.Option(help="Serve one part only: slack, mail, web or flows.")]


def serve(context: typer.Context, only: Only = None) -> None:
    """Run the rounds, the Slack app and the web interview until Ctrl-C."""
    if only not in (None, *PARTS):
        raise Refused(f"--only takes {', '.join(PARTS[:-1])} or {PARTS[-1]}, not {only}.")
    run = run_of(context)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    log = run.new_log()  # the first assessment is opened on a page
    with (
        alone(log.folder, only),
        _renewing_base(log, only),
        _backing_up(log, only),
        _destroying(log, only),
        _keeping_ledger(log, only),
        _telling(log, only),
    ):
        match only:
            case "slack":
                _slack(log, stop)
            case "mail":
                _mail(log, stop)
            case "web":
                _web(log, stop)
            case "flows":
                _flows(log, stop)
            case _:
                _everything(log, stop)


@contextmanager
def alone(folder: Path, only: str | None) -> Iterator[None]:
    """Lock the folder for every part that is served, so that no part is served twice."""
    parts = [f"serve --only {part}" for part in (PARTS if only is None else (only,))]
    with ExitStack() as held:
        for what in [*(["serve"] if only is None else []), *parts]:
            held.enter_context(only_one(folder, what))
        yield


@contextmanager
def _renewing_base(log: Log, only: str | None) -> Iterator[None]:
    """Renew the base in the background where pages are served, so that they load quickly."""
    if only not in (None, "web"):
        yield
        return
    from projections.collecting.ahead import read_ahead
    from projections.facts.long.rebuild import beside

    # What pages show is read of a new base before somebody waits for it.
    with beside(log, then=partial(read_ahead, log, writable(os.environ))):
        yield


@contextmanager
def _backing_up(log: Log, only: str | None) -> Iterator[None]:
    """Back up every night, where that is set up and where time is kept."""
    from bots.backups import nightly
    from bots.backups.settings import chosen

    backup = chosen(os.environ) if only in (None, "flows") else None
    with nightly.beside(log.folder, backup, _say) if backup else nullcontext():
        yield


@contextmanager
def _destroying(log: Log, only: str | None) -> Iterator[None]:
    """Destroy what the policies say is kept no longer, where time is kept."""
    from flows import retention

    with retention.beside(log, _say) if only in (None, "flows") else nullcontext():
        yield


@contextmanager
def _keeping_ledger(log: Log, only: str | None) -> Iterator[None]:
    """Add what is recorded to the log's ledger, and sign it, where time is kept."""
    from bots.service import trusted_time
    from bots.service.witnesses import read_settings
    from ehsg_events.ledger import serving
    from projections.access.checkpoints import told_upto

    if only not in (None, "flows"):
        yield
        return
    clock = trusted_time.read_settings(os.environ)
    told = partial(told_upto, log)
    with serving.beside(log, read_settings(os.environ), told, clock, _say):
        yield


@contextmanager
def _telling(log: Log, only: str | None) -> Iterator[None]:
    """Say what falls due and what was done, where time is kept."""
    from bots.cli.serve import journal

    with journal.beside(log, _say) if only in (None, "flows") else nullcontext():
        yield


def _slack(log: Log, stop: threading.Event) -> None:
    from bots.slack.serving import serve_slack

    serve_slack(log, stop, say=_say)


def _mail(log: Log, stop: threading.Event) -> None:
    if not mail_is_set_up(os.environ):
        raise Refused("No mail is set up: EHSG_MAIL_URL is not set. docs/mail.md says what else.")
    with _mail_beside(log):
        stop.wait()


def _web(log: Log, stop: threading.Event) -> None:
    with _web_beside(log):
        stop.wait()


def _everything(log: Log, stop: threading.Event) -> None:
    """Serve rounds, web, letters and Slack; what is not set up is left out, and that is said.

    Links are opened and buttons pressed at any time, so nothing waits until Prefect is ready.
    """
    by_mail = mail_is_set_up(os.environ)
    letters = _mail_beside(log) if by_mail else nullcontext()
    with _web_beside(log), _flows_beside(log), letters:
        if slack_is_set_up(os.environ):
            _slack(log, stop)
            return
        _say(WITHOUT_SLACK if by_mail else WITHOUT_ANYTHING)
        stop.wait()


def mail_is_set_up(environment: Mapping[str, str]) -> bool:
    """Whether anything about a sender of letters is set."""
    ours = (text for name, text in environment.items() if name.startswith(OF_MAIL))
    return any(text.strip() for text in ours)


def slack_is_set_up(environment: Mapping[str, str]) -> bool:
    """Whether anything about a Slack workspace is set."""
    return any(name.startswith("SLACK_") for name in environment)


def _flows(log: Log, stop: threading.Event) -> None:
    with _flows_beside(log):
        stop.wait()


@contextmanager
def _flows_beside(log: Log) -> Iterator[None]:
    from flows.serving import READY, beside

    def say(line: str) -> None:
        address = line.removeprefix(READY)
        runs = f"Rounds run; their calendar is at {address}. Ctrl-C ends everything."
        _say(line if address == line else runs)

    with beside(log.folder, say):
        yield


@contextmanager
def _mail_beside(log: Log) -> Iterator[None]:
    from bots.mail.returns.following import following
    from bots.mail.returns.settings import read_settings as read_mailbox
    from bots.mail.senders import chosen
    from bots.mail.serving import beside
    from bots.mail.settings import answers_to
    from bots.web_settings import read_settings

    over, web = threading.Event(), read_settings(os.environ)
    web.refuse_unless_safe()
    mailbox, answered_at = read_mailbox(os.environ), answers_to(os.environ)
    with (
        chosen(os.environ, over) as sender,
        beside(log, sender, web, writable(os.environ), over, answered_at, _say),
        following(log, mailbox, _say) if mailbox else nullcontext(),
    ):
        _say("Letters go out by e-mail. `ehsg mail test` tries each step.")
        yield


@contextmanager
def _web_beside(log: Log) -> Iterator[None]:
    from bots.web.serving import beside
    from bots.web_settings import read_settings

    settings = read_settings(os.environ)
    settings.refuse_unless_safe()
    with beside(log, settings, _say) as address:
        _say(f"Personal links (`ehsg link`) are answered at {address}.")
        yield


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


COMMANDS = {
    "serve": Command(serve, "ehsg serve"),
}
