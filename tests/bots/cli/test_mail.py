"""`ehsg mail test` and `ehsg doctor`: how far a letter comes, and what helps where it stops."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from support.ehsg import Ran, ehsg, here, opened
from support.mail.certificates import Authority, authority
from support.mail.letters import settings
from support.mail.notify_server import KEY, TEMPLATE, Notify, Trouble, notify_server
from support.mail.sending import SHORT
from support.mail.server import CONTENT, HANG, PASSWORD, USER, MailServer, mail_server
from support.mail.tokens import json, token_server

from bots.cli.doctor import joined
from bots.mail.smtp.trial import STEPS, tried

ANN = "ann@police.testham.example"
NOW = datetime(2026, 11, 30, 14, tzinfo=UTC)


@pytest.fixture(scope="module")
def vouching(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Who vouches for the servers of this file."""
    return authority(tmp_path_factory.mktemp("authority"))


def given(server: MailServer, **more: str) -> dict[str, str]:
    """The environment for a server."""
    chosen = {
        "URL": f"smtp://127.0.0.1:{server.port}",
        "FROM": "Early help <early-help@testham.example>",
        **more,
    }
    return {f"EHSG_MAIL_{name}": text for name, text in chosen.items()}


def steps(ran: Ran) -> dict[str, str]:
    """What was found of each step."""
    return {one["step"]: one["state"] for one in ran.document}


def test_every_step_is_told_up_to_the_letter(vouching: Authority) -> None:
    """With the certificate's name and last day; the letter is short, and says that it is a test."""
    with mail_server(tls=vouching.context()) as server:
        how = given(server, CA_FILE=str(vouching.trusted), USER=USER, PASSWORD=PASSWORD)
        ran = here("mail", "test", ANN, **how)
    assert (ran.code, ran.err) == (0, "")
    said = [line.split(None, 2) for line in ran.out.splitlines()]
    assert [(state, step) for state, step, _ in said] == [("right", step) for step in STEPS]
    assert "127.0.0.1, until 9 March 2046" in ran.out
    assert f"Signed in as {USER}, with a password" in ran.out
    assert PASSWORD not in ran.out
    (taken,) = server.letters
    found = message_from_bytes(taken.content, policy=policy.default)
    assert (taken.to, found["Subject"]) == ((ANN,), "Test letter")
    assert "Auto-Submitted" not in found


def test_a_program_is_given_the_steps_as_a_document_and_nothing_is_recorded(tmp_path: Path) -> None:
    """No data folder is needed, and none is made; a relay asks nobody to sign in."""
    with mail_server() as server:
        ran = ehsg(tmp_path / "data", "mail", "test", ANN, "--json", **given(server))
    assert (ran.code, steps(ran)) == (0, dict.fromkeys(STEPS, "right"))
    assert "Not encrypted" in ran.out
    assert "Nobody signs in" in ran.out
    assert not (tmp_path / "data").exists()


def test_an_address_need_not_stand_among_the_arguments() -> None:
    """Where everybody on the machine could read it."""
    with mail_server() as server:
        ran = here("mail", "test", "-", typed=f"{ANN}\n", **given(server))
        assert (ran.code, server.letters[0].to) == (0, (ANN,))


