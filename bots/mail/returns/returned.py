"""What lies in the mailbox for returned letters: which letter of ours came back, and why. Pure.

Anybody may write to a mailbox, so nothing that stands there is trusted: whatever it is, it is read
in bounded time, and what is not understood is said to be that.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from email import message_from_bytes
from email.message import Message
from typing import Literal, NamedTuple
from uuid import UUID

from flufl.bounce import all_failures

READ = 128 * 1024  # bytes of a message: why a letter came back stands at its beginning
MOST_NESTED, MOST_LINES = 20, 6_000  # parts that hold others, and lines; mail servers use a few
HEADER = 1_000  # letters of a header that are looked at
# As much as mail servers write. The other reader takes days for a long line that is made for it.
LINES, LINE = 150, 120

Why = Literal["automatic answer", "complaint", "delivered", "unreadable", "unclear"]
NESTED = re.compile(rb"content-type[ \t]*:\s*(?:multipart|message)/", re.I)
# The library reads parameters in the square of their length: hours, where anybody may write them.
LONG_PARAMETERS = re.compile(
    rb"(?:^|[\r\n])content-[a-z-]+[ \t]*:(?:[^\r\n]|[\r\n]+[ \t]){2000}", re.I
)
ID = r"<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@"
ACTION = re.compile(r"\s*([a-z]+)", re.I)
Action = Literal["failed", "delayed", "delivered"]
ACTIONS: Mapping[str, Action] = {
    "failed": "failed",
    "failure": "failed",
    "error": "failed",
    "delayed": "delayed",
    "delivered": "delivered",
    "relayed": "delivered",
    "expanded": "delivered",
}
BY_CODE: Mapping[str, Action] = {"5": "failed", "4": "delayed", "2": "delivered"}
WORST_FIRST: tuple[Action, ...] = ("failed", "delayed", "delivered")
CODE = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)")
REPLY = re.compile(r"(?<!\d)[45]\d\d[ -]#?([45]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)")
SAYS_NO_MORE = ".0.0"  # how a code ends that says no more than that it failed
MAIL_SERVER = re.compile(r"mailer-?daemon|postmaster|mail-?daemon|mail delivery s", re.I)
PLAIN = ("text/plain", "text/rfc822-headers")
MARKS = ("X-Autoreply", "X-Autorespond", "X-Auto-Reply", "X-Vacation")
BY_NOBODY = {"auto_reply", "bulk", "junk"}  # as Precedence has it

# What it writes when it cannot read a message may hold what stands in the message. A level stays
# where another library configures all loggers; `disabled` does not.
logging.getLogger("flufl.bounce").setLevel(logging.CRITICAL)


class Returned(NamedTuple):
    """A letter that came back, or waits somewhere on its way.

    Args:
        id: of the letter, as its Message-ID has it; none where that is not said, or is not ours.
        status: a code of RFC 3463, such as 5.1.1; it names nobody.
        is_final: whether it is tried no more; one that is delayed may still arrive.
    """

    id: UUID | None
    status: str
    is_final: bool


class NotAReturn(NamedTuple):
    """A message that says of no letter that it came back."""

    why: Why


class _Failure(NamedTuple):
    action: Action
    status: str


def read(message: bytes, domain: str) -> Returned | NotAReturn:
    """Read a message; it never fails, whatever the message is.

    Args:
        domain: what follows the @ in our Message-IDs.
    """
    beginning = message[:READ]
    if _is_made_to_hold_up(beginning):
        return NotAReturn("unreadable")
    try:
        return _read(message_from_bytes(beginning), domain)
    except Exception:  # noqa: BLE001 - readers that are not ours may fail in any way
        return NotAReturn("unreadable")


def _is_made_to_hold_up(text: bytes) -> bool:
    """Whether more is in a message than mail servers write, of what takes long to read."""
    too_many = len(NESTED.findall(text)) > MOST_NESTED or _lines(text) > MOST_LINES
    return too_many or LONG_PARAMETERS.search(text) is not None


def _lines(text: bytes) -> int:
    return max(text.count(b"\n"), text.count(b"\r"))


def _read(message: Message, domain: str) -> Returned | NotAReturn:
    report = str(message.get_param("report-type", "")).lower()
    if report == "feedback-report":
        return NotAReturn("complaint")
    if report == "disposition-notification":
        return NotAReturn("automatic answer")
    failure = _reported(message) or _told_otherwise(message)
    if failure is None:
        answered = _is_automatic(message) and not _is_by_a_mail_server(message)
        return NotAReturn("automatic answer" if answered else "unclear")
    if failure.action == "delivered":
        return NotAReturn("delivered")
    return Returned(_id(message, domain), failure.status, failure.action == "failed")


# -- what became of it -----------------------------------------------------------------------------
def _reported(message: Message) -> _Failure | None:
    """What a report after RFC 3464 says; the worst where it speaks of several addresses."""
    told = [failure for block in _blocks(message) if (failure := _failure(block))]
    return min(told, key=lambda one: WORST_FIRST.index(one.action), default=None)


def _blocks(message: Message) -> Iterator[Message]:
    for part in _parts(message):
        blocks = part.get_payload()
        if part.get_content_type() == "message/delivery-status" and isinstance(blocks, list):
            yield from (block for block in blocks if isinstance(block, Message))


def _failure(block: Message) -> _Failure | None:
    """What a block says; one without an action speaks of the mail server, or leaves it to the code."""
    code = CODE.search(_header(block, "Status"))
    action = ACTION.match(_header(block, "Action"))
    said = ACTIONS.get(action[1].lower()) if action else None
    said = said or (BY_CODE[code[1][0]] if code else None)
    if said is None:
        return None
    status = code[1] if code else _unsaid(said)
    finer = REPLY.search(_header(block, "Diagnostic-Code"))
    if status.endswith(SAYS_NO_MORE) and finer and finer[1][0] == status[0]:
        status = finer[1]
    return _Failure(said, status)


def _told_otherwise(message: Message) -> _Failure | None:
    """What a mail server says in words of its own, read by a library that knows many of them."""
    if not _is_by_a_mail_server(message):
        return None
    text = _text(message)
    delayed, failed = all_failures(_shortened(message))
    if not (failed or delayed):
        return None
    action: Action = "failed" if failed else "delayed"
    worst = _unsaid(action)
    codes = (code for code in REPLY.findall(text) + CODE.findall(text) if code[0] == worst[0])
    return _Failure(action, next(codes, worst))


def _unsaid(action: Action) -> str:
    """The code that says no more than the action does."""
    return f"{'5' if action == 'failed' else '4'}{SAYS_NO_MORE}"


def _is_by_a_mail_server(message: Message) -> bool:
    named = MAIL_SERVER.search(_header(message, "From"))
    return bool(named) or message["X-Failed-Recipients"] is not None


def _is_automatic(message: Message) -> bool:
    """Whether a machine answered in somebody's place, as when they are out of their office."""
    submitted = _header(message, "Auto-Submitted").strip().lower()
    by_nobody = _header(message, "Precedence").strip().lower() in BY_NOBODY
    marked = any(message[name] for name in MARKS)
    return marked or by_nobody or submitted.startswith("auto-")


