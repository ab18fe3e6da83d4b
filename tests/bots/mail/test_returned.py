"""A letter that came back is told by its id and a code; what is none is never taken for one."""

from __future__ import annotations

import base64
import logging
import logging.config
import threading
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.mail.returns.returned import LINE, LINES, READ, NotAReturn, Returned, Why, read

DOMAIN = "testham.example"
OURS = UUID("5b1c1c0e-6c5f-5d0a-9a0e-2f6f0a4f7c11")
BEFORE = UUID("00000000-aaaa-5bbb-8ccc-dddddddddddd")  # the letter that some of them follow
CASES = Path(__file__).parent / "returned"
SAID: dict[str, Returned | NotAReturn] = {
    "complaint": NotAReturn("complaint"),
    "delivered": NotAReturn("delivered"),
    "exchange": Returned(OURS, "5.1.10", is_final=True),
    "exchange-headers-only-in-reply": Returned(OURS, "5.2.2", is_final=True),
    "exim": Returned(OURS, "5.7.1", is_final=True),
    "exim-delayed": Returned(OURS, "4.0.0", is_final=False),
    "exim-in-words": Returned(OURS, "5.1.1", is_final=True),
    "forwarded-by-a-person": NotAReturn("unclear"),
    "gmail": Returned(OURS, "5.1.1", is_final=True),
    "list-of-two": Returned(OURS, "5.1.1", is_final=True),
    "mail-server-unclear": NotAReturn("unclear"),
    "out-of-office-english": NotAReturn("automatic answer"),
    "out-of-office-polish": NotAReturn("automatic answer"),
    "out-of-office-welsh": NotAReturn("automatic answer"),
    "over-quota": Returned(OURS, "5.2.2", is_final=True),
    "postfix": Returned(OURS, "5.1.1", is_final=True),
    "postfix-delayed": Returned(OURS, "4.2.0", is_final=False),
    "postfix-expired": Returned(OURS, "4.4.1", is_final=True),
    "qmail": Returned(OURS, "5.1.1", is_final=True),
    "read-receipt": NotAReturn("automatic answer"),
    "return-forwarded-by-a-person": NotAReturn("unclear"),
    "rubbish": NotAReturn("unclear"),
    "sendmail": Returned(OURS, "5.1.1", is_final=True),
    "somebody-elses": Returned(None, "5.1.1", is_final=True),
    "without-an-action": Returned(OURS, "5.4.4", is_final=True),
}
MESSAGES = {file.stem: file.read_bytes() for file in CASES.glob("*.eml")}


def test_every_message_that_is_kept_is_looked_at() -> None:
    """No case without what is to be said of it."""
    assert set(MESSAGES) == set(SAID)


@pytest.mark.parametrize("name", sorted(SAID))
def test_what_is_said_of_each_kind_of_message(name: str) -> None:
    """The same whether its lines end as they were sent or as a Unix machine keeps them."""
    assert read(MESSAGES[name], DOMAIN) == SAID[name]
    assert read(MESSAGES[name].replace(b"\n", b"\r\n"), DOMAIN) == SAID[name]


@pytest.mark.parametrize(
    "name", [name for name, said in SAID.items() if isinstance(said, Returned)]
)
def test_a_letter_of_another_domain_is_never_taken_for_ours(name: str) -> None:
    """That it failed is all that is said of it; a domain that ends as ours does is another one."""
    for other in ("ham.example", "testham.example.org", "testhamxexample"):
        said = read(MESSAGES[name], other)
        assert isinstance(said, Returned)
        assert said.id is None


@pytest.mark.parametrize("name", sorted(SAID))
def test_only_the_first_part_of_a_message_is_read(name: str) -> None:
    """Whatever follows says nothing, and costs nothing."""
    long = MESSAGES[name] + b"\n" + b"x" * (10 * 1024 * 1024)
    said = read(long, DOMAIN)
    assert said == read(long[:READ], DOMAIN)
    assert said == SAID[name]


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ("Action: failed\nStatus: 5.1.1", Returned(OURS, "5.1.1", is_final=True)),
        ("Action: Failed (given up)\nStatus: 4.4.7", Returned(OURS, "4.4.7", is_final=True)),
        ("Action: error\nStatus: 5.1.1", Returned(OURS, "5.1.1", is_final=True)),
        ("Action: failed", Returned(OURS, "5.0.0", is_final=True)),
        ("Action: delayed", Returned(OURS, "4.0.0", is_final=False)),
        ("Status: 4.2.2", Returned(OURS, "4.2.2", is_final=False)),
        ("Action: shrugged\nStatus: 5.1.1", Returned(OURS, "5.1.1", is_final=True)),
        (
            "Action: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 552-5.2.2 ann is full",
            Returned(OURS, "5.2.2", is_final=True),
        ),
        (
            "Action: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 451 4.7.1 wait",
            Returned(OURS, "5.0.0", is_final=True),
        ),
        ("Action: expanded\nStatus: 2.0.0", NotAReturn("delivered")),
        ("Action: shrugged", NotAReturn("unclear")),
        ("Status: ann@school.example", NotAReturn("unclear")),
    ],
)
def test_what_a_report_says_of_one_address(block: str, said: Returned | NotAReturn) -> None:
    """What it does goes before its code, and a code that says something before one that does not."""
    reported = "Action: failed\nStatus: 5.2.2\nDiagnostic-Code: smtp; 552 5.2.2 Over quota"
    message = MESSAGES["over-quota"].decode().replace(reported.replace("failed", "Failed"), block)
    assert block in message
    assert read(message.encode(), DOMAIN) == said


