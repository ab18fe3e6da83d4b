"""What Slack sends, parsed: everything is hostile until it has become one of these values."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from pydantic import ValidationError

from bots.slack.block_kit.blocks import Address, read_value
from bots.slack.envelopes import (
    Click,
    Command,
    File,
    HomeEnvelope,
    Message,
    MessageEnvelope,
    RevokedEnvelope,
    SaidInChat,
    Submission,
)
from ehsg_events.values.evidence import file_kind

TYPED = (None, "file_share", "thread_broadcast", "me_message")  # a person typed this message
MARK = re.compile(r"<(?:([@#!])([^<>|\s]*+)|([a-z]++:[^<>|\s]*+))(?:\|([^<>]*+))?>")


class Heard(NamedTuple):
    """Something a person did in Slack.

    `person` is `team/user`; `key` and `source` are digests, since a channel belongs to a person.
    The key of a message is the `source` that its edits and its deletion name.
    `trigger` lets a window be opened within three seconds; `at_home` is a button of the Home tab.
    `ts` is when a message was first typed, by Slack's clock; `origin` is where a forwarded one is
    from.
    """

    kind: Literal["choice", "words", "edit", "deletion"]
    person: str
    text: str
    key: str
    source: str | None = None
    address: Address | None = None
    files: tuple[File, ...] = ()
    trigger: str = ""
    at_home: bool = False
    ts: str = ""
    origin: str = ""


class Submitted(NamedTuple):
    """A window that was filled in: whose, what it is about, and what stands in its boxes.

    `key` is the window's, so that it is taken once; `attempt` is the key of one press of a button.
    """

    person: str
    address: Address
    token: str
    boxes: Mapping[str, str]
    key: str
    attempt: str


class Opened(NamedTuple):
    """The Home tab was opened: Slack names the user, and the app's workspace, but not theirs."""

    user: str
    team: str


class Ordered(NamedTuple):
    """A slash command."""

    person: str
    text: str
    key: str


def read_opened_home(body: Mapping[str, Any]) -> Opened | None:
    """Who opened the Home tab; none when it was another tab."""
    try:
        opened = HomeEnvelope.model_validate(body)
    except ValidationError:
        return None
    return Opened(opened.event.user, opened.team_id)


def read_revoked(body: Mapping[str, Any]) -> bool:
    """Whether Slack says that a token of a bot was revoked."""
    try:
        return bool(RevokedEnvelope.model_validate(body).event.tokens.bot)
    except ValidationError:
        return False


def read_click(body: Mapping[str, Any]) -> Heard | None:
    """A pressed button, none when the payload is not one of ours."""
    try:
        click = Click.model_validate(body)
    except ValidationError:
        return None
    action, container = click.actions[0], click.container
    carried, ts = read_value(action.value), container.message_ts
    if carried is None or click.person is None:
        return None
    origin = f"{container.channel_id}:{ts}" if ts else container.view_id
    return Heard(
        "choice",
        click.person,
        carried[1],
        digest(f"click {origin}:{action.action_ts}"),
        address=carried[0],
        trigger=click.trigger_id,
        at_home=ts is None,
    )


def read_submission(body: Mapping[str, Any]) -> Submitted | None:
    """A window that was filled in, none when it is not one of ours."""
    try:
        submission = Submission.model_validate(body)
    except ValidationError:
        return None
    view, person = submission.view, submission.person
    carried = read_value(view.private_metadata)
    if carried is None or person is None:
        return None
    typed = {
        box: element.text
        for box, elements in view.state.values.items()
        for element in elements.values()
    }
    key = f"view {view.id}:{view.hash}"
    attempt = digest(f"{key}:{submission.trigger_id}")
    return Submitted(person, *carried, typed, digest(key), attempt)


def read_command(body: Mapping[str, Any]) -> Ordered | None:
    """A slash command, none when it is not whole."""
    try:
        command = Command.model_validate(body)
    except ValidationError:
        return None
    key = digest(f"command {command.trigger_id}")
    return Ordered(f"{command.team_id}/{command.user_id}", command.text.strip(), key)


def read_message(body: Mapping[str, Any]) -> Heard | None:
    """A message typed, edited or deleted by a person; none for everything else.

    A bot's own messages come back, with or without a user, and the preview of a link comes as a
    change that nobody edited: neither is something a person said.
    """
    try:
        envelope = MessageEnvelope.model_validate(body)
    except ValidationError:
        return None
    event = envelope.event
    match event.subtype:
        case "message_changed" if event.message and event.message.edited:
            key = f"edit {event.channel}:{event.message.ts}:{event.message.edited.ts}"
            return _heard("edit", event.message, event, envelope, key, event.message.ts)
        case "message_deleted" if event.previous_message and event.deleted_ts:
            key = f"deletion {event.channel}:{event.deleted_ts}"
            previous = event.previous_message
            return _heard("deletion", previous, event, envelope, key, event.deleted_ts)
        case subtype if subtype in TYPED:
            key = f"message {event.channel}:{event.ts}"
            return _heard("words", event, event, envelope, key, event.ts)
    return None


def _heard(
    kind: Literal["words", "edit", "deletion"],
    message: SaidInChat,
    event: Message,
    envelope: MessageEnvelope,
    key: str,
    ts: str,
) -> Heard | None:
    if message.bot_id is not None or message.user is None:
        return None
    team = message.user_team or message.team or event.user_team or event.team or envelope.team_id
    source = digest(f"message {event.channel}:{ts}")
    text, origin = _with_what_was_forwarded(message)
    if kind == "edit" and not text.strip() and message.files:
        file = message.files[0]
        text = file_kind(
            (file.name or "").rpartition(".")[2].lower()
        )  # as one without words is kept
    person = f"{team}/{message.user}"
    files = tuple(message.files)
    return Heard(kind, person, text, digest(key), source, files=files, ts=ts, origin=origin)


def _with_what_was_forwarded(message: SaidInChat) -> tuple[str, str]:
    """The words of a message and of those forwarded with it, and where the latter are from."""
    shared = message.forwarded
    words = [message.words, *(one.text or one.fallback for one in shared)]
    names = [f"{one.author_name} in {one.channel_name}".strip() for one in shared]
    said_by = [name.removeprefix("in ").removesuffix(" in") for name in names]
    origin = f"forwarded in Slack: {', '.join(filter(None, said_by)) or 'no name given'}"
    text = "\n".join(as_typed(part) for part in words if part.strip())
    return text, as_typed(origin) if shared else ""


def who(body: Mapping[str, Any]) -> str | None:
    """Who did something, whatever they did; none when the request does not tell."""
    message = read_message(body)
    if message is not None:
        return message.person
    click, submitted, command = read_click(body), read_submission(body), read_command(body)
    return next((each.person for each in (click, submitted, command) if each), None)


def first_box(body: Mapping[str, Any]) -> str | None:
    """The first box of a window that was submitted, none when no window was."""
    if body.get("type") != "view_submission":
        return None
    submitted = read_submission(body)
    return next(iter(submitted.boxes), None) if submitted else None


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


def digest(key: str) -> str:
    """A digest of an id of Slack's, which may stand on the log."""
    return hashlib.sha256(f"slack {key}".encode()).hexdigest()
