"""A person in the loopback workspace: what they do becomes the signed request Slack would send."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode

from slack_bolt import App
from slack_sdk.signature import SignatureVerifier

from bots.slack.app import answer
from bots.slack.block_kit.limits import check_reply
from bots.slack.loopback.workspace import Message, Workspace, channel_of


class Status(int):
    """The status a request was answered with, and the body of the answer."""

    reply: str = ""


Carry = Callable[[str, Mapping[str, str]], int]
BAD = 400  # from this status on Slack shows nothing of the answer
FORM, JSON = "application/x-www-form-urlencoded", "application/json"


def in_process(app: App) -> Carry:
    """Hand requests to the Bolt app in this process."""

    def carry(body: str, headers: Mapping[str, str]) -> int:
        response = answer(app, body, headers)
        return _status(response.status, response.body)

    return carry


@contextmanager
def over_http(port: int) -> Iterator[Carry]:
    """Hand requests to a server on this machine, on one connection that stays open."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)

    def carry(body: str, headers: Mapping[str, str]) -> int:
        connection.request("POST", "/slack/events", body.encode(), dict(headers))
        answer = connection.getresponse()
        return _status(answer.status, answer.read().decode())

    with closing(connection):
        yield carry


def _status(status: int, reply: str) -> Status:
    answered = Status(status)
    answered.reply = reply
    return answered


@dataclass(frozen=True)
class Request:
    """A request as Slack sent it, the status it was answered with, and what the answer says."""

    body: str
    kind: str
    status: int
    reply: Mapping[str, Any]


class Person:
    """One person with their direct message channel.

    Args:
        workspace: where they are.
        name: their user id.
        carry: hands a request to the app and returns the status.
        team: their own workspace, when they come from another organisation.
    """

    def __init__(
        self, workspace: Workspace, name: str, carry: Carry, team: str | None = None
    ) -> None:
        self.workspace, self.name, self.carry = workspace, name, carry
        self.team = team or workspace.team
        self.channel = channel_of(name)

    @property
    def inbox(self) -> list[Message]:
        """What the bot has said to this person, as it stands."""
        return self.workspace.inbox(self.name)

    # -- doing ---------------------------------------------------------------------------------
    def click(self, message: Message, button: str) -> Request:
        """Press a button of a message, by its label or the token it stands for."""
        pressed = next(
            b for b in message.buttons if button in (b["text"]["text"], _token(b["value"]))
        )
        return self.press(pressed, message)

    def press(self, button: Mapping[str, Any], message: Message | None = None) -> Request:
        """Press a button: of a message, or of the Home tab when none is given."""
        pressed = {**button, "type": "button", "action_ts": self.workspace.next_ts()}
        payload: dict[str, Any] = {
            "type": "block_actions",
            "team": {"id": self.workspace.team},
            "user": {"id": self.name, "team_id": self.team},
            "trigger_id": "1.2.abc",
            "actions": [pressed],
        }
        if message is None:
            view = {"id": f"V{self.name}", "type": "home"}
            payload |= {"container": {"type": "view", "view_id": view["id"]}, "view": view}
        else:
            where = {"message_ts": message.ts, "channel_id": message.channel}
            payload |= {
                "container": {"type": "message", **where},
                "channel": {"id": message.channel, "name": "directmessage"},
                "message": {"ts": message.ts, "text": message.text, "bot_id": "B0LOOPBACK"},
            }
        return self.send(urlencode({"payload": json.dumps(payload)}), FORM)

    def type(self, text: str) -> tuple[str, Request]:
        """Type a message; returns its timestamp and the request."""
        ts = self.workspace.next_ts()
        self.workspace.keep(Message(self.channel, ts, self.name, text))
        return ts, self.event(self._message(ts, text))

    def edit(self, ts: str, text: str) -> Request:
        """Edit a message that was typed."""
        edited = {"user": self.name, "ts": self.workspace.next_ts()}
        before = self.workspace.messages[self.channel][ts].text
        self.workspace.keep(Message(self.channel, ts, self.name, text))
        return self.event(
            {
                **self._changed("message_changed"),
                "message": {**self._message(ts, text), "edited": edited},
                "previous_message": self._message(ts, before),
            }
        )

    def unfurl(self, ts: str) -> Request:
        """What Slack sends when it adds the preview of a link to a message."""
        text = self.workspace.messages[self.channel][ts].text
        preview = {**self._message(ts, text), "attachments": [{"title": "A page"}]}
        changed = self._changed("message_changed")
        before = {"previous_message": self._message(ts, text)}
        return self.event({**changed, "message": preview, **before})

    def delete(self, ts: str) -> Request:
        """Delete a message that was typed."""
        gone = self.workspace.messages[self.channel].pop(ts)
        before = {"deleted_ts": ts, "previous_message": self._message(ts, gone.text)}
        return self.event({**self._changed("message_deleted"), **before})

    def open_home(self) -> Request:
        """Open the app's Home tab."""
        return self.event({"type": "app_home_opened", "user": self.name, "tab": "home"})

    # -- sending -------------------------------------------------------------------------------
    def event(self, event: Mapping[str, Any]) -> Request:
        """Send an event as the Events API does."""
        number = self.workspace.next_ts()
        envelope = {
            "type": "event_callback",
            "team_id": self.workspace.team,
            "api_app_id": "A0LOOPBACK",
            "event": event,
            "event_id": f"Ev{number}",
            "event_time": int(float(number)),
        }
        return self.send(json.dumps(envelope), JSON)

    def send(self, body: str, kind: str, retry: int = 0) -> Request:
        """Sign a body and send it."""
        status = self.carry(body, self.sign(body, kind, retry))
        return Request(body, kind, status, _reply(status))

    def again(self, request: Request, retry: int = 1) -> Request:
        """The same request once more, as Slack retries it."""
        return self.send(request.body, request.kind, retry)

    def sign(self, body: str, kind: str, retry: int = 0, late: int = 0) -> dict[str, str]:
        """The headers Slack puts on a body, or put on it some seconds ago."""
        timestamp = str(int(time.time()) - late)
        verifier = SignatureVerifier(self.workspace.signing_secret)
        signature = verifier.generate_signature(timestamp=timestamp, body=body) or ""
        headers = {
            "content-type": kind,
            "x-slack-request-timestamp": timestamp,
            "x-slack-signature": signature,
        }
        if retry:
            headers |= {"x-slack-retry-num": str(retry), "x-slack-retry-reason": "http_error"}
        return headers

    def _message(self, ts: str, text: str) -> dict[str, Any]:
        base = {"type": "message", "user": self.name, "user_team": self.team, "ts": ts}
        escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return {**base, "text": escaped, "channel": self.channel, "channel_type": "im"}

    def _changed(self, subtype: str) -> dict[str, Any]:
        here = {"channel": self.channel, "channel_type": "im", "ts": self.workspace.next_ts()}
        return {"type": "message", "subtype": subtype, "hidden": True, **here}


def _reply(status: int) -> Mapping[str, Any]:
    """What the answer says, which Slack would show; it is refused when Slack would not take it."""
    text = status.reply if isinstance(status, Status) else ""
    if not text.startswith("{") or status >= BAD:
        return {}
    reply: dict[str, Any] = json.loads(text)
    faults = check_reply(reply)
    if faults:
        raise ValueError(f"Slack would not show this: {'; '.join(faults)}")
    return reply


def _token(value: str) -> str:
    return value.split("/", 3)[-1]
