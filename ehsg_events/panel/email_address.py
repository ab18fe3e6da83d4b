"""An e-mail address as somebody writes it down: checked once, here, and never quoted back."""

from __future__ import annotations

from ehsg_events.kernel import Refused

NO_ADDRESS = "That is no e-mail address. Write one such as jane.smith@council.example.org."
NOT_ASCII = (
    "Mail servers do not agree on letters with accents before the @. Ask for an address without."
)


def read_email(given: str) -> str:
    """An address as it is kept: without spaces around it, its domain in small letters.

    Raises:
        Refused: it is none, or not every mail server could write to it.
    """
    from email_validator import EmailNotValidError, validate_email

    try:
        known = validate_email(given.strip(), check_deliverability=False)
    except EmailNotValidError:
        raise Refused(NO_ADDRESS, field="email") from None
    if not known.local_part.isascii():
        raise Refused(NOT_ASCII, field="email")
    return str(known.normalized)
