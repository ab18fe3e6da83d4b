"""HTTP to a server on this machine: nothing is encrypted, so no list of authorities is read.

Reading that list is most of what it costs to make a client, and every person has one of their own.
"""

from __future__ import annotations

import ssl
from typing import Any

import httpx

TRUSTS_NOBODY = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


_OPENED: list[httpx.Client] = []


def client(**how: Any) -> httpx.Client:
    """A client of its own, with its own cookies; closed when its file of tests is through."""
    _OPENED.append(httpx.Client(verify=TRUSTS_NOBODY, **how))
    return _OPENED[-1]


def close_all() -> None:
    """Close every client that a test has left open: a line of its own would stay open with it."""
    while _OPENED:
        _OPENED.pop().close()


def get(url: str, **how: Any) -> httpx.Response:
    """The answer to one request."""
    return httpx.get(url, verify=TRUSTS_NOBODY, **how)


def post(url: str, **how: Any) -> httpx.Response:
    """The answer to one form."""
    return httpx.post(url, verify=TRUSTS_NOBODY, **how)
