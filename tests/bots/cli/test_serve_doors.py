"""Whoever presses a button or opens a link does not wait for Prefect, even if it never starts."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from support.ehsg import environment
from support.processes import within
from support.slack.edge import Place, slack

from bots.slack.loopback.person import Person, over_http

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]


def free_port() -> int:
    """A port nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


@contextmanager
def served(place: Place, slack_port: int, web_port: int, said: Path) -> Iterator[None]:
    """`ehsg serve` in a process of its own."""
    where = place.settings
    told = environment(
        SLACK_BOT_TOKEN=where.bot_token,
        SLACK_SIGNING_SECRET=where.signing_secret,
        SLACK_API_URL=where.api_url,
        EHSG_PORT=str(slack_port),
        EHSG_WEB_PORT=str(web_port),
    )
    command = [sys.executable, "-m", "bots.cli", "--data", str(place.log.folder), "serve"]
    with said.open("w") as out, subprocess.Popen(command, env=told, stderr=out) as process:
        try:
            yield
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)


def answers(port: int) -> bool:
    """Whether anybody listens on a port."""
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


def test_without_prefect_buttons_and_links_are_answered_and_it_is_said(tmp_path: Path) -> None:
    """Prefect cannot even make its folder; a click is recorded and leads to the next question."""
    slack_port, web_port, said = free_port(), free_port(), tmp_path / "said"
    with slack(tmp_path, datetime.now(UTC)) as place:
        (place.log.folder / "prefect").write_text("in the way")
        with served(place, slack_port, web_port, said):
            assert within(60, lambda: answers(slack_port) and answers(web_port))
            assert within(60, lambda: len(place.texts()) == 1)
            with over_http(slack_port) as carry:
                me = Person(place.workspace, "U0POLICE", carry)
                assert me.click(me.inbox[0], "start").status == 200
            assert within(60, lambda: len(place.texts()) == 2)
            assert httpx.get(f"http://127.0.0.1:{web_port}/").status_code < 500
            assert within(60, lambda: "Prefect did not start" in said.read_text())
    assert "Slack's library warns" not in said.read_text()


def test_a_token_that_slack_refuses_is_said_at_the_start(tmp_path: Path) -> None:
    """In one sentence, though nothing is to be sent."""
    slack_port, web_port, said = free_port(), free_port(), tmp_path / "said"
    with slack(tmp_path, datetime.now(UTC)) as place:
        (place.log.folder / "prefect").write_text("in the way")
        place.workspace.token = "xoxb-new"
        with served(place, slack_port, web_port, said):
            sentence = "Slack refuses our token (invalid_auth). Nobody is written to; clicks are "
            assert within(60, lambda: sentence in said.read_text())
            place.workspace.token = place.settings.bot_token
            assert within(60, lambda: "Slack takes our messages again." in said.read_text())
            assert within(60, lambda: len(place.texts()) == 1)
    assert said.read_text().count("Slack refuses our token") == 1
