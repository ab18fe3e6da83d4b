"""Files that came with a message: fetched only from Slack, with our token, within size and time."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from time import monotonic
from typing import Any
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bots.interview.evidence import Handed
from bots.slack.envelopes import File
from bots.slack.settings import SLACK, Settings
from ehsg_events.values.evidence import FILE_KINDS, MOST_FILE

WITHIN = 2.5  # seconds for all files of a message; Slack waits three
PIECE = 64 * 1024
KEPT_BY_SLACK = ("https", "files.slack.com")


class NotFetched(Exception):
    """Slack did not hand a file over in time; it sends the message again."""


class _StayHere(HTTPRedirectHandler):
    """Follows no redirection: our token would go along."""

    def redirect_request(self, *_: Any) -> None:
        """Follow none."""


class Files:
    """Fetches files.

    Args:
        client: the Web API, for files of which Slack Connect says nothing but the id.
    """

    def __init__(self, client: WebClient, settings: Settings) -> None:
        self._client, self._token = client, settings.bot_token
        base = urlsplit(settings.api_url)
        ours = () if settings.api_url == SLACK else ((base.scheme, base.netloc),)
        self._allowed = (KEPT_BY_SLACK, *ours)
        self._open: Callable[..., Any] = build_opener(_StayHere).open
        self._pool = ThreadPoolExecutor(thread_name_prefix="files")

    def fetch(self, file: File, until: float) -> Handed:
        """A file with its content; without it where it would be refused anyway.

        Args:
            until: the time, as `monotonic` counts it, when waiting ends.

        Raises:
            NotFetched: it did not come, or not in time.
        """
        try:
            return self._pool.submit(self._fetch, file, until).result(_left(until))
        except (TimeoutError, OSError, ValueError, SlackApiError):
            raise NotFetched from None

    def _fetch(self, file: File, until: float) -> Handed:
        if file.file_access == "check_file_info":
            file = File.model_validate(self._client.files_info(file=file.id)["file"])
        name, size = file.name or file.id, file.size or 0
        if name.rpartition(".")[2].lower() not in FILE_KINDS or not file.url_private_download:
            return Handed(name, b"")
        if size > MOST_FILE:
            return Handed(name, b"", size)
        content = self._read(file.url_private_download, until)
        return Handed(name, content, max(size, len(content)))

    def trusts(self, url: str) -> bool:
        """Whether our token may go to an address."""
        address = urlsplit(url)
        return (address.scheme, address.netloc) in self._allowed

    def _read(self, url: str, until: float) -> bytes:
        if not self.trusts(url):
            raise NotFetched
        headers = {"Authorization": f"Bearer {self._token}"}
        request = Request(url, headers=headers)  # noqa: S310 - as checked
        with self._open(request, timeout=_left(until)) as answer:
            if answer.headers.get_content_type() == "text/html":
                raise NotFetched  # Slack's sign-in page: our token lacks the right
            return _taken(answer, until)


def _taken(answer: Any, until: float) -> bytes:
    """The content, up to just beyond the most we take; NotFetched when it takes too long."""
    taken = bytearray()
    while len(taken) <= MOST_FILE and (piece := answer.read1(PIECE)):
        taken += piece
        _left(until)
    return bytes(taken)


def _left(until: float) -> float:
    left = until - monotonic()
    if left <= 0:
        raise NotFetched
    return left
