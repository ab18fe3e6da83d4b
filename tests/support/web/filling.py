"""The form of an operation's page, filled in and sent as a browser does."""

from __future__ import annotations

import re
from html import unescape

import httpx

from bots.web.desk.operations.offered import page_of


def boxes_of(html: str) -> dict[str, str]:
    """What stands in a form that nobody has touched: its hidden fields."""
    form = html[html.index('<form method="post"') :]
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form)
    hidden += re.findall(r'<textarea name="([^"]+)" hidden>\n([^<]*)</textarea>', form)
    return {name: unescape(value) for name, value in hidden}


def send(mine: httpx.Client, operation: str, **typed: str) -> httpx.Response:
    """Fill in an operation's page and press its button; the page that one comes to."""
    page = page_of(operation)
    fields = boxes_of(mine.get(f"/read/{page}").text) | typed
    return mine.post(f"/read/{page}", files={"": ("", b"")} | {}, data=fields)


def say_yes(mine: httpx.Client, shown: httpx.Response) -> httpx.Response:
    """Press yes on the page that shows what would come of it."""
    return mine.post(str(shown.url.copy_with(query=None)), data=boxes_of(shown.text))
