"""Letters that came back are handed on once, from where the mailbox was looked through before."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from uuid import UUID

import pytest
from support.mail.certificates import authority
from support.mail.imap_server import ImapServer, imap_server

from bots.mail.returns.looking import FILE, Found, Look
from bots.mail.returns.settings import Settings
from ehsg_events.kernel import Refused

DOMAIN = "testham.example"
OURS = UUID("5b1c1c0e-6c5f-5d0a-9a0e-2f6f0a4f7c11")
CASES = Path(__file__).parent / "returned"
FAILED, DELAYED = (OURS, "5.1.1", True), (OURS, "4.2.0", False)


class Desk:
    """Somebody who looks for letters, and writes down what they are handed."""

    def __init__(self, server: ImapServer, folder: Path, trusted: Path) -> None:
        self.server, self.folder = server, folder
        self.settings = Settings(
            "127.0.0.1", server.user, DOMAIN, server.password, port=server.port, ca_file=trusted
        )
        self.told: list[tuple[UUID, str, bool]] = []
        self.full = False

    def record(self, id: UUID, status: str, is_final: bool) -> None:
        if self.full:
            raise OSError("the disk is full")
        self.told.append((id, status, is_final))

    def look(self) -> Found:
        """Look as a program does that was begun anew."""
        return Look(self.folder, self.settings)(self.record)

    def deliver(self, *names: str) -> None:
        for name in names:
            self.server.deliver((CASES / f"{name}.eml").read_bytes())


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An empty mailbox, and nobody who looked into it before."""
    vouching = authority(tmp_path)
    with imap_server(vouching.context()) as server:
        (tmp_path / "data").mkdir()
        yield Desk(server, tmp_path / "data", vouching.trusted)


def test_what_came_back_is_handed_on_and_everything_else_is_counted(desk: Desk) -> None:
    """A letter that is not ours, or that nobody can name, is counted as well."""
    desk.deliver("postfix", "somebody-elses", "out-of-office-welsh", "complaint", "postfix-delayed")
    found = desk.look()
    assert desk.told == [FAILED, DELAYED]
    assert found == Found(
        ours=2, unknown=1, others=Counter({"automatic answer": 1, "complaint": 1})
    )


def test_a_program_that_is_begun_anew_goes_on_where_the_last_one_was(desk: Desk) -> None:
    """How far it was is kept beside the log, for its owner only."""
    desk.deliver("postfix")
    desk.look()
    assert desk.look() == Found()
    desk.deliver("postfix-delayed")
    desk.look()
    assert desk.told == [FAILED, DELAYED]
    assert (desk.folder / FILE).stat().st_mode & 0o077 == 0


def test_whoever_is_to_stop_looks_at_no_further_message(desk: Desk) -> None:
    """A mailbox may hold years of letters; what was not looked at is looked at the next time."""
    desk.deliver("postfix", "postfix-delayed", "gmail")
    over = Event()
    over.set()
    assert Look(desk.folder, desk.settings, over)(desk.record).ours == 1
    assert desk.look().ours == 2


def test_what_was_not_recorded_is_handed_on_again(desk: Desk) -> None:
    """What was recorded before it is not."""
    desk.deliver("postfix", "postfix-delayed")
    Look(desk.folder, desk.settings)(lambda *_: setattr(desk, "full", True))
    desk.deliver("postfix")
    with pytest.raises(OSError, match="full"):
        desk.look()
    desk.full = False
    desk.look()
    assert desk.told == [FAILED]


def test_what_was_recorded_before_the_line_broke_stays_recorded(desk: Desk) -> None:
    """The next look begins after it."""
    desk.deliver("postfix")
    desk.look()
    desk.deliver("out-of-office-welsh")
    desk.server.trouble["LETTER"] = "drop"
    with pytest.raises(Refused, match="broke off"):
        desk.look()
    desk.server.trouble.clear()
    desk.look()
    assert desk.told == [FAILED]


@pytest.mark.parametrize(
    "kept", ["", "{", "[]", "3", '{"mailbox": "x"}', '{"validity": null, "number": 1}', "\0"]
)
def test_a_file_that_is_lost_or_damaged_costs_another_look(desk: Desk, kept: str) -> None:
    """Nothing rests on it: whoever records takes the same letter twice."""
    desk.deliver("postfix")
    desk.look()
    (desk.folder / FILE).write_text(kept)
    desk.look()
    assert desk.told == [FAILED, FAILED]


def test_the_mark_of_one_mailbox_says_nothing_of_another(desk: Desk) -> None:
    """The same numbers stand in both."""
    desk.deliver("postfix")
    desk.look()
    kept = json.loads((desk.folder / FILE).read_text())
    (desk.folder / FILE).write_text(json.dumps({**kept, "mailbox": "imaps://x@y:993/INBOX"}))
    desk.look()
    assert desk.told == [FAILED, FAILED]


def test_the_file_holds_no_password(desk: Desk) -> None:
    """It lies beside the log, and is copied with it."""
    desk.deliver("postfix")
    desk.look()
    assert desk.settings.password not in (desk.folder / FILE).read_text()
