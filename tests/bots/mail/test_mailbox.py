"""The mailbox for returned letters is looked through over IMAP, and left as it is."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from support.mail.certificates import Authority, authority
from support.mail.imap_server import ImapServer, Trouble, imap_server
from support.mail.tokens import json, token_server

from bots.mail.returns.mailbox import Mark, returns
from bots.mail.returns.returned import READ, NotAReturn, Returned
from bots.mail.returns.settings import Settings
from bots.mail.settings import OAuth
from ehsg_events.kernel import Refused

DOMAIN = "testham.example"
CASES = Path(__file__).parent / "returned"
POSTFIX, DELAYED, VACATION = (
    (CASES / f"{name}.eml").read_bytes()
    for name in ("postfix", "postfix-delayed", "out-of-office-welsh")
)


@pytest.fixture(scope="module")
def trusted(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Who signs the certificates of the mailboxes."""
    return authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def server(trusted: Authority) -> Iterator[ImapServer]:
    """An empty mailbox, which fails as it is told."""
    with imap_server(trusted.context()) as server:
        yield server


def settings(server: ImapServer, trusted: Authority, **other: Any) -> Settings:
    """The settings for a mailbox."""
    usual = {"host": "127.0.0.1", "user": server.user, "domain": DOMAIN}
    usual["password"] = server.password
    return Settings(**{**usual, "port": server.port, "ca_file": trusted.trusted, **other})


def looked(
    server: ImapServer, trusted: Authority, since: Mark | None = None, **other: Any
) -> list[tuple[Mark, Returned | NotAReturn]]:
    """What stands in a mailbox."""
    return list(returns(settings(server, trusted, **other), since, timeout=5))


def test_each_message_is_read_once_in_the_order_they_came(
    server: ImapServer, trusted: Authority
) -> None:
    """Whoever keeps the mark of the last one is told of none of them again."""
    for message in (POSTFIX, VACATION, DELAYED):
        server.deliver(message)
    first = looked(server, trusted)
    assert [what for _, what in first] == [
        Returned(_id(first), "5.1.1", is_final=True),
        NotAReturn("automatic answer"),
        Returned(_id(first), "4.2.0", is_final=False),
    ]
    last = first[-1][0]
    assert looked(server, trusted, last) == []
    server.deliver(VACATION)
    assert [what for _, what in looked(server, trusted, last)] == [NotAReturn("automatic answer")]
    assert looked(server, trusted, first[1][0])[0] == first[2]


def _id(first: list[tuple[Mark, Returned | NotAReturn]]) -> Any:
    what = first[0][1]
    assert isinstance(what, Returned)
    assert what.id is not None
    return what.id


def test_an_empty_mailbox_holds_nothing(server: ImapServer, trusted: Authority) -> None:
    """Some servers tell of a span without messages that they do not know it."""
    assert looked(server, trusted) == []


def test_a_mailbox_that_numbers_anew_is_looked_through_again(
    server: ImapServer, trusted: Authority
) -> None:
    """Under another validity an old number says nothing."""
    server.deliver(POSTFIX)
    server.deliver(DELAYED)
    first = looked(server, trusted)
    server.validity += 1
    again = looked(server, trusted, first[-1][0])
    assert [what for _, what in again] == [what for _, what in first]
    assert again[-1][0] == Mark(server.validity, 2)


def test_nothing_in_the_mailbox_is_changed(server: ImapServer, trusted: Authority) -> None:
    """It is opened to be read alone, and no letter is fetched in a way that marks it."""
    server.deliver(POSTFIX)
    looked(server, trusted)
    asked = [line.split(" ")[0] for line in server.asked if not line.startswith("UID FETCH")]
    assert asked == ["CAPABILITY", "AUTHENTICATE", "EXAMINE", "LOGOUT"]
    fetched = [line for line in server.asked if "BODY" in line]
    assert fetched == [f"UID FETCH 1 (BODY.PEEK[]<0.{READ}>)"]


def test_of_a_long_message_only_the_beginning_is_fetched(
    server: ImapServer, trusted: Authority
) -> None:
    """A film that somebody sends costs no more than a letter."""
    server.deliver(POSTFIX + b"\n" + (b"x" * 76 + b"\n") * 20_000)
    what = looked(server, trusted)[0][1]
    assert isinstance(what, Returned)
    assert what.status == "5.1.1"


def test_a_message_that_is_gone_meanwhile_is_passed_over(
    server: ImapServer, trusted: Authority
) -> None:
    """Whoever clears the mailbox up need not ask us."""
    for message in (POSTFIX, VACATION, DELAYED):
        server.deliver(message)
    looking = returns(settings(server, trusted), timeout=5)
    next(looking)
    del server.messages[2]
    assert [mark.number for mark, _ in looking] == [3]


@pytest.mark.parametrize("folder", ["Returned letters", 'A "folder"', "back\\slash"])
def test_a_folder_may_have_any_name_that_servers_read_alike(
    server: ImapServer, trusted: Authority, folder: str
) -> None:
    """Spaces and quotation marks, too."""
    server.folder = folder.replace("\\", "\\\\").replace('"', '\\"')
    server.deliver(POSTFIX)
    assert len(looked(server, trusted, folder=folder)) == 1


# -- signing in ------------------------------------------------------------------------------------
def test_a_password_may_hold_any_letter(trusted: Authority) -> None:
    """A pound sign is no reason to be let not in."""
    with imap_server(trusted.context(), offers="AUTH=PLAIN") as server:
        server.password = "£-ŵ-密"
        assert looked(server, trusted) == []


def test_a_server_that_knows_no_other_way_is_told_the_password_by_login(trusted: Authority) -> None:
    """It is as old as the protocol."""
    with imap_server(trusted.context(), offers="") as server:
        server.password = "s3cret"
        assert looked(server, trusted) == []
        assert any(line.startswith("LOGIN") for line in server.asked)


