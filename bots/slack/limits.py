"""What Slack accepts, as one table: a message or Home view beyond it is refused before Slack does.

Only the blocks this product uses are known here; a block or a key that is not is a fault. Sizes
are counted as Slack's clients count them, in UTF-16 units. Source: Slack's Block Kit reference.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

MOST_TEXT = 4000  # of a message: what chat.update takes, and where chat.postMessage reads best
MOST_SECTION, MOST_LABEL, MOST_VALUE, MOST_ID = 3000, 75, 2000, 255
MOST_BLOCKS, MOST_VIEW_BLOCKS, MOST_ACTIONS = 50, 100, 25


def size(text: str) -> int:
    """The length of a text in UTF-16 units: an emoji counts as two."""
    return len(text.encode("utf-16-le")) // 2


def escape(text: str) -> str:
    """Text with Slack's three control characters made harmless: no mention and no link is left."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _at_most(limit: int) -> AfterValidator:
    def fits(text: str) -> str:
        if not 1 <= size(text) <= limit:
            raise ValueError(f"takes 1 to {limit} characters, not {size(text)}")
        if any(ord(letter) < ord(" ") and letter not in "\n\t" for letter in text):
            raise ValueError("holds a control character")
        return text

    return AfterValidator(fits)


Id = Annotated[str, _at_most(MOST_ID)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Label(_Strict):
    type: Literal["plain_text"]
    text: Annotated[str, _at_most(MOST_LABEL)]
    emoji: bool = True


class _Words(_Strict):
    type: Literal["plain_text"]  # never mrkdwn: people's words must stay inert
    text: Annotated[str, _at_most(MOST_SECTION)]
    emoji: bool = True


class _Button(_Strict):
    type: Literal["button"]
    text: _Label
    action_id: Id
    value: Annotated[str, _at_most(MOST_VALUE)]
    style: Literal["primary", "danger"] | None = None
    accessibility_label: Annotated[str, _at_most(MOST_LABEL)] | None = None


class _Block(_Strict):
    block_id: Id | None = None


class _Section(_Block):
    type: Literal["section"]
    text: _Words


class _Actions(_Block):
    type: Literal["actions"]
    elements: list[_Button] = Field(min_length=1, max_length=MOST_ACTIONS)


_AnyBlock = Annotated[_Section | _Actions, Field(discriminator="type")]


def _refuse_twins(blocks: Sequence[_Block]) -> None:
    """Two blocks, or two buttons, may not carry the same id."""
    buttons = [
        b.action_id for block in blocks if isinstance(block, _Actions) for b in block.elements
    ]
    named = [block.block_id for block in blocks if block.block_id is not None]
    twins = [name for name, times in (Counter(buttons) + Counter(named)).items() if times > 1]
    if twins:
        raise ValueError(f"two share the id {', '.join(twins)}")


class _Event(_Strict):
    event_type: Id
    event_payload: dict[str, str]


class _Message(_Strict):
    channel: Id
    text: Annotated[str, _at_most(MOST_TEXT)]
    blocks: list[_AnyBlock] = Field(min_length=1, max_length=MOST_BLOCKS)
    metadata: _Event | None = None
    ts: str | None = None
    mrkdwn: Literal[False] = False
    parse: Literal["none"] = "none"
    unfurl_links: Literal[False] = False
    unfurl_media: Literal[False] = False

    @model_validator(mode="after")
    def _sound(self) -> Self:
        _refuse_twins(self.blocks)
        for block in self.blocks:
            # Screen readers read the text and not the blocks.
            if isinstance(block, _Section) and escape(block.text.text.strip()) not in self.text:
                raise ValueError("the text leaves out what a section says")
        if any(mark in self.text for mark in "<>"):
            raise ValueError("the text holds an unescaped < or >")
        return self


class _Home(_Strict):
    type: Literal["home"]
    blocks: list[_AnyBlock] = Field(min_length=1, max_length=MOST_VIEW_BLOCKS)

    @model_validator(mode="after")
    def _sound(self) -> Self:
        _refuse_twins(self.blocks)
        return self


def check(message: Mapping[str, Any]) -> list[str]:
    """Everything about a message that Slack, or a screen reader, would not take."""
    return _faults(_Message, message)


def check_home(view: Mapping[str, Any]) -> list[str]:
    """Everything about a Home view that Slack would not take."""
    return _faults(_Home, view)


def _faults(kind: type[BaseModel], shape: Mapping[str, Any]) -> list[str]:
    try:
        kind.model_validate(shape)
    except ValidationError as wrong:
        return [f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in wrong.errors()]
    return []
