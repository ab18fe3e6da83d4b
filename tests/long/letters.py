"""A hundred deaths of senders and mail servers: `python -m pytest -s tests/long/letters.py`.

And how soon a message comes over Slack while a mail server hangs.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

import pytest
from support.letter_deaths import deaths
from support.mail.server import HANG, mail_server
from support.processes import within
from support.served import a_letter_is_owed, mail, serving, without_prefect
from support.slack.edge import Place, slack


@pytest.mark.timeout(3600)
def test_nobody_is_missed_and_nobody_is_flooded(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The table says at which step whom it struck, and how many letters were taken in the end."""
    died, faults = deaths(tmp_path / "data", 7, 100)
    with capsys.disabled():
        for what, often in sorted(died.items()):
            print(f"{often:5} {what}")  # noqa: T201 - the table is what this is for
    assert faults == []


@pytest.mark.timeout(300)
def test_slack_does_not_wait_for_a_mail_server_that_hangs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The seconds from the fact that promises a message to the message, ten times; five are allowed."""
    with slack(tmp_path, datetime.now(UTC)) as place, mail_server() as server:
        server.says("EHLO", *[HANG] * 99)
        a_letter_is_owed(place)
        settings = without_prefect(place) | mail(server)
        with serving(place.log.folder, tmp_path / "said", **settings):
            assert within(60, lambda: server.commands and len(place.texts()) == 1)
            seconds = [_until_said(place) for _ in range(10)]
    assert server.letters == []
    with capsys.disabled():
        print([f"{each:.1f}" for each in seconds])  # noqa: T201 - what this is for


def _until_said(place: Place) -> float:
    there, began = len(place.texts()), monotonic()
    place.open_another()
    assert within(60, lambda: len(place.texts()) > there, every=0.02)
    return monotonic() - began
