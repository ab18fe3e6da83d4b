"""What Slack accepts, as one table: whatever is beyond it is refused before Slack refuses it.

Only what this product sends is described here; any other block or key is a fault.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, Field, ValidationError, model_validator

from bots.slack.block_kit.shapes import (
    Header,
    Id,
    InHome,
    InMessage,
    InModal,
    Input,
    Section,
    Strict,
    Title,
    at_most,
    refuse_twins,
)
from bots.slack.block_kit.sizes import (
    MOST_BLOCKS,
    MOST_METADATA,
    MOST_SECTION,
    MOST_TEXT,
    MOST_VIEW_BLOCKS,
    escape,
)


class _Event(Strict):
    event_type: Id
    event_payload: dict[str, str]


class _Readable(Strict):
    text: Annotated[str, at_most(MOST_TEXT)]
    blocks: list[InMessage] | None = Field(default=None, min_length=1, max_length=MOST_BLOCKS)

    @model_validator(mode="after")
    def _sound(self) -> Self:
        blocks = self.blocks or []
        refuse_twins(blocks)
        for block in blocks:
            # Screen readers read the text and not the blocks.
            if (
                isinstance(block, Section | Header)
                and escape(block.text.text.strip()) not in self.text
            ):
                raise ValueError("the text leaves out what a section says")
        if any(mark in self.text for mark in "<>"):
            raise ValueError("the text holds an unescaped < or >")
        return self


class _Message(_Readable):
    channel: Id
    metadata: _Event | None = None
    ts: str | None = None
    mrkdwn: Literal[False] = False
    parse: Literal["none"] = "none"
    unfurl_links: Literal[False] = False
    unfurl_media: Literal[False] = False


class _Reply(_Readable):
    response_type: Literal["ephemeral"]


class _Errors(Strict):
    response_action: Literal["errors"]
    errors: dict[Id, Annotated[str, at_most(MOST_SECTION)]] = Field(min_length=1)


class _Home(Strict):
    type: Literal["home"]
    blocks: list[InHome] = Field(min_length=1, max_length=MOST_VIEW_BLOCKS)

    @model_validator(mode="after")
    def _sound(self) -> Self:
        refuse_twins(self.blocks)
        return self


class _Modal(Strict):
    type: Literal["modal"]
    callback_id: Id
    private_metadata: Annotated[str, at_most(MOST_METADATA)]
    title: Title
    submit: Title | None = None
    close: Title
    blocks: list[InModal] = Field(min_length=1, max_length=MOST_VIEW_BLOCKS)

    @model_validator(mode="after")
    def _sound(self) -> Self:
        refuse_twins(self.blocks)
        if self.submit is None and any(isinstance(block, Input) for block in self.blocks):
            raise ValueError("a view with inputs needs its submit")
        return self


def check(message: Mapping[str, Any]) -> list[str]:
    """Everything about a message that Slack, or a screen reader, would not take."""
    return _faults(_Message, message)


def check_home(view: Mapping[str, Any]) -> list[str]:
    """Everything about a Home view that Slack would not take."""
    return _faults(_Home, view)


def check_modal(view: Mapping[str, Any]) -> list[str]:
    """Everything about a modal that Slack would not take."""
    return _faults(_Modal, view)


def check_reply(body: Mapping[str, Any]) -> list[str]:
    """Everything about the body of an acknowledgement that Slack would not take."""
    return _faults(_Errors if "response_action" in body else _Reply, body)


def _faults(kind: type[BaseModel], shape: Mapping[str, Any]) -> list[str]:
    try:
        kind.model_validate(shape)
    except ValidationError as invalid:
        return [f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in invalid.errors()]
    return []
