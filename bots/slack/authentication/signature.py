"""Whether Slack signed a request: told from its bytes, before anything is read in them.

https://docs.slack.dev/authentication/verifying-requests-from-slack
"""

from __future__ import annotations

import hashlib
import hmac
import re
import time
from collections.abc import Callable, Mapping

SIGNATURE, TIMESTAMP = "x-slack-signature", "x-slack-request-timestamp"
FORM_OF_ONE = re.compile(r"v0=[0-9a-f]{64}")
SECONDS = re.compile(r"[0-9]{1,12}")
MOST_AGE = 5 * 60  # seconds between the signing and now, either way
MOST_CHECK = 1024  # bytes of Slack's look at our certificate, which it does not sign
CHECK = b"ssl_check=1"


class Signature:
    """Signatures made with one secret.

    Args:
        clock: seconds since 1970; Slack's own.
    """

    def __init__(self, secret: str, clock: Callable[[], float] = time.time) -> None:
        self._secret, self._clock = secret.encode(), clock

    def could_hold(self, headers: Mapping[str, str]) -> bool:
        """Whether there is a signature of now, so that the body is worth taking."""
        made, signature = headers.get(TIMESTAMP, ""), headers.get(SIGNATURE, "")
        if not (SECONDS.fullmatch(made) and FORM_OF_ONE.fullmatch(signature)):
            return False
        return abs(self._clock() - int(made)) <= MOST_AGE

    def holds(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Whether Slack signed these bytes, and a moment ago."""
        if not self.could_hold(headers):
            return False
        signed = b"v0:%b:%b" % (headers[TIMESTAMP].encode(), body)
        right = f"v0={hmac.new(self._secret, signed, hashlib.sha256).hexdigest()}"
        return hmac.compare_digest(right, headers[SIGNATURE])


def is_certificate_check(body: bytes) -> bool:
    """Whether Slack only looks whether our certificate is good; nothing comes of it."""
    return len(body) <= MOST_CHECK and CHECK in body.split(b"&")
