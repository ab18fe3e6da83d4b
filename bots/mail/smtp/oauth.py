"""Tokens to sign in with, where a mail server takes no password: one POST to Microsoft Entra."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

from bots.mail.settings import OAuth
from bots.mail.smtp.steps import Stopped

SCOPE = "https://outlook.office365.com/.default"
EARLY = 60  # seconds before its end when a token is no longer used
MOST = 64 * 1024  # bytes of an answer that are read
CODE = re.compile(r"[a-z_]{1,40}")  # an error as OAuth names it; its description may name people
NONE = "no token"


class Tokens:
    """Access tokens for one app, each kept until shortly before its end.

    Args:
        timeout: seconds that the address of tokens has to answer.
        clock: says the time in seconds; it never goes back.
    """

    def __init__(
        self, oauth: OAuth, timeout: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._oauth, self._timeout, self._clock = oauth, timeout, clock
        self._token, self._until = "", 0.0

    def token(self) -> str:
        """A token that is good for a while.

        Raises:
            Stopped: none is to be had.
        """
        if not self._token or self._clock() >= self._until:
            now = self._clock()
            self._token, seconds = _read(self._asked())
            self._until = now + seconds - EARLY
        return self._token

    def forget(self) -> None:
        """Use the token no more: the mail server refused it."""
        self._token = ""

    @property
    def is_kept(self) -> bool:
        """Whether the next token is one that was used before."""
        return bool(self._token) and self._clock() < self._until

    def _asked(self) -> bytes:
        asks = {
            "grant_type": "client_credentials",
            "client_id": self._oauth.client,
            "client_secret": self._oauth.secret,
            "scope": SCOPE,
        }
        url = f"{self._oauth.url}/{quote(self._oauth.tenant, safe='')}/oauth2/v2.0/token"
        request = Request(url, urlencode(asks).encode())  # noqa: S310 - https or this machine
        try:
            with urlopen(request, timeout=self._timeout) as answer:  # noqa: S310 - the same
                whole: bytes = answer.read(MOST)
        except HTTPError as refusal:
            with refusal:
                raise _refused(refusal.code, refusal.read(MOST)) from None
        except (OSError, HTTPException):
            raise Stopped("sign-in", NONE) from None
        return whole


def _refused(status: int, answer: bytes) -> Stopped:
    code = str(_fields(answer).get("error", ""))
    known = CODE.fullmatch(code) is not None
    reason = code if known else f"{NONE}: {status}"
    return Stopped("sign-in", reason, refuses_us=known and status in (400, 401))


def _read(answer: bytes) -> tuple[str, float]:
    """A token, and for how many seconds it is good."""
    fields = _fields(answer)
    token, seconds = fields.get("access_token"), fields.get("expires_in")
    if not (isinstance(token, str) and token.isascii() and token.isprintable() and token):
        raise Stopped("sign-in", NONE)
    return token, float(seconds) if isinstance(seconds, int) else 0.0


def _fields(answer: bytes) -> dict[str, Any]:
    try:
        fields = json.loads(answer)
    except ValueError:
        return {}
    return fields if isinstance(fields, dict) else {}
