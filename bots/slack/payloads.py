"""What Slack sends, parsed: everything is hostile until it has become one of these values."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel, Field, ValidationError

from bots.slack.blocks import Address, read_value

TYPED = (None, "file_share", "thread_broadcast", "me_message")  # a person typed this message
MARK = re.compile(r"<(?:([@#!])([^>|\s]*)|([a-z]+:[^>|\s]*))(?:\|([^>]*))?>")


class Heard(NamedTuple):
    """Something a person did in Slack.

    `person` is `team/user`; `key` and `source` are digests, since a channel belongs to a person.
    """

    kind: Literal["choice", "words", "edit", "deletion"]
    person: str
    text: str
    key: str
    source: str | None = None
    address: Address | None = None


class _Team(BaseModel):
    id: str


class _Presser(BaseModel):
    id: str
    team_id: str | None = None


class _Container(BaseModel):
    channel_id: str | None = None
    message_ts: str | None = None
    view_id: str | None = None


class _Action(BaseModel):
    value: str
    action_ts: str


class _Click(BaseModel):
    team: _Team | None = None
    user: _Presser
    container: _Container
    actions: list[_Action] = Field(min_length=1)


class _Edited(BaseModel):
    ts: str


class _Said(BaseModel):
    user: str | None = None
    user_team: str | None = None
    team: str | None = None
    bot_id: str | None = None
    ts: str = ""
    text: str = ""
    edited: _Edited | None = None


class _Message(_Said):
    subtype: str | None = None
    channel: str
    channel_type: Literal["im"]
    deleted_ts: str | None = None
    message: _Said | None = None
    previous_message: _Said | None = None


class _Envelope(BaseModel):
    team_id: str
    event: _Message


class _Opened(BaseModel):
    user: str
    user_team: str | None = None
    tab: Literal["home"]


class _HomeEnvelope(BaseModel):
    team_id: str
    event: _Opened


def read_opened_home(body: Mapping[str, Any]) -> str | None:
    """Who opened the Home tab, as `team/user`; none when it was another tab."""
    try:
        opened = _HomeEnvelope.model_validate(body)
    except ValidationError:
        return None
    return f"{opened.event.user_team or opened.team_id}/{opened.event.user}"


def read_click(body: Mapping[str, Any]) -> Heard | None:
    """A pressed button, none when the payload is not one of ours."""
    try:
        click = _Click.model_validate(body)
    except ValidationError:
        return None
    found, where, action = read_value(click.actions[0].value), click.container, click.actions[0]
    team = click.user.team_id or (click.team.id if click.team else None)
    if found is None or team is None:
        return None
    place = f"{where.channel_id}:{where.message_ts}" if where.message_ts else where.view_id
    key = _digest(f"click {place}:{action.action_ts}")
    return Heard("choice", f"{team}/{click.user.id}", found[1], key, address=found[0])


def read_message(body: Mapping[str, Any]) -> Heard | None:
    """A message typed, edited or deleted by a person; none for everything else.

    A bot's own messages come back, with or without a user, and the preview of a link comes as a
    change that nobody edited: neither is something a person said.
    """
    try:
        envelope = _Envelope.model_validate(body)
    except ValidationError:
        return None
    event = envelope.event
    match event.subtype:
        case "message_changed" if event.message and event.message.edited:
            key = f"edit {event.channel}:{event.message.ts}:{event.message.edited.ts}"
            return _heard("edit", event.message, event, envelope, key, event.message.ts)
        case "message_deleted" if event.previous_message and event.deleted_ts:
            key = f"deletion {event.channel}:{event.deleted_ts}"
            said = event.previous_message
            return _heard("deletion", said, event, envelope, key, event.deleted_ts)
        case subtype if subtype in TYPED and event.text.strip():
            key = f"message {event.channel}:{event.ts}"
            return _heard("words", event, event, envelope, key, event.ts)
    return None


def _heard(
    kind: Literal["words", "edit", "deletion"],
    said: _Said,
    event: _Message,
    envelope: _Envelope,
    key: str,
    ts: str,
) -> Heard | None:
    if said.bot_id is not None or said.user is None:
        return None
    team = said.user_team or said.team or event.user_team or event.team or envelope.team_id
    source = _digest(f"message {event.channel}:{ts}")
    return Heard(kind, f"{team}/{said.user}", as_typed(said.text), _digest(key), source)


def as_typed(text: str) -> str:
    """Slack's text as the person typed it: entities and link marks undone."""
    plain = MARK.sub(_unmark, text)
    return plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _unmark(mark: re.Match[str]) -> str:
    sign, name, link, label = mark.groups()
    if sign == "@":
        return f"@{label or 'someone'}"  # a person's Slack id is nobody's evidence
    if sign is not None:
        return f"{'#' if sign == '#' else '@'}{label or name}"
    return str(link) if label is None or label in link else f"{label} ({link})"


def _digest(key: str) -> str:
    return hashlib.sha256(f"slack {key}".encode()).hexdigest()
