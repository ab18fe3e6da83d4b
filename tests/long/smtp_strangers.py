"""Letters, told to a mail server and read by readers that we did not write.

`python -m pytest tests/long/smtp_strangers.py -q -rs` installs Nodemailer's server and three readers by
npm into a folder for temporary files; where that cannot be, everything is left out, and said.
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from support.mail.certificates import Authority, authority
from support.mail.letters import AT, ENTRY, LETTER, TO, letter, settings
from support.mail.sending import PATIENT, SHORT, post, sending
from support.mail.server import PASSWORD, USER, MailServer
from support.mail.strangers.strangers import MISSING, Stranger, found, installed, stranger
from support.mail.tokens import TokenServer, token_server

from bots.delivery.sender import Down, Impossible, Later, Unsure
from bots.mail.calendar import calendar
from bots.mail.letter import Letter
from bots.mail.message import message

STOP = "https://early-help.testham.example/stop/" + "s" * 90
SUBJECTS = (
    LETTER.subject,
    "a — b " * 40,
    "=?utf-8?q?already_encoded?=",
    "x" * 1500,
    "\U0001f600 Sut mae, Siân?",
    'Reminder, with a comma; and "quotes"',
)  # fmt: skip
LETTERS = tuple(
    letter(subject=said, id=UUID(int=number), thread=UUID(int=99), stop=STOP, entry=ENTRY)
    for number, said in enumerate(SUBJECTS)
)
SEASONS = {
    "2026-12-11T17:00:00.000Z": datetime(2026, 12, 11, 17, tzinfo=ZoneInfo("Europe/London")),
    "2027-07-02T16:00:00.000Z": datetime(2027, 7, 2, 17, tzinfo=ZoneInfo("Europe/London")),
}


@pytest.fixture(scope="module")
def strangers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which they are installed."""
    folder = installed(tmp_path_factory.mktemp("strangers"))
    if folder is None:
        pytest.skip(MISSING)
    return folder


