"""`ehsg serve` in a process of its own, beside a mail server and a workspace of the tests."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ehsg_events.commands import panel
from ehsg_events.commands.panel import Correction
from support.ehsg import environment
from support.mail.letters import FROM
from support.mail.server import MailServer
from support.slack.edge import Place


@contextmanager
def serving(
    folder: Path, said: Path, *words: str, **settings: str
) -> Iterator[subprocess.Popen[bytes]]:
    """The process; ended by Ctrl-C unless it has ended.

    Args:
        said: the file that takes what it says.
        settings: its environment.
    """
    command = [sys.executable, "-m", "bots.cli", "--data", str(folder), "serve", *words]
    with (
        said.open("w") as out,
        subprocess.Popen(command, env=environment(**settings), stderr=out) as one,
    ):
        try:
            yield one
        finally:
            one.send_signal(signal.SIGINT)
            one.wait(60)


def mail(server: MailServer) -> dict[str, str]:
    """The settings for a mail server of the tests."""
    url = f"smtp://127.0.0.1:{server.port}"
    return {"EHSG_MAIL_URL": url, "EHSG_MAIL_FROM": FROM, "EHSG_MAIL_PER_MINUTE": "6000"}


def without_prefect(place: Place) -> dict[str, str]:
    """The settings for a workspace of the tests; rounds are left alone."""
    (place.log.folder / "prefect").write_text("in the way")
    return {
        "SLACK_BOT_TOKEN": place.settings.bot_token,
        "SLACK_SIGNING_SECRET": place.settings.signing_secret,
        "SLACK_API_URL": place.settings.api_url,
        "EHSG_PORT": "0",
        "EHSG_WEB_PORT": "0",
    }


def a_letter_is_owed(place: Place) -> None:
    """Somebody whom no workspace reaches has an address from now on."""
    correction = Correction(email="di.fern@school.example.org")
    panel.correct(place.log, place.stamp("write"), place.assessment, "school-1", correction)