def test_a_token_is_taken_instead_of_a_password(server: ImapServer, trusted: Authority) -> None:
    """Microsoft 365 takes nothing else."""
    server.deliver(POSTFIX)
    with token_server() as tokens:
        oauth = OAuth("tenant", "client", "secret", tokens.url)
        assert len(looked(server, trusted, password="", oauth=oauth)) == 1
        server.token = "another"
        with pytest.raises(Refused, match="lets us not in"):
            looked(server, trusted, password="", oauth=oauth)
        tokens.answers.append(json({"error": "invalid_client"}, 401))
        with pytest.raises(Refused, match="lets us not in"):
            looked(server, trusted, password="", oauth=oauth)


# -- failing ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("command", "trouble", "said"),
    [
        ("CAPABILITY", "not ASCII", "broke off"),
        ("CAPABILITY", "hang", "does not answer"),
        ("AUTHENTICATE", "no", "lets us not in"),
        ("AUTHENTICATE", "bad", "lets us not in"),
        ("AUTHENTICATE", "bye", "broke off"),
        ("AUTHENTICATE", "drop", "broke off"),
        ("AUTHENTICATE", "hang", "does not answer"),
        ("AUTHENTICATE", "garbage", "broke off"),
        ("EXAMINE", "no", "no folder INBOX"),
        ("EXAMINE", "bad", "no folder INBOX"),
        ("EXAMINE", "bye", "broke off"),
        ("EXAMINE", "hang", "does not answer"),
        ("FETCH", "no", "broke off"),
        ("FETCH", "bad", "broke off"),
        ("FETCH", "drop", "broke off"),
        ("FETCH", "hang", "does not answer"),
        ("FETCH", "garbage", "broke off"),
        ("LETTER", "no", "broke off"),
        ("LETTER", "bye", "broke off"),
        ("LETTER", "drop", "broke off"),
        ("LETTER", "hang", "does not answer"),
        ("LETTER", "half a letter", "broke off"),
        ("LETTER", "a long letter", "broke off"),
    ],
)
def test_what_goes_wrong_is_said_in_a_sentence_that_names_nobody(
    server: ImapServer, trusted: Authority, command: str, trouble: Trouble, said: str
) -> None:
    """The server's own words may name people, and are not repeated."""
    server.deliver(POSTFIX)
    server.trouble[command] = trouble
    with pytest.raises(Refused, match=said) as refused:
        list(returns(settings(server, trusted), timeout=0.5 if trouble == "hang" else 20))
    assert server.user not in str(refused.value)
    assert refused.value.__suppress_context__ or refused.value.__context__ is None


@pytest.mark.parametrize("trouble", ["no", "bad", "bye", "drop", "hang", "garbage"])
def test_who_takes_leave_badly_has_said_all_the_same(
    server: ImapServer, trusted: Authority, trouble: Trouble
) -> None:
    """What was read is read."""
    server.deliver(POSTFIX)
    server.trouble["LOGOUT"] = trouble
    patience = 2 if trouble == "hang" else 20
    assert len(list(returns(settings(server, trusted), timeout=patience))) == 1


@pytest.mark.parametrize("trouble", ["no", "bad"])
def test_a_message_that_the_server_does_not_give_hides_none_after_it(
    server: ImapServer, trusted: Authority, trouble: Trouble
) -> None:
    """Exchange refuses what it cannot read itself, for ever. The newest is asked for once more."""
    for message in (POSTFIX, DELAYED, POSTFIX):
        server.deliver(message)
    server.trouble["LETTER 2"] = trouble
    assert [mark.number for mark, _ in looked(server, trusted)] == [1, 3]
    server.trouble = {"LETTER 3": trouble}
    looking = returns(settings(server, trusted))
    last = [next(looking)[0] for _ in range(2)][-1]
    with pytest.raises(Refused, match="broke off"):
        next(looking)
    server.trouble = {}
    assert last.number == 2
    assert [mark.number for mark, _ in looked(server, trusted, last)] == [3]


def test_what_came_before_the_line_broke_is_handed_on(
    server: ImapServer, trusted: Authority
) -> None:
    """The next look begins after it."""
    server.deliver(POSTFIX)
    server.deliver(DELAYED)
    looking = returns(settings(server, trusted), timeout=5)
    mark, _ = next(looking)
    server.trouble["LETTER"] = "drop"
    with pytest.raises(Refused, match="broke off"):
        next(looking)
    server.trouble.clear()
    assert [what for _, what in looked(server, trusted, mark)] == [
        what for _, what in looked(server, trusted)[1:]
    ]


@pytest.mark.parametrize(
    "shown",
    [
        lambda trusted, _: trusted.context("mail.testham.example"),
        lambda trusted, _: trusted.context(ends=datetime(2021, 1, 1, tzinfo=UTC)),
        lambda _, tmp_path: authority(tmp_path).context(),
    ],
    ids=["for another name", "out of date", "signed by a stranger"],
)
def test_a_certificate_that_is_not_good_ends_it_before_anything_is_said(
    trusted: Authority, tmp_path: Path, shown: Any
) -> None:
    """Whoever stands in between reads neither a name nor a password."""
    context: ssl.SSLContext = shown(trusted, tmp_path)
    with imap_server(context) as server:
        with pytest.raises(Refused, match="certificate"):
            looked(server, trusted)
        assert server.asked == []


def test_where_nobody_listens_the_way_out_is_said(server: ImapServer, trusted: Authority) -> None:
    """Let this machine call it, or correct the setting."""
    with pytest.raises(Refused, match="does not answer"):
        looked(server, trusted, port=1)
