"""Sends what the outbox hands it: Web API calls, and what their failures mean."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from typing import Any
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bots.delivery.sender import Down, Gone, Impossible, Later, Unsure
from bots.interview.talk import Prompt
from bots.messages.promise import Promise
from bots.slack import errors
from bots.slack.block_kit.blocks import Address, messages, unadorned
from ehsg_events.kernel import Surface

BROKEN_OFF = (OSError, HTTPException, ValueError)  # no answer, or half of one
LOOK_BACK = 100  # messages of a person's channel that are searched for one in doubt
UNREAD = "unknown"  # stands for an error that is no code
NO_CONNECTION = "no connection"
LEASE = timedelta(seconds=60)  # longer than the calls to Slack of one turn
WAIT = 30  # seconds to wait when Slack asks us to and does not say how long

logger = logging.getLogger("ehsg.slack")


def _now() -> datetime:
    return datetime.now(UTC)


class SlackSender:
    """Writes to people in Slack, each in the direct message channel that Slack opens for them.

    It never sleeps: whom Slack lets wait is left to the outbox, with the time that Slack names.

    Args:
        clock: says now, in UTC.
    """

    surface: Surface = "slack"
    can_look, lease = True, LEASE

    def __init__(self, client: WebClient, clock: Callable[[], datetime] = _now) -> None:
        self._client, self._clock = client, clock
        self._channels: dict[str, str] = {}
        self._shut_until: dict[tuple[str, str], datetime] = {}  # by method and channel

    def check(self) -> None:
        """Ask Slack whether it takes anything from us.

        Raises:
            Down: it does not.
        """
        try:
            self._client.auth_test()
        except SlackApiError as refusal:
            code = _code(refusal)
            if code not in errors.RATE_LIMITED:  # it answers us, which is enough
                raise Down(code, refuses_us=code in errors.REFUSES_US) from None
        except BROKEN_OFF:
            raise Down(NO_CONNECTION) from None

    def post(self, person: str, promise: Promise, content: Prompt, *, look: bool) -> str:
        """Post a message; returns the timestamp of the message with its buttons.

        Args:
            person: `team/user`.
            look: post only what does not stand in the channel yet.
        """
        standing = self._standing(person) if look else {}
        ts = ""
        for number, message in enumerate(messages(content, Address(*promise.place))):
            key = _key(promise, number)
            ts = standing.get(key) or self._post(person, message, key, standing)
        return ts

    def change(self, person: str, reference: str, promise: Promise, content: Prompt) -> None:
        """Change a message; what does not fit into one is posted after it."""
        first, *rest = messages(content, Address(*promise.place))
        try:
            self._update(person, reference, first)
        except _RefusedContent as refused:
            first, *plain = _said_plainly(first, refused, promise.name)
            self._update_plainly(person, reference, first)
            rest = plain + rest
        for number, message in enumerate(rest, start=1):
            self._post(person, message, _key(promise, number), {})

    def find(self, person: str, promise: Promise) -> str | None:
        """The newest part of a message that stands in a person's channel, none when none does."""
        name = _key(promise, 0)
        standing = self._standing(person).items()
        parts = [ts for key, ts in standing if key == name or key.startswith(f"{name}/part ")]
        return max(parts, key=float, default=None)

    # -- calls ---------------------------------------------------------------------------------
    def _post(
        self, person: str, message: dict[str, Any], key: str, standing: dict[str, str]
    ) -> str:
        """Post a message; one whose blocks or length Slack refuses is said in plain text."""
        try:
            return self._post_as_it_is(person, message, key)
        except _RefusedContent as refused:
            ts = ""
            for number, plain in enumerate(_said_plainly(message, refused, key)):
                name = f"{key}/plain {number + 1}" if number else key
                ts = standing.get(name) or self._post_plainly(person, plain, name)
            return ts

    def _post_plainly(self, person: str, message: dict[str, Any], key: str) -> str:
        try:
            return self._post_as_it_is(person, message, key)
        except _RefusedContent as refused:
            raise Later(str(refused)) from None

    def _post_as_it_is(self, person: str, message: dict[str, Any], key: str) -> str:
        posted = self._call(
            person,
            "chat.postMessage",
            self._client.chat_postMessage,
            metadata={"event_type": "promised", "event_payload": {"message": key}},
            mrkdwn=False,
            parse="none",
            unfurl_links=False,
            unfurl_media=False,
            **message,
        )
        return str(posted["ts"])

    def _update(self, person: str, reference: str, message: dict[str, Any]) -> None:
        update = self._client.chat_update
        self._call(person, "chat.update", update, ts=reference, parse="none", **message)

    def _update_plainly(self, person: str, reference: str, message: dict[str, Any]) -> None:
        try:
            self._update(person, reference, message)
        except _RefusedContent as refused:
            raise Gone(str(refused)) from None

    def _standing(self, person: str) -> dict[str, str]:
        """The messages that stand in a person's channel, by key."""
        history = self._call(
            person,
            "conversations.history",
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
        self, person: str, name: str, method: Callable[..., SlackResponse], **asked: Any
    ) -> SlackResponse:
        """Call a method for a person's channel, which is opened anew if Slack no longer knows it."""
        known = person in self._channels
        try:
            return self._call_once(person, name, method, **asked)
        except _StaleChannel as refusal:
            self._channels.pop(person, None)
            if not known:
                raise Later(refusal.code) from None
        try:
            return self._call_once(person, name, method, **asked)
        except _StaleChannel as refusal:
            self._channels.pop(person, None)
            raise Later(refusal.code) from None

    def _call_once(
        self, person: str, name: str, method: Callable[..., SlackResponse], **asked: Any
    ) -> SlackResponse:
        channel = self._channel(person)
        return self._ask(name, channel, lambda: method(channel=channel, **asked))

    def _channel(self, person: str) -> str:
        if person not in self._channels:
            user = person.partition("/")[2]
            opened = self._ask(
                "conversations.open", "", lambda: self._client.conversations_open(users=user)
            )
            self._channels[person] = opened["channel"]["id"]
        return self._channels[person]

    def _ask(self, name: str, channel: str, call: Callable[[], SlackResponse]) -> SlackResponse:
        """Call Slack, unless it said that this is to wait."""
        # Posting is limited for each channel, everything else for the whole app.
        gate = (name, channel if name.startswith("chat.") else "")
        left = self._shut_until.get(gate, self._clock()) - self._clock()
        if left > timedelta(0):
            raise Later("ratelimited", left)
        self._shut_until.pop(gate, None)
        try:
            return call()
        except SlackApiError as refusal:
            later = _told_to_wait(refusal)
            if later is not None and later.after is not None:
                self._shut_until[gate] = self._clock() + later.after
            raise later or self._meaning(_code(refusal)) from None
        except BROKEN_OFF as broken:
            raise self._of_a_lost_connection(broken) from None

    # -- what failures mean ------------------------------------------------------------------------
    def _meaning(self, code: str) -> Exception:
        """Whether a refusal is about the person, the message, Slack, or our token."""
        if code in errors.GONE:
            return Gone(code)
        if code in errors.REFUSED_CONTENT:
            return _RefusedContent(code)
        if code in errors.REFUSES_US and code != errors.OF_US_OR_THEM:
            return Down(code, refuses_us=True)
        try:
            self.check()  # when our token was revoked, a call may say anything
        except Down as down:
            return down
        if code in errors.STALE_CHANNEL:
            return _StaleChannel(code)
        if code in errors.UNREACHABLE or code == errors.OF_US_OR_THEM:
            return Impossible(code)
        return Unsure() if code in errors.OF_SLACK or code == UNREAD else Later(code)

    def _of_a_lost_connection(self, broken: Exception) -> Exception:
        """Whether nothing was sent, or nobody knows."""
        refused = isinstance(broken, URLError) and isinstance(broken.reason, ConnectionRefusedError)
        if refused:
            return Down(NO_CONNECTION)
        try:
            self.check()
        except Down as down:
            return down
        return Unsure()


class _StaleChannel(Exception):
    """Slack does not know the channel by this id."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class _RefusedContent(Exception):
    """Slack does not take a message as it is written."""


def _said_plainly(
    message: dict[str, Any], refused: _RefusedContent, name: str
) -> list[dict[str, Any]]:
    logger.error("Slack refuses %s as it is written (%s); it is said in plain text", name, refused)
    return unadorned(message)


def _told_to_wait(refusal: SlackApiError) -> Later | None:
    """How long Slack lets us wait, if it does."""
    response = refusal.response
    if response.status_code != 429 and _code(refusal) not in errors.RATE_LIMITED:
        return None
    headers = {name.lower(): value for name, value in (response.headers or {}).items()}
    asked = str(headers.get("retry-after", ""))
    return Later("ratelimited", timedelta(seconds=int(asked) if asked.isdigit() else WAIT))


def _code(refusal: SlackApiError) -> str:
    code = str(refusal.response.get("error", UNREAD))
    return code if errors.CODE.fullmatch(code) else UNREAD


def _key(promise: Promise, number: int) -> str:
    """The name a message carries in Slack, by which it is found again; it names nobody."""
    part = f"/part {number + 1}" if number else ""
    return f"{promise.assessment}/{promise.name}{part}"
