"""What a mail server's refusals mean: for one person, for now, or for everybody. Pure.

Only the codes are kept: the words beside them may name people. The codes are those of RFC 5321 and,
where a server gives them, RFC 3463.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from bots.delivery.sender import Down, Impossible, Later, NotSent

ENHANCED = re.compile(rb"([245])\.\d{1,3}\.\d{1,3}(?=\s|$)")
OF_US = frozenset({"5.1.7", "5.1.8"})  # an address is refused, and it is the sender's
NOBODY = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"})  # nobody is there
UNKNOWN_TO_EXCHANGE = "5.4.1"  # what Exchange Online says at RCPT of whom its directory lacks
FULL = frozenset({"5.2.2", "552"})  # a mailbox that may be emptied
OF_THE_ADDRESS = (550, 551, 553)  # at RCPT, where nothing more is said
OF_PERMISSION = (530, 534, 535, 538)  # sign in, or sign in otherwise
CLOSING = 421  # at any step: the server ends the line, and has taken nothing
NOT_UNDERSTOOD = "not understood"


class Reply(NamedTuple):
    """An answer of a mail server: its code and, where it gives one, the enhanced one."""

    code: int
    enhanced: str = ""

    def __str__(self) -> str:
        return f"{self.code} {self.enhanced}".strip() if self.is_code else NOT_UNDERSTOOD

    @property
    def is_code(self) -> bool:
        """Whether it is an answer at all."""
        return 200 <= self.code <= 599

    @property
    def takes(self) -> bool:
        """Whether it says yes."""
        return 200 <= self.code <= 299

    @property
    def later(self) -> bool:
        """Whether it says not now."""
        return 400 <= self.code <= 499 and self.code != CLOSING

    @property
    def refuses_us(self) -> bool:
        """Whether it says that we may not send."""
        return self.enhanced in OF_US or self.enhanced[:4] == "5.7." or self.code in OF_PERMISSION


NONE = Reply(-1)  # such as a yes to a letter that was not sent


def reply(code: int, text: bytes) -> Reply:
    """An answer as it was read from the line."""
    enhanced = ENHANCED.match(text)
    ours = enhanced is not None and enhanced[1] == str(code)[:1].encode()
    return Reply(code, enhanced[0].decode() if enhanced and ours else "")


def of_the_sender(said: Reply) -> NotSent:
    """What it means that a server does not take letters from our address: it is about everybody."""
    return Down(str(said), refuses_us=500 <= said.code <= 599)


def of_the_recipient(said: Reply) -> NotSent:
    """What it means that a server does not take an address to send to."""
    if said.enhanced in OF_US:
        return Down(str(said), refuses_us=True)
    if said.enhanced.startswith("5.1.") or said.enhanced in {*NOBODY, UNKNOWN_TO_EXCHANGE}:
        return Impossible(str(said))
    if said.code in OF_THE_ADDRESS and not said.enhanced:
        return Impossible(str(said))
    return of_the_letter(said)


def of_the_letter(said: Reply) -> NotSent:
    """What it means that a server does not take a letter.

    Some say only now that nobody has the address (Exchange on a council's own machine does).
    """
    if said.enhanced in NOBODY:
        return Impossible(str(said))
    if said.later or said.enhanced in FULL or str(said) in FULL:
        return Later(str(said))
    return Down(str(said), refuses_us=said.refuses_us)
