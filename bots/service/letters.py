"""By which way letters leave, and from which address; no server is asked, and no secret told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from ehsg_events.kernel import Refused


class Letters(NamedTuple):
    """The way letters leave: by a mail server, by GOV.UK Notify, by none, or as set wrongly.

    `through` is the server, `sender` whom they come from, `refused` what is wrong.
    """

    way: Literal["server", "notify", "none", "wrong"]
    through: str = ""
    sender: str = ""
    refused: str = ""


def letters(environment: Mapping[str, str]) -> Letters:
    """How letters leave, as it is set."""
    from bots.mail.notify.settings import read_settings as read_notify
    from bots.mail.settings import read_settings

    try:
        if read_notify(environment) is not None:
            return Letters("notify")
        settings = read_settings(environment)
    except Refused as no:
        return Letters("wrong", refused=str(no))
    if settings is None:
        return Letters("none")
    return Letters("server", f"{settings.host}:{settings.port}", str(settings.sender))
