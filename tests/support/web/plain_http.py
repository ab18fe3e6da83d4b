"""HTTP to a server on this machine: nothing is encrypted, so no list of authorities is read.

Reading that list is most of what it costs to make a client, and every person has one of their own.
"""

from __future__ import annotations

import ssl
from typing import Any

import httpx

TRUSTS_NOBODY = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def client(**how: Any) -> httpx.Client:
    """A client of its own, with its own cookies."""
    return httpx.Client(verify=TRUSTS_NOBODY, **how)


def get(url: str, **how: Any) -> httpx.Response:
    """The answer to one request."""
    return httpx.get(url, verify=TRUSTS_NOBODY, **how)


def post(url: str, **how: Any) -> httpx.Response:
    """The answer to one form."""
    return httpx.post(url, verify=TRUSTS_NOBODY, **how)