# -- which letter it is ----------------------------------------------------------------------------
def _id(message: Message, domain: str) -> UUID | None:
    """The letter's own id first; that of a letter before it, in the same thread, is never taken."""
    ours = re.compile(f"{ID}{re.escape(domain)}>", re.I)
    in_text = re.compile(rf"^[>| \t]*message-id:[>|\s]*{ours.pattern}", re.I | re.M)
    returned = [
        _header(inner, "Message-ID")
        for part in _parts(message)
        if part.get_content_maintype() == "message" and part.is_multipart()
        for inner in part.get_payload()
        if isinstance(inner, Message)
    ]
    answered = _header(message, "In-Reply-To"), *_header(message, "References").split()[-1:]
    found = ours.search(" ".join(returned)) or in_text.search(_text(message))
    found = found or ours.search(" ".join(answered))
    return UUID(found[1]) if found else None


# -- parts -----------------------------------------------------------------------------------------
def _parts(message: Message) -> Iterator[Message]:
    """The parts of a message, not those of messages that it carries along."""
    inner = message.get_payload()
    if message.get_content_maintype() == "multipart" and isinstance(inner, list):
        for part in inner:
            if isinstance(part, Message):
                yield from _parts(part)
    else:
        yield message


def _text(message: Message) -> str:
    """The text of a message, as far as it is plain or the headers of another."""
    plain = (part for part in _parts(message) if part.get_content_type() in PLAIN)
    return "\n".join(map(_decoded, plain))


def _shortened(message: Message) -> Message:
    """A message with as much of its text as a mail server writes."""
    copy, left = deepcopy(message), LINES
    for part in copy.walk():
        if not part.is_multipart():
            lines = _decoded(part).splitlines()[:left]
            del part["Content-Transfer-Encoding"]
            part.set_payload("\n".join(line[:LINE] for line in lines))
            left -= len(lines)
    return copy


def _decoded(part: Message) -> str:
    payload = part.get_payload(decode=True)
    return payload.decode("latin-1") if isinstance(payload, bytes) else ""


def _header(message: Message, name: str) -> str:
    return str(message.get(name, ""))[:HEADER]
