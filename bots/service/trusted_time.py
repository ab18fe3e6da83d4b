"""Which service says what time it was when a round closed, read from the environment."""

from __future__ import annotations

from collections.abc import Mapping

from bots.service.witnesses import is_safe
from ehsg_events.kernel import Refused

WHICH = "EHSG_TIME_STAMPS"


def read_settings(environment: Mapping[str, str]) -> str | None:
    """The address of a service that answers RFC 3161; none where nothing is set.

    Raises:
        Refused: it is no address that may be asked.
    """
    url = environment.get(WHICH, "").strip()
    if url and not is_safe(url):
        raise Refused(f"{WHICH} is {url}. It begins with https://, or is on this machine.")
    return url or None