WRONG: dict[str, tuple[str, str, str, str]] = {  # at which step what is said, and what is told
    "a guest who is not let in": ("greeting", "554 5.7.1 no", "connection", "refuses this machine"),
    "a password": ("AUTH", "535 5.7.8 no", "sign-in", "EHSG_MAIL_USER"),
    "a sender": ("MAIL", "550 5.7.60 no", "sender", "EHSG_MAIL_FROM"),
    "an address": ("RCPT", f"550 5.1.1 {ANN} Ann Ashton", "recipient", "550 5.1.1"),
    "an address for now": ("RCPT", "451 4.7.1 greylisted", "recipient", "come again later"),
    "a letter": (CONTENT, "554 5.7.1 spam", "letter", "Ask who runs it why"),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_refused_is_told_with_the_way_out(what: str) -> None:
    """And what the server says of people is not; the command ends with 1."""
    where, says, step, told = WRONG[what]
    with mail_server() as server:
        server.says(where, says)
        ran = here("mail", "test", ANN, "--json", **given(server, USER=USER, PASSWORD=PASSWORD))
    number = STEPS.index(step)
    assert steps(ran) == {**dict.fromkeys(map(str, STEPS[:number]), "right"), step: "wrong"}
    assert ran.code == 1
    assert told in ran.document[-1]["says"]
    assert "Ashton" not in ran.out


@contextmanager
def nobody(**_: Any) -> Iterator[MailServer]:
    """A port on which nobody answers."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield MailServer(port=held.getsockname()[1])


@pytest.mark.parametrize(
    ("server", "how", "step", "told"),
    [
        (nobody, {}, "connection", "Let this machine call it"),
        (nobody, {"URL": "smtp://mail.invalid"}, "name", "Nobody here knows mail.invalid"),
        (mail_server, {"CA_FILE": ""}, "TLS", "offers no encryption"),
    ],
)
def test_what_does_not_come_about_is_told_with_the_way_out(
    vouching: Authority, server: Any, how: dict[str, str], step: str, told: str
) -> None:
    """A name, a connection, an encrypted one."""
    with server() as one:
        chosen = how | ({"CA_FILE": str(vouching.trusted)} if "CA_FILE" in how else {})
        ran = here("mail", "test", ANN, "--json", **given(one, **chosen))
    assert (ran.code, [*steps(ran)][-1], [*steps(ran).values()][-1]) == (1, step, "wrong")
    assert told in ran.document[-1]["says"]


@pytest.mark.parametrize(
    ("certificate", "told"),
    [
        ({"host": "relay.testham.example"}, "Put the name that stands in it"),
        ({"ends": datetime(2025, 1, 1, tzinfo=UTC)}, "Have it renewed"),
    ],
)
def test_a_wrong_certificate_is_told_after_the_connection(
    vouching: Authority, certificate: dict[str, Any], told: str
) -> None:
    """By what is wrong with it."""
    with mail_server(tls=vouching.context(**certificate)) as server:
        chosen = settings(server.port, CA_FILE=str(vouching.trusted))
        found = [*tried(chosen, ANN, NOW, SHORT)]
    assert [(one.step, one.went_well) for one in found] == [
        ("name", True),
        ("connection", True),
        ("TLS", False),
    ]
    assert told in found[-1].says


def test_a_letter_in_doubt_is_told_as_that() -> None:
    """It may arrive."""
    with mail_server() as server:
        server.says(CONTENT, HANG)
        found = [*tried(settings(server.port), ANN, NOW, SHORT)]
    assert (found[-1].step, found[-1].went_well) == ("letter", False)
    assert "The letter is out" in found[-1].says


def test_a_refused_app_is_told_of_where_the_app_is_set() -> None:
    """Its secret may have run out."""
    with mail_server(offers=("XOAUTH2",)) as server, token_server() as tokens:
        tokens.answers.append(json({"error": "invalid_client"}, 401))
        app = {"OAUTH_TENANT": "t", "OAUTH_CLIENT": "a", "OAUTH_SECRET": "s3cret"}
        how = given(server, OAUTH_URL=tokens.url, **app)
        ran = here("mail", "test", ANN, "--json", **how)
    assert (ran.document[-1]["step"], ran.code) == ("sign-in", 1)
    assert "invalid_client" in ran.out
    assert "EHSG_MAIL_OAUTH_TENANT" in ran.out
    assert "s3cret" not in ran.out


def test_without_mail_or_an_address_nothing_is_tried() -> None:
    """Each is refused in a sentence."""
    ran = here("mail", "test", ANN)
    assert (ran.code, "EHSG_MAIL_URL" in ran.err) == (2, True)
    with mail_server() as server:
        ran = here("mail", "test", "ann", **given(server))
        assert (ran.code, server.connections) == (2, 0)


# -- through GOV.UK Notify -------------------------------------------------------------------------
def by_notify(notify: Notify, **more: str) -> dict[str, str]:
    """The environment for Notify."""
    chosen = {"KEY": KEY, "TEMPLATE": TEMPLATE, "URL": notify.url, **more}
    return {f"EHSG_NOTIFY_{name}": text for name, text in chosen.items()}


def test_a_letter_is_tried_out_through_notify_where_letters_leave_by_it() -> None:
    """As the product sends them: with its template, to this address alone."""
    with notify_server() as notify:
        ran = here("mail", "test", ANN, **by_notify(notify))
    assert (ran.code, ran.err) == (0, "")
    assert [line.split()[:2] for line in ran.out.splitlines()] == [
        ["right", "Notify"],
        ["right", "letter"],
    ]
    (letter,) = notify.letters
    assert letter["email_address"] == ANN
    assert letter["personalisation"]["subject"] == "Test letter"
    assert KEY not in ran.out


NOT_TAKEN: dict[str, tuple[Trouble, str, str]] = {  # what is said, and the step and its way out
    "a key": (Trouble("answer", 403, "AuthError", "API key not found"), "Notify", "the key"),
    "a letter": (
        Trouble("answer", 400, "BadRequestError", f"Can't send to {ANN} when in trial mode"),
        "letter",
        "400, trial mode",
    ),
    "too many": (
        Trouble("answer", 429, "RateLimitError", "Exceeded rate limit"),
        "letter",
        "come again later",
    ),
    "an answer": (Trouble("lost"), "letter", "did not say in time"),
}


@pytest.mark.parametrize("what", NOT_TAKEN)
def test_what_notify_does_not_take_is_told_with_the_way_out(what: str) -> None:
    """And what it says of people is not; the command ends with 1."""
    trouble, step, told = NOT_TAKEN[what]
    with notify_server() as notify:
        notify.trouble.extend([None, trouble] if step == "letter" else [trouble])
        ran = here("mail", "test", ANN, "--json", **by_notify(notify))
    assert (ran.code, [*steps(ran)][-1], [*steps(ran).values()][-1]) == (1, step, "wrong")
    assert told in ran.document[-1]["says"]
    assert ANN not in ran.out


def test_notify_is_not_asked_about_what_is_no_address_or_half_set() -> None:
    """Each is refused in a sentence."""
    with notify_server() as notify:
        assert here("mail", "test", "ann", **by_notify(notify)).code == 2
        half = here("mail", "test", ANN, EHSG_NOTIFY_KEY=KEY)
        assert (half.code, "EHSG_NOTIFY_TEMPLATE" in half.err) == (2, True)
        assert notify.calls == []


def test_the_doctor_looks_at_notify_and_sends_no_letter() -> None:
    """It goes as far as the template."""
    with notify_server() as notify:
        assert joined.mail(by_notify(notify), NOW).state == "right"
        notify.body = "Dear all"
        line = joined.mail(by_notify(notify), NOW)
    assert (line.state, "((body))" in line.says, notify.letters) == ("wrong", True, [])


# -- the doctor ------------------------------------------------------------------------------------
def test_the_doctor_looks_at_mail_and_sends_no_letter(tmp_path: Path, vouching: Authority) -> None:
    """It goes as far as whom letters are from."""
    opened(tmp_path / "data")
    with mail_server(tls=vouching.context()) as server:
        how = given(server, CA_FILE=str(vouching.trusted))
        ran = ehsg(tmp_path / "data", "doctor", "--json", **how)
        assert server.letters == []
        assert server.commands[-2:] == ["MAIL FROM:<early-help@testham.example>", "QUIT"]
    (line,) = [line for line in ran.document if line["about"] == "mail"]
    assert line["state"] == "right"
    assert "until 9 March 2046" in line["says"]


def test_the_doctor_says_what_is_wrong_with_mail_and_what_is_not_set_up() -> None:
    """A setting, a server, or nothing at all."""
    assert joined.mail({}, NOW).state == "not set up"
    half = joined.mail({"EHSG_MAIL_URL": "smtp://relay.testham.example"}, NOW)
    assert (half.state, "EHSG_MAIL_FROM" in half.says) == ("wrong", True)
    with mail_server() as server:
        server.says("MAIL", "550 5.7.60 no")
        line = joined.mail(given(server), NOW)
    assert (line.state, "EHSG_MAIL_FROM" in line.says) == ("wrong", True)
