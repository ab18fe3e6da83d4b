"""The mailbox for returned letters, read in servers that we did not write.

`python -m pytest -rs tests/long/imap_strangers.py`; what is not installed is left out, and said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from support.mail.certificates import Authority, authority
from support.mail.imap_strangers import STRANGERS, Mailbox, NotHere
from support.places import ROOT

from bots.mail.returns.looking import Found, Look
from bots.mail.returns.mailbox import returns
from bots.mail.returns.returned import NotAReturn, Returned
from bots.mail.returns.settings import Settings
from ehsg_events.kernel import Refused

DOMAIN = "testham.example"
CASES = ROOT / "tests" / "bots" / "mail" / "returned"
OURS = UUID("5b1c1c0e-6c5f-5d0a-9a0e-2f6f0a4f7c11")
FAILED, DELAYED = Returned(OURS, "5.1.1", is_final=True), Returned(OURS, "4.2.0", is_final=False)


@pytest.fixture(params=STRANGERS, ids=lambda stranger: stranger.__name__)
def mailbox(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Mailbox]:
    """An empty mailbox of each kind that is installed."""
    begin: Callable[[Authority, Path], AbstractContextManager[Mailbox]] = request.param
    folder = tmp_path_factory.mktemp(begin.__name__)
    serving = begin(authority(folder), folder)
    try:
        mailbox = serving.__enter__()
    except NotHere as missing:
        pytest.skip(f"left out: {missing}")
    try:
        yield mailbox
    finally:
        serving.__exit__(None, None, None)


def settings(mailbox: Mailbox, **other: Any) -> Settings:
    """The settings for a mailbox."""
    usual = {"host": "127.0.0.1", "user": mailbox.user, "domain": DOMAIN, "port": mailbox.port}
    secret = {"password": mailbox.password, "ca_file": mailbox.trusted}
    return Settings(**{**usual, **secret, **other})


def case(name: str) -> bytes:
    """A message as a mail server sends it."""
    return (CASES / f"{name}.eml").read_bytes()


def test_each_message_is_read_once_and_none_is_changed(mailbox: Mailbox) -> None:
    """From the mark of the last one on, also after one was deleted; nothing is marked as seen."""
    chosen = settings(mailbox)
    assert list(returns(chosen)) == []
    for name in ("postfix", "out-of-office-welsh", "postfix-delayed"):
        mailbox.deliver(case(name))
    first = list(returns(chosen))
    assert [what for _, what in first] == [FAILED, NotAReturn("automatic answer"), DELAYED]
    assert list(returns(chosen, first[-1][0])) == []
    mailbox.delete(first[1][0].number)
    assert [what for _, what in returns(chosen, first[0][0])] == [DELAYED]
    mailbox.deliver(case("qmail") + b"\n" + (b"x" * 76 + b"\n") * 20_000)
    assert [what for _, what in returns(chosen, first[-1][0])] == [FAILED]
    assert mailbox.seen() == 0


def test_a_look_goes_on_from_the_one_before(mailbox: Mailbox, tmp_path: Path) -> None:
    """Whatever was handed on is not handed on again."""
    told: list[tuple[UUID, str, bool]] = []
    look = Look(tmp_path, settings(mailbox))
    mailbox.deliver(case("postfix"))
    assert look(lambda *what: told.append(what)) == Found(ours=1)
    mailbox.deliver(case("postfix-delayed"))
    assert look(lambda *what: told.append(what)) == Found(ours=1)
    assert told == [tuple(FAILED), tuple(DELAYED)]


def test_a_wrong_password_or_folder_is_said(mailbox: Mailbox) -> None:
    """Each in a sentence of its own."""
    with pytest.raises(Refused, match="lets us not in"):
        list(returns(settings(mailbox, password="wrong")))
    with pytest.raises(Refused, match="no folder"):
        list(returns(settings(mailbox, folder="Nowhere to be found")))
