"""A pretend Slack workspace on 127.0.0.1, for the rehearsal and the tests.

It speaks the Web API methods this product uses, refuses what Slack would refuse, and keeps each
direct message as the person would see it. It can be told to fail as Slack does: too many requests,
or a connection lost after the message was taken.
"""

from __future__ import annotations

import json
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from bots.slack.block_kit.limits import check, check_home, check_modal
from bots.slack.loopback.files import Uploads
from bots.slack.loopback.http import Trouble, WebApi

APP, BOT_ID, BOT = "A0LOOPBACK", "B0LOOPBACK", "U0LOOPBACK"


@dataclass
class Message:
    """One message of a direct message channel, as it stands."""

    channel: str
    ts: str
    author: str
    text: str
    blocks: list[dict[str, Any]] = field(default_factory=list)
    metadata: dict[str, Any] | None = None

    @property
    def buttons(self) -> list[dict[str, Any]]:
        """Its buttons, in order."""
        rows = (block["elements"] for block in self.blocks if block["type"] == "actions")
        return [button for row in rows for button in row]


class Workspace:
    """The workspace and its Web API.

    Args:
        team: the workspace's id.
        clock: seconds since 1970, for the messages' timestamps, which always rise, and for how
            long a caller that asked too often is to wait.
        memory: a file that keeps the messages, so that the workspace outlives a killed rehearsal.
    """

    token, app_token, signing_secret = "xoxb-loopback", "xapp-loopback", "loopback-signing-secret"

    def __init__(
        self,
        team: str = "T0LOOPBACK",
        clock: Callable[[], float] = time.time,
        memory: Path | None = None,
    ) -> None:
        self.team = team
        self.messages: dict[str, dict[str, Message]] = defaultdict(dict)
        self.homes: dict[str, dict[str, Any]] = {}
        self.windows: list[dict[str, Any]] = []  # as they were opened, the newest last
        self.uploads = Uploads(self.token)
        self.calls: list[str] = []
        self.left: set[str] = set()
        self.trouble: dict[str, deque[Trouble | None]] = defaultdict(deque)
        self.changed = threading.Condition()
        self.socket_url = ""  # where Socket Mode is served, when it is
        self._clock, self._last = clock, 0
        self._memory = memory
        self._remember()
        self._server = WebApi(self.answer, self.uploads.fetch, self.trouble, clock)
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    @property
    def url(self) -> str:
        """The Web API's base, for `SLACK_API_URL`."""
        return f"http://127.0.0.1:{self._server.server_port}/api/"

    @property
    def too_soon(self) -> int:
        """How many calls came back before the time they were told to wait."""
        return self._server.too_soon

    def forgive(self) -> None:
        """Let nobody wait any longer: a new process does not know what another was told."""
        self._server.shut_until.clear()

    @property
    def always(self) -> dict[str, Trouble]:
        """What goes wrong with every call of a method, or of a method and channel."""
        return self._server.always

    def keep_to(self, limit: Callable[[str, str], int]) -> None:
        """Send calls away for as many seconds as `limit` says of their method and channel."""
        self._server.limit = limit

    def close(self) -> None:
        """Stop answering."""
        self._server.shutdown()
        self._server.server_close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def inbox(self, person: str) -> list[Message]:
        """What the bot has said to a person, as it stands on their screen, oldest first."""
        with self.changed:
            messages = self.messages[channel_of(person)].values()
            return [message for message in messages if message.author == BOT]

    def next_ts(self) -> str:
        """A timestamp later than every one before."""
        with self.changed:
            self._last = max(self._last + 1, int(self._clock() * 1_000_000))
            return f"{self._last // 1_000_000}.{self._last % 1_000_000:06}"

    def keep(self, message: Message) -> None:
        """Put a message on the screen, or a new state of one."""
        with self.changed:
            self.messages[message.channel][message.ts] = message
            if self._memory is not None:
                with self._memory.open("a") as out:
                    out.write(json.dumps(asdict(message)) + "\n")
            self.changed.notify_all()

    def _remember(self) -> None:
        if self._memory is None or not self._memory.exists():
            return
        for line in self._memory.read_text().splitlines():
            try:
                message = Message(**json.loads(line))
            except ValueError:  # the line that was being written at the kill
                continue
            self.messages[message.channel][message.ts] = message
            self._last = max(self._last, int(message.ts.replace(".", "")))

    def answer(self, method: str, asked: dict[str, Any], token: str) -> dict[str, Any]:
        """Carry out one Web API call."""
        self.calls.append(method)
        if token != (self.app_token if method == "apps.connections.open" else self.token):
            return _no("invalid_auth")
        methods: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
            "apps.connections.open": lambda _: {"ok": True, "url": self.socket_url},
            "auth.test": self._auth_test,
            "conversations.open": self._open,
            "conversations.history": self._history,
            "chat.postMessage": self._post,
            "chat.update": self._change,
            "views.publish": self._publish,
            "views.open": self._open_window,
            "files.info": lambda asked: self.uploads.info(asked["file"], self.url),
        }
        return methods[method](asked) if method in methods else _no("unknown_method")

    def _auth_test(self, _: dict[str, Any]) -> dict[str, Any]:
        me = {"team_id": self.team, "user_id": BOT, "bot_id": BOT_ID}
        return {"ok": True, "url": self.url, "team": "Loopback", "user": "early-help", **me}

    def _open(self, asked: dict[str, Any]) -> dict[str, Any]:
        person = asked.get("users", "")
        if person in self.left or person[:1] not in ("U", "W"):
            return _no("user_not_found")
        return {"ok": True, "channel": {"id": channel_of(person)}}

    def _history(self, asked: dict[str, Any]) -> dict[str, Any]:
        newest_first = list(self.messages[asked["channel"]].values())[::-1]
        return {"ok": True, "messages": [_seen(m) for m in newest_first[: int(asked["limit"])]]}

    def _post(self, asked: dict[str, Any]) -> dict[str, Any]:
        faults = check(asked)
        if faults:
            return {**_no("invalid_blocks"), "response_metadata": {"messages": faults}}
        if person_of(asked["channel"]) in self.left:
            return _no("channel_not_found")
        ts = self.next_ts()
        message = Message(
            asked["channel"], ts, BOT, asked["text"], asked.get("blocks", []), asked.get("metadata")
        )
        self.keep(message)
        return {"ok": True, "channel": message.channel, "ts": ts, "message": _seen(message)}

    def _change(self, asked: dict[str, Any]) -> dict[str, Any]:
        faults = check(asked)
        if faults:
            return {**_no("invalid_blocks"), "response_metadata": {"messages": faults}}
        before = self.messages[asked["channel"]].get(asked["ts"])
        if before is None or before.author != BOT:
            return _no("message_not_found")
        metadata = asked.get("metadata", before.metadata)
        text, blocks = asked["text"], asked.get("blocks", [])
        self.keep(Message(before.channel, before.ts, BOT, text, blocks, metadata))
        return {"ok": True, "channel": before.channel, "ts": before.ts, "text": asked["text"]}

    def _publish(self, asked: dict[str, Any]) -> dict[str, Any]:
        faults = check_home(asked["view"])
        if faults:
            return {**_no("invalid_arguments"), "response_metadata": {"messages": faults}}
        with self.changed:
            self.homes[asked["user_id"]] = asked["view"]
            self.changed.notify_all()
        return {"ok": True, "view": {"id": "V0LOOPBACK", **asked["view"]}}

    def _open_window(self, asked: dict[str, Any]) -> dict[str, Any]:
        faults = check_modal(asked["view"])
        if faults:
            return {**_no("invalid_arguments"), "response_metadata": {"messages": faults}}
        if not asked.get("trigger_id"):
            return _no("invalid_trigger_id")
        with self.changed:
            number = len(self.windows) + 1
            view = {"id": f"V{number:09}", "hash": f"{number}.window", **asked["view"]}
            self.windows.append(view)
            self.changed.notify_all()
        return {"ok": True, "view": view}


def channel_of(person: str) -> str:
    """The direct message channel of a person."""
    return f"D{person}"


def person_of(channel: str) -> str:
    """The person a direct message channel belongs to."""
    return channel[1:]


def _no(error: str) -> dict[str, Any]:
    return {"ok": False, "error": error}


def _seen(message: Message) -> dict[str, Any]:
    seen = {"type": "message", "ts": message.ts, "text": message.text, "user": message.author}
    return {**seen, "blocks": message.blocks, "metadata": message.metadata}
