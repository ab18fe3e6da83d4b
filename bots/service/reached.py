"""Where people reach the pages, and whether anybody else could read along on the way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from bots.web_settings import is_on_loopback, read_settings
from ehsg_events.kernel import Refused


class Reached(NamedTuple):
    """The address, and what it is: safe for everybody, of this machine alone, or not to be used.

    `refused` says why it is not to be used.
    """

    url: str
    kind: Literal["safe", "here alone", "wrong"]
    refused: str = ""


def reached(environment: Mapping[str, str]) -> Reached:
    """The address that links begin with."""
    try:
        settings = read_settings(environment)
        settings.refuse_unless_safe()
    except Refused as no:
        return Reached("", "wrong", str(no))
    return Reached(settings.url, "here alone" if is_on_loopback(settings.url) else "safe")
