"""Addresses as every mail server takes them: in ASCII alone."""

from __future__ import annotations

from email.charset import SHORTEST, Charset
from email.utils import formataddr
from typing import NamedTuple

from email_validator import EmailNotValidError, validate_email

UTF_8 = Charset("utf-8")
UTF_8.header_encoding = SHORTEST


class Mailbox(NamedTuple):
    """An address in ASCII, and the name that people see it under."""

    address: str
    name: str = ""

    @property
    def domain(self) -> str:
        """What follows the `@`."""
        return self.address.rpartition("@")[2]

    def __str__(self) -> str:
        """As it stands in a header."""
        return formataddr((self.name, self.address), UTF_8)


def in_ascii(address: str) -> str | None:
    """An address as it is said to a mail server, none where it is none or cannot be said.

    A domain in other letters has a form in ASCII (IDNA); what stands before the `@` has none.
    """
    try:
        return validate_email(address, check_deliverability=False, allow_smtputf8=False).ascii_email
    except EmailNotValidError:
        return None
