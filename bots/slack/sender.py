"""Sends what the outbox hands it: Web API calls, and what their failures mean."""

from __future__ import annotations

import re
from collections.abc import Callable
from http.client import HTTPException
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bots.delivery.outbox import Impossible, Unsure
from bots.interview.talk import Prompt
from bots.messages.queue import Promise
from bots.slack.block_kit.blocks import Address, messages

PASSING = (  # Slack's own troubles and our token's scopes: nothing about the person
    "ratelimited", "rate_limited", "internal_error", "fatal_error", "service_unavailable",
    "request_timeout", "team_added_to_org", "missing_scope",
)  # fmt: skip
# Of an answer that it cannot read, the library gives the whole as the error.
CODE = re.compile(r"[a-z0-9_]{1,80}")
BROKEN_OFF = (OSError, HTTPException, ValueError)  # no answer, or half of one
LOOK_BACK = 100  # messages of a person's channel that are searched for one in doubt


class SlackSender:
    """Writes to people in Slack, each in the direct message channel that Slack opens for them."""

    def __init__(self, client: WebClient) -> None:
        self._client = client
        self._channels: dict[str, str] = {}

    def post(self, person: str, promise: Promise, prompt: Prompt, *, look: bool) -> str:
        """Post a prompt; returns the timestamp of the message with its buttons.

        Args:
            person: `team/user`.
            look: post only what does not stand in the channel yet.
        """
        standing = self._standing(person) if look else {}
        ts = ""
        for number, message in enumerate(messages(prompt, Address(*promise.place))):
            key = _key(promise, number)
            ts = standing.get(key) or self._post(person, message, key)
        return ts

    def change(self, person: str, reference: str, promise: Promise, prompt: Prompt) -> None:
        """Change a message; what does not fit into one is posted after it."""
        first, *rest = messages(prompt, Address(*promise.place))
        self._call(person, self._client.chat_update, ts=reference, parse="none", **first)
        for number, message in enumerate(rest, start=1):
            self._post(person, message, _key(promise, number))

    def find(self, person: str, promise: Promise) -> str | None:
        """The newest part of a message that stands in a person's channel, none when none does."""
        name = _key(promise, 0)
        standing = self._standing(person).items()
        parts = [ts for key, ts in standing if key == name or key.startswith(f"{name}/part ")]
        return max(parts, key=float, default=None)

    def _post(self, person: str, message: dict[str, Any], key: str) -> str:
        posted = self._call(
            person,
            self._client.chat_postMessage,
            metadata={"event_type": "promised", "event_payload": {"message": key}},
            mrkdwn=False,
            parse="none",
            unfurl_links=False,
            unfurl_media=False,
            **message,
        )
        return str(posted["ts"])

    def _standing(self, person: str) -> dict[str, str]:
        """The messages that stand in a person's channel, by key."""
        history = self._call(
            person,
            self._client.conversations_history,
            include_all_metadata=True,
            limit=LOOK_BACK,
        )
        by_key = {}
        for message in history["messages"]:
            payload = (message.get("metadata") or {}).get("event_payload", {})
            by_key[payload.get("message", "")] = str(message["ts"])
        return by_key

    def _call(
        self, person: str, method: Callable[..., SlackResponse], **asked: Any
    ) -> SlackResponse:
        try:
            return method(channel=self._channel(person), **asked)
        except SlackApiError as refusal:
            raise self._meaning(refusal, person) from None
        except BROKEN_OFF:
            raise Unsure from None

    def _channel(self, person: str) -> str:
        if person not in self._channels:
            opened = self._client.conversations_open(users=person.partition("/")[2])
            self._channels[person] = opened["channel"]["id"]
        return self._channels[person]

    def _meaning(self, refusal: SlackApiError, person: str) -> Exception:
        """Whether a refusal is about the person, or about Slack or our token."""
        error = str(refusal.response.get("error", "unknown"))
        self._channels.pop(person, None)  # a channel's id changes when it is shared
        if error in PASSING or not CODE.fullmatch(error):
            return Unsure()
        try:
            self._client.auth_test()
        except (SlackApiError, *BROKEN_OFF):
            return Unsure()
        return Impossible(error)


def _key(promise: Promise, number: int) -> str:
    """The name a message carries in Slack, by which it is found again; it names nobody."""
    part = f"/part {number + 1}" if number else ""
    return f"{promise.assessment}/{promise.name}{part}"