# -- messages that are made to do harm -------------------------------------------------------------
UNREADABLE: tuple[Why, ...] = ("unreadable", "unclear")
DAEMON = b"From: mailer-daemon@x.example\n"
REASON = b"This Message was undeliverable due to the following reason:\n"
TWO_PARTS = b'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/plain\n%s%s\n--b\n\nx\n--b--\n'


def _nested(depth: int, folded: bytes = b" ") -> bytes:
    head = b'Content-Type:%smultipart/mixed; boundary="b%d"\n\n--b%d\n'
    return b"".join(head % (folded, level, level) for level in range(depth))


@pytest.mark.parametrize(
    "hostile",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"\0" * READ, id="zeros"),
        pytest.param(b"\n" * READ, id="empty lines"),
        pytest.param(b"\r" * READ, id="empty lines of another kind"),
        pytest.param(b"From: " + b"(" * READ, id="a comment in a comment"),
        pytest.param(_nested(5_000), id="parts in parts"),
        pytest.param(_nested(3_000, b"\n "), id="parts in parts, their headers folded"),
        pytest.param(b"Content-Type: message/rfc822\n\n" * 4_000, id="messages in messages"),
        pytest.param(
            b'Content-Type: multipart/digest; boundary="b"\n\n' + b"--b\n\n" * 20_000,
            id="a digest of nothing",
        ),
        pytest.param(
            b"Content-Type: message/delivery-status\n\n" + b"\n" * READ, id="empty blocks"
        ),
        pytest.param(b"Content-Type: multipart/report; " + b"a=b;" * 30_000, id="parameters"),
        *(
            pytest.param(
                b"Content-Type: "
                + kind
                + b'; a="'
                + fold
                + (b";" + fold) * (READ // len(b";" + fold)),
                id=f"parameters behind a quotation mark, of {kind.decode()}, folded by {fold!r}",
            )
            for kind in (b"multipart/report", b"text/plain")
            for fold in (b"", b"\n ", b"\r\t")
        ),
        pytest.param(DAEMON + b"\n" + REASON + b"<" * 100_000, id="a long line"),
        pytest.param(
            DAEMON + TWO_PARTS % (b"\n", REASON + b"<" * 100_000), id="a long line, of two parts"
        ),
        pytest.param(
            DAEMON
            + TWO_PARTS
            % (
                b"Content-Transfer-Encoding: base64\n\n",
                base64.encodebytes(REASON + b"<" * 60_000),
            ),
            id="a long line, wrapped up",
        ),
    ],
)
@pytest.mark.timeout(20)
def test_a_message_that_is_made_to_keep_a_reader_busy_is_soon_put_aside(hostile: bytes) -> None:
    """Some of these hold up a reader for days that reads them as they are."""
    said = read(hostile, DOMAIN)
    assert isinstance(said, NotAReturn)
    assert said.why in UNREADABLE


@pytest.mark.parametrize("name", ["exim-in-words", "qmail"])
def test_the_other_reader_gets_all_that_a_mail_server_writes(name: str) -> None:
    """It is given a part of each message, and theirs fit into it."""
    lines = MESSAGES[name].splitlines()
    assert len(lines) < LINES
    assert max(map(len, lines)) < LINE


def test_what_a_message_holds_never_reaches_a_log(caplog: pytest.LogCaptureFixture) -> None:
    """The other reader would write down why it cannot read something.

    Nor does it after another library, such as Prefect, configured the logging of the process.
    """
    logging.config.dictConfig({"version": 1, "disable_existing_loggers": False})
    caplog.set_level(logging.DEBUG)
    for message in MESSAGES.values():
        read(message, DOMAIN)
    ours = [one for one in caplog.records if one.threadName == threading.current_thread().name]
    assert ours == []  # what other threads write meanwhile is not of a message


@given(st.binary(max_size=2_000))
def test_any_bytes_are_put_aside(message: bytes) -> None:
    """None of them is a letter that came back."""
    assert isinstance(read(message, DOMAIN), NotAReturn)


@given(
    name=st.sampled_from(sorted(MESSAGES)),
    cut=st.tuples(st.floats(0, 1), st.floats(0, 1)),
    put=st.one_of(
        st.binary(max_size=40), st.sampled_from([b"--", b"\n\n", b"<", b"=?utf-8?b?", b":"])
    ),
)
def test_a_damaged_message_names_no_letter_that_does_not_stand_in_it(
    name: str, cut: tuple[float, float], put: bytes
) -> None:
    """A piece is lost, or something else stands in its place."""
    message = MESSAGES[name]
    begin, end = sorted(round(place * len(message)) for place in cut)
    said = read(message[:begin] + put + message[end:], DOMAIN)
    assert isinstance(said, NotAReturn) or said.id in (OURS, BEFORE, None)
