"""What gives out tokens for a mail server, as Microsoft Entra does, on 127.0.0.1."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from support.loopback import served


@dataclass
class TokenServer:
    """What it is asked, and what it answers: in turn, or else a new token each time."""

    url: str = ""
    answers: list[Response] = field(default_factory=list)
    asked: list[tuple[str, dict[str, list[str]]]] = field(default_factory=list)

    async def answer(self, request: Request) -> Response:
        path = request.scope["raw_path"].decode()
        self.asked.append((path, parse_qs((await request.body()).decode())))
        return self.answers.pop(0) if self.answers else token(f"token-{len(self.asked)}")


def token(text: object, seconds: object = 3600) -> Response:
    """A token that is good for some time."""
    return json({"token_type": "Bearer", "expires_in": seconds, "access_token": text})


def json(said: object, status: int = 200) -> Response:
    """An answer in JSON."""
    return JSONResponse(said, status)


@contextmanager
def token_server() -> Iterator[TokenServer]:
    """What gives out tokens."""
    told = TokenServer()
    app = Starlette(routes=[Route("/{rest:path}", told.answer, methods=["POST"])])
    with served(app) as port:
        told.url = f"http://127.0.0.1:{port}"
        yield told
