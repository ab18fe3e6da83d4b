"""`ehsg serve` with a mail server: letters go out beside everything else, and whatever fails is said."""

from __future__ import annotations

import signal
from datetime import UTC, datetime
from pathlib import Path

import pytest
from support.ehsg import ehsg
from support.loopback import Clock
from support.mail.server import CONTENT, HANG, mail_server
from support.post_office import Town
from support.processes import within
from support.served import a_letter_is_owed, mail, serving, without_prefect
from support.slack.edge import slack

from ehsg_events.log.log import Log

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]


def opened(folder: Path) -> None:
    """A round that is open now, of somebody with an address."""
    town = Town(Log(folder), clock=Clock(datetime.now(UTC)))
    town.open()
    town.log.close()


def test_a_letter_that_a_dead_process_was_sending_is_sent_once_more(tmp_path: Path) -> None:
    """Killed while the mail server had it and had not answered; the copy is the same."""
    data, said = tmp_path / "data", tmp_path / "said"
    opened(data)
    with mail_server() as server:
        server.says(CONTENT, HANG)
        with serving(data, said, "--only", "mail", **mail(server)) as process:
            assert within(60, lambda: server.letters)
            process.send_signal(signal.SIGKILL)
            process.wait()
        with serving(data, said, "--only", "mail", **mail(server)):
            assert within(60, lambda: len(server.letters) == 3)
    first, *later = server.letters
    (again,) = [one for one in later if one.to == first.to]
    assert again.content == first.content
    assert kinds(data).count("MessageDelivered") == 2
    assert "Traceback" not in said.read_text()


def test_what_falls_due_is_said_at_the_start_and_noted(tmp_path: Path) -> None:
    """Whether Prefect starts or not; nobody is named."""
    data, said = tmp_path / "data", tmp_path / "said"
    opened(data)
    (data / "prefect").write_text("in the way")
    with serving(data, said, "--only", "flows"):
        assert within(60, lambda: "Sefton: round 1 (first) is open until" in said.read_text())
        assert within(60, (data / "serve.log").exists)
    assert "Quill" not in said.read_text()


def test_answers_go_where_it_is_set_up_while_no_coordinator_has_an_address(
    tmp_path: Path,
) -> None:
    """Whoever asks something is read by somebody."""
    data, office = tmp_path / "data", "office@testham.example"
    opened(data)
    assert ehsg(data, "contact", "coordinator-1", "--email", "none").code == 0
    with mail_server() as server:
        settings = {**mail(server), "EHSG_MAIL_REPLY_TO": office}
        with serving(data, tmp_path / "said", "--only", "mail", **settings):
            assert within(60, lambda: server.letters)
    assert f"Reply-To: {office}\r\n".encode() in server.letters[0].content


def test_while_the_mail_server_refuses_us_nobody_is_called_unreachable(tmp_path: Path) -> None:
    """It is said at once, and the coordinator reads it; letters go out as soon as it takes them."""
    data, said = tmp_path / "data", tmp_path / "said"
    opened(data)
    with mail_server() as server:
        server.says("MAIL", *["550 5.7.60 not allowed to send as this sender"] * 3)
        with serving(data, said, "--only", "mail", **mail(server)):
            assert within(60, lambda: "No letter leaves just now" in said.read_text())
            assert (
                "No letter leaves just now"
                in ehsg(data, "round", "status").err + ehsg(data, "round", "status").out
            )
            assert within(90, lambda: server.letters)
            assert within(60, lambda: "Letters leave again." in said.read_text())
    assert "MessageFailed" not in kinds(data)


def test_slack_does_not_wait_for_a_mail_server_that_hangs(tmp_path: Path) -> None:
    """Each has threads of its own."""
    said = tmp_path / "said"
    with slack(tmp_path, datetime.now(UTC)) as place, mail_server() as server:
        server.says("EHLO", *[HANG] * 9)
        a_letter_is_owed(place)
        settings = without_prefect(place)
        with serving(place.log.folder, said, **settings, **mail(server)):
            assert within(60, lambda: server.commands and len(place.texts()) == 1)
            place.open_another()
            assert within(60, lambda: len(place.texts()) == 2)
        assert server.letters == []


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        ({"EHSG_MAIL_URL": "smtp://127.0.0.1:25"}, "EHSG_MAIL_FROM is not set"),
        ({"EHSG_MAIL_FROM": "a@example.org"}, "EHSG_MAIL_URL is not set"),
        ({}, "No mail is set up"),
    ],
)
def test_what_is_half_set_up_is_refused_in_a_sentence(
    tmp_path: Path, settings: dict[str, str], why: str
) -> None:
    """Before anything is served."""
    said = tmp_path / "said"
    opened(tmp_path / "data")
    with serving(tmp_path / "data", said, "--only", "mail", **settings) as process:
        assert process.wait(60) == 2
    assert why in said.read_text()
    assert "Traceback" not in said.read_text()


def kinds(folder: Path) -> list[str]:
    """What stands on the log."""
    log = Log(folder)
    found = [type(one.fact).__name__ for one in log.all()]
    log.close()
    return found
