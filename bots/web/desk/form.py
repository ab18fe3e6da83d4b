"""What a form on these pages sent, hostile until read: of strangers short fields of text alone."""

from __future__ import annotations

from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from bots.http.bodies import Bounds, TooLarge, whole
from bots.web import forms
from bots.web.forms import Filled

NONCE = "nonce"  # a mark for one form, so that sending it twice counts once
ASSESSMENT = "assessment"  # the assessment whose page the form stood on
MOST_BODY = 64 * 1024
MOST_FIELDS = 40
PATIENCE = 60  # seconds for one form to come
AT_ONCE = 16  # none is large
BOUNDS = Bounds(MOST_BODY, PATIENCE, AT_ONCE)
KIND = "application/x-www-form-urlencoded"


class Unreadable(Exception):
    """What came is not one of our forms, or did not come whole."""


async def read(request: Request) -> dict[str, str]:
    """A form's fields by name, as they were typed.

    Raises:
        Unreadable: it is not one of our forms.
    """
    try:
        text = (await whole(request, BOUNDS)).decode()
        fields = parse_qsl(
            text, keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict"
        )
    except (ClientDisconnect, TimeoutError, TooLarge, ValueError):
        raise Unreadable from None
    by_name = {name: value.replace("\r\n", "\n") for name, value in fields}
    if not by_name.get(NONCE) or not request.headers.get("content-type", "").startswith(KIND):
        raise Unreadable
    return by_name


async def read_whole(request: Request) -> Filled:
    """A form of somebody who has signed in, with its files.

    Raises:
        Unreadable: it is not one of our forms.
    """
    try:
        filled = await forms.read(request)
    except (ClientDisconnect, TimeoutError, TooLarge, forms.Unreadable, ValueError):
        raise Unreadable from None
    if not filled.nonce:
        raise Unreadable
    return filled
