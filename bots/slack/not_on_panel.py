"""Tells people who are on no panel that they are not, at most once an hour, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from slack_sdk import WebClient

from bots.slack.background import BackgroundTasks
from bots.slack.block_kit.blocks import said

NOT_AGAIN = timedelta(hours=1)


class NotOnPanel:
    """Answers people whose words or buttons are not taken, in their own direct messages."""

    def __init__(
        self, client: WebClient, clock: Callable[[], datetime], background: BackgroundTasks
    ) -> None:
        self._client, self._clock, self._background = client, clock, background
        self._answered: dict[str, datetime] = {}

    def turn_away(self, person: str, text: str) -> None:
        """Tell somebody that nothing was done, unless they were told within the hour."""
        now = self._clock()
        recent = {who: at for who, at in self._answered.items() if now - at < NOT_AGAIN}
        self._answered = recent | {person: recent.get(person, now)}
        if person not in recent:
            self._background.do("a stranger was not answered", lambda: self._tell(person, text))

    def _tell(self, person: str, text: str) -> None:
        client = self._client
        opened = client.conversations_open(users=person.partition("/")[2])
        client.chat_postMessage(
            channel=opened["channel"]["id"],
            mrkdwn=False,
            parse="none",
            unfurl_links=False,
            unfurl_media=False,
            **said(text),
        )
