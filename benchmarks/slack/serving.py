"""What is measured: the product as `ehsg serve` runs it, and the same with nothing behind it."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from slack_bolt import Ack, App

from bots.http.listening import listen, take_port
from bots.slack.app import web_client
from bots.slack.block_kit.blocks import BUTTON
from bots.slack.serving import serve_slack, web
from bots.slack.settings import Settings
from ehsg_events.commands import assessments, rounds
from ehsg_events.kernel import COORDINATOR, Stamp
from ehsg_events.log.log import Log
from ehsg_events.panel.member import Member
from ehsg_events.values.policy import Terms

GUIDE = "ehsg-2022@1"
ITEMS = ("5.1", "5.2", "5.3", "5.4", "5.5")
AGENCIES = ("Health", "Police", "Schools", "Housing", "Charities")


@contextmanager
def product(folder: Path, settings: Settings, people: int) -> Iterator[int]:
    """A server with a round whose panel is invited; its port."""
    log = Log(folder)
    _open(log, people)
    port = _free_port()
    here = replace(settings, port=port)
    with _beside(lambda stop: serve_slack(log, stop, here)):
        yield port
    log.close()


@contextmanager
def empty(settings: Settings) -> Iterator[int]:
    """A server with a Bolt app whose only listener acknowledges; its port."""
    app = App(
        client=web_client(settings),
        signing_secret=settings.signing_secret,
        process_before_response=True,
        token_verification_enabled=False,
    )
    app.action(re.compile(f"^{BUTTON}"))(_acknowledge)
    port = _free_port()
    listening = take_port("127.0.0.1", port, "EHSG_PORT")
    with _beside(lambda stop: listen(web(app, settings.signing_secret), listening, stop)):
        yield port


def _acknowledge(ack: Ack) -> None:
    ack()


def _open(log: Log, people: int) -> None:
    """Open an assessment with a panel, and its first round."""
    assessment = uuid4()
    panel = [member(number) for number in range(people)]
    assessments.open_assessment(log, stamp("open"), assessment, "Anytown", GUIDE, panel, Terms())
    rounds.open_round(log, stamp("round"), assessment, None)


def member(number: int) -> Member:
    """A member of the panel whom Slack can reach."""
    agency = AGENCIES[number % len(AGENCIES)]
    slack = f"T0LOOPBACK/U{number:03}"
    return Member(f"person-{number}", f"Person {number}", agency, "visitor", ITEMS, slack)


def stamp(cause: str) -> Stamp:
    """A stamp of the coordinator's, now."""
    now = datetime.now(UTC)
    return Stamp(
        at=now, by=COORDINATOR, role="coordinator", surface="command", cause=cause, key=cause
    )


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


@contextmanager
def _beside(serve: Callable[[threading.Event], None]) -> Iterator[None]:
    stop = threading.Event()
    serving = threading.Thread(target=serve, args=(stop,))
    serving.start()
    try:
        yield
    finally:
        stop.set()
        serving.join()