@pytest.fixture(scope="module")
def vouching(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Who vouches for the server."""
    return authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def tokens() -> Iterator[TokenServer]:
    """What gives out tokens."""
    with token_server() as told:
        yield told


def sent_to(server: Stranger, one: Letter, **how: str) -> str:
    """Hand one letter over."""
    patience = SHORT if one.to.startswith("silent@") else PATIENT
    with sending(MailServer(port=server.port), how, timeouts=patience) as sender:
        return post(sender, one)


def pem(vouching: Authority, host: str = "127.0.0.1") -> dict[str, str]:
    """The key and the certificate of a server."""
    vouching.context(host)
    both = next(vouching.folder.glob(f"{host}-*.pem")).read_text()
    return {"key": both, "cert": both}


# -- the server ------------------------------------------------------------------------------------
def test_a_stranger_takes_our_letters_to_the_byte(strangers: Path) -> None:
    """Over one connection."""
    with stranger(strangers) as server, sending(MailServer(port=server.port)) as sender:
        for one in LETTERS:
            post(sender, one)
            taken = server.read_on()
            assert (taken["from"], taken["to"]) == ("early-help@testham.example", [TO])
            assert taken["content"] == message(one, settings())


@pytest.mark.parametrize("tls_first", [True, False])
@pytest.mark.parametrize("way", ["PLAIN", "LOGIN", "XOAUTH2"])
def test_a_stranger_lets_us_in(
    strangers: Path, vouching: Authority, tokens: TokenServer, way: str, *, tls_first: bool
) -> None:
    """Encrypted, by whatever it offers; somebody else it does not."""
    tokens.asked.clear()
    app = {"OAUTH_TENANT": "t", "OAUTH_CLIENT": "a", "OAUTH_SECRET": "s", "OAUTH_URL": tokens.url}
    how = {"USER": USER, **(app if way == "XOAUTH2" else {"PASSWORD": PASSWORD})}
    how |= {"CA_FILE": str(vouching.trusted)}
    told = {"user": USER, "password": PASSWORD, "token": "token-1", "ways": [way]}
    with stranger(strangers, tls=pem(vouching), tlsFirst=tls_first, **told) as server:
        how["URL"] = f"{'smtps' if tls_first else 'smtp'}://127.0.0.1:{server.port}"
        sent_to(server, LETTER, **how)
        assert server.read_on()["secure"]
        with pytest.raises(Down, match="535") as down:  # the next token is another
            sent_to(server, LETTER, **{**how, "PASSWORD": "wrong"} if way != "XOAUTH2" else how)
        assert down.value.refuses_us


def test_a_stranger_that_is_not_who_they_say_is_told_nothing(
    strangers: Path, vouching: Authority
) -> None:
    """Nor one that does not encrypt."""
    trusted = str(vouching.trusted)
    another = pem(vouching, "relay.testham.example")
    with stranger(strangers, tls=another) as server, pytest.raises(Down, match="another name"):
        sent_to(server, LETTER, CA_FILE=trusted)
    with stranger(strangers) as server, pytest.raises(Down, match="no STARTTLS"):
        sent_to(server, LETTER, CA_FILE=trusted)


@pytest.mark.parametrize(
    ("name", "kind", "reason"),
    [
        ("nobody", Impossible, "550 5.1.1"),
        ("later", Later, "451 4.7.1"),
        ("policy", Down, "554 5.7.1"),
        ("spam", Down, "554 5.7.1"),
        ("silent", Unsure, ""),
    ],
)
def test_what_a_stranger_says_means_the_same(
    strangers: Path, name: str, kind: type[Exception], reason: str
) -> None:
    """For one person, for now, for everybody, or nobody knows."""
    with stranger(strangers) as server:
        with pytest.raises(kind) as raised:
            sent_to(server, letter(to=f"{name}@testham.example"))
        assert str(raised.value) == reason


def test_a_stranger_that_dies_is_no_connection(strangers: Path) -> None:
    """From then on."""
    with stranger(strangers) as server:
        pass
    with pytest.raises(Down, match="no connection"):
        sent_to(server, LETTER)


# -- readers ---------------------------------------------------------------------------------------
def test_a_stranger_reads_in_our_letters_what_we_wrote(strangers: Path) -> None:
    """Every header and both texts, as Python reads them; and what is attached."""
    read = found(strangers, [message(one, settings()) for one in LETTERS])["letters"]
    for one, theirs in zip(LETTERS, read, strict=True):
        ours: Any = message_from_bytes(message(one, settings()), policy=default)
        assert theirs["id"] == ours["Message-ID"]
        assert theirs["subject"] == ours["Subject"]
        assert theirs["date"] == AT.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
        assert theirs["from"] == [
            {"address": "early-help@testham.example", "name": "Early help in Testham"}
        ]
        assert theirs["to"] == [{"address": TO, "name": ""}]
        assert theirs["replyTo"] == [{"address": "coordinator@testham.example", "name": ""}]
        assert theirs["inReplyTo"] == theirs["references"] == ours["References"]
        assert theirs["stop"] == STOP
        assert theirs["automatic"] == "auto-generated"
        for kind, name in (("plain", "text"), ("html", "html")):
            same = ours.get_body((kind,)).get_content()
            assert theirs[name].split() == same.split()
        (attached,) = theirs["attached"]
        assert (attached["name"], attached["type"]) == ("calendar.ics", "text/calendar")
        assert b64decode(attached["content"]) == calendar(ENTRY)


def test_two_calendars_put_a_deadline_where_it_is(strangers: Path) -> None:
    """Five in London, in winter and in summer; and what it is, word for word."""
    entries = [
        ENTRY._replace(begins=ends - timedelta(minutes=15), ends=ends, title="Môn, a; b\\c")
        for ends in SEASONS.values()
    ]
    read = found(strangers, calendars=[calendar(one) for one in entries])["calendars"]
    for right, entry, both in zip(SEASONS, entries, read, strict=True):
        assert [one["reader"] for one in both] == ["ical.js", "node-ical"]
        for one in both:
            assert one["ends"] == right
            assert one["begins"] == right.replace("7:00:00", "6:45:00").replace(
                "6:00:00", "5:45:00"
            )
            assert (one["uid"], one["edition"]) == (str(entry.id), 2)
            assert (one["title"], one["says"]) == (entry.title, entry.says)
            assert one["method"] == "PUBLISH"
