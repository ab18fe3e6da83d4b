"""The token that stops somebody's reminders and opens nothing, derived from their personal link.

Mail servers fetch, log and send the address it stands in, so the link itself must not stand there.
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode


def stop_token(link: str) -> str:
    """The token for one personal link; the link cannot be found out from it.

    Args:
        link: the secret part of the link.
    """
    derived = hmac.digest(link.encode(), b"stop reminders", "sha256")
    return urlsafe_b64encode(derived).decode().rstrip("=")
