"""What a form on these pages sent, hostile until read: short fields of text, and no files."""

from __future__ import annotations

import asyncio
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

NONCE = "nonce"  # a mark for one form, so that sending it twice counts once
ASSESSMENT = "assessment"  # the assessment whose page the form stood on
MOST_BODY = 64 * 1024
MOST_FIELDS = 40
PATIENCE = 60  # seconds for one form to come
KIND = "application/x-www-form-urlencoded"


class Unreadable(Exception):
    """What came is not one of our forms, or did not come whole."""


async def read(request: Request) -> dict[str, str]:
    """A form's fields by name, as they were typed.

    Raises:
        Unreadable: it is not one of our forms.
    """
    try:
        async with asyncio.timeout(PATIENCE):
            body = await _bounded(request)
        text = body.decode()
        fields = parse_qsl(
            text, keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict"
        )
    except (ClientDisconnect, TimeoutError, ValueError):
        raise Unreadable from None
    by_name = {name: value.replace("\r\n", "\n") for name, value in fields}
    if not by_name.get(NONCE) or not request.headers.get("content-type", "").startswith(KIND):
        raise Unreadable
    return by_name


async def _bounded(request: Request) -> bytes:
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > MOST_BODY:
            raise Unreadable
    return body
