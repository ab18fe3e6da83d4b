"""GOV.UK Notify on 127.0.0.1: it knows one service, and fails as it is told."""

from __future__ import annotations

import json
import re
import ssl
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal, NamedTuple
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import jwt

SERVICE = "26785a09-ab16-4eb0-8407-a37497a57506"
SECRET = "3d844edf-8d35-48ac-975b-e847b4f122b0"
KEY = f"our key-{SERVICE}-{SECRET}"
TEMPLATE = "f33517ff-2a88-4f6e-b855-c550268ce08a"
ELSEWHERE = {"not json": "<html>Please sign in to this network.</html>", "other json": "[]"}
MOST_APART = 30  # seconds between its clock and ours
AN_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


class Trouble(NamedTuple):
    """What goes wrong with one call.

    `answer` says no; `lost` drops the line after the call was carried out, `refused` before; `hang`
    carries it out and never answers; `not json` and `other json` are answered by somebody else.
    """

    kind: Literal["answer", "lost", "refused", "hang", "not json", "other json"]
    status: int = 500
    error: str = "Exception"
    message: str = "Internal server error"


class Refusal(Exception):
    """Notify says no."""

    def __init__(self, status: int, error: str, message: str) -> None:
        super().__init__(message)
        self.status, self.error, self.message = status, error, message


@dataclass
class Notify:
    """What Notify keeps of a service: its letters in order, and its template."""

    letters: list[dict[str, Any]] = field(default_factory=list)
    subject: str = "((subject))"
    body: str = "((body))"
    trouble: deque[Trouble | None] = field(default_factory=deque)
    calls: list[str] = field(default_factory=list)
    clock_is_off: int = 0
    url: str = ""
    over: threading.Event = field(default_factory=threading.Event)

    def carry_out(self, path: str, asked: dict[str, Any], token: str) -> tuple[int, Any]:
        """Carry a call out; its status and answer.

        Raises:
            Refusal: it is not taken.
        """
        self._look_at(token)
        address = urlsplit(path)
        if address.path == "/v2/notifications/email":
            return 201, self._take(asked)
        if address.path == "/v2/notifications":
            wanted = parse_qs(address.query)["reference"]
            found = [one for one in self.letters if one["reference"] in wanted]
            return 200, {"notifications": found, "links": {"current": path}}
        if address.path == f"/v2/template/{TEMPLATE}":
            return 200, {
                "id": TEMPLATE,
                "type": "email",
                "subject": self.subject,
                "body": self.body,
            }
        raise Refusal(404, "NoResultFound", "No result found")

    def _look_at(self, token: str) -> None:
        """Whether a token was signed with the service's secret, half a minute ago at most."""
        try:
            told = jwt.decode(token, SECRET, ["HS256"], options={"verify_iat": False})
        except jwt.InvalidTokenError:
            raise Refusal(403, "AuthError", "Invalid token: API key not found") from None
        if told.get("iss") != SERVICE:
            raise Refusal(403, "AuthError", "Invalid token: service not found")
        if abs(time.time() + self.clock_is_off - told.get("iat", 0)) > MOST_APART:
            raise Refusal(
                403, "AuthError", "Error: Your system clock must be accurate to within 30 seconds"
            )

    def _take(self, asked: dict[str, Any]) -> dict[str, Any]:
        wrong = list(_wrong(asked))
        if wrong:
            raise Refusal(400, "ValidationError", wrong[0])
        if asked["template_id"] != TEMPLATE:
            raise Refusal(400, "BadRequestError", "Template not found")
        for name in re.findall(r"\(\((\w+)\)\)", self.subject + self.body):
            if name not in asked.get("personalisation", {}):
                raise Refusal(400, "BadRequestError", f"Missing personalisation: {name}")
        letter = {"id": str(uuid4()), "status": "created", **asked}
        self.letters.append(letter)
        return {"id": letter["id"], "reference": asked.get("reference"), "content": {}}


def _wrong(asked: dict[str, Any]) -> Iterator[str]:
    if not AN_ADDRESS.fullmatch(asked["email_address"]):
        yield "email_address Not a valid email address"
    if not asked.get("one_click_unsubscribe_url", "https://").startswith("https://"):
        yield "one_click_unsubscribe_url is not a valid https url"


@contextmanager
def notify_server(tls: ssl.SSLContext | None = None) -> Iterator[Notify]:
    """Notify, served until the block ends."""
    notify = Notify()

    class Call(_Call):
        kept = notify

    with ThreadingHTTPServer(("127.0.0.1", 0), Call) as server:
        if tls is not None:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        notify.url = f"http{'s' if tls else ''}://127.0.0.1:{server.server_address[1]}"
        serving = threading.Thread(target=server.serve_forever, args=(0.02,))
        serving.start()
        try:
            yield notify
        finally:
            notify.over.set()
            server.shutdown()
            serving.join()


class _Call(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    timeout = 20
    kept: Notify

    def do_GET(self) -> None:
        self._answer({})

    def do_POST(self) -> None:
        self._answer(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def _answer(self, asked: dict[str, Any]) -> None:
        self.kept.calls.append(f"{self.command} {urlsplit(self.path).path}")
        trouble = self.kept.trouble.popleft() if self.kept.trouble else None
        if trouble is not None and trouble.kind == "answer":
            self._refuse(Refusal(trouble.status, trouble.error, trouble.message))
            return
        try:
            answer = (200, None)
            if trouble is None or trouble.kind in ("lost", "hang"):
                token = self.headers.get("Authorization", "").removeprefix("Bearer ")
                answer = self.kept.carry_out(self.path, asked, token)
        except Refusal as refusal:
            self._refuse(refusal)
            return
        if trouble is None:
            self._put(answer[0], json.dumps(answer[1]))
        elif trouble.kind in ELSEWHERE:
            self._put(200, ELSEWHERE[trouble.kind])
        else:
            self._hang_up(trouble)

    def _hang_up(self, trouble: Trouble) -> None:
        if trouble.kind == "hang":
            self.kept.over.wait(self.timeout)
        self.close_connection = True

    def _refuse(self, refusal: Refusal) -> None:
        errors = [{"error": refusal.error, "message": refusal.message}]
        self._put(refusal.status, json.dumps({"errors": errors, "status_code": refusal.status}))

    def _put(self, status: int, body: str) -> None:
        with suppress(ConnectionError):
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body.encode())))
            self.end_headers()
            self.wfile.write(body.encode())
