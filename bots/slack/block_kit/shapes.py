"""The blocks this product uses, each within what Slack takes of it; others are faults."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from bots.slack.block_kit.sizes import (
    MOST_ACTIONS,
    MOST_HEADER,
    MOST_ID,
    MOST_INPUT_LABEL,
    MOST_LABEL,
    MOST_OPTION,
    MOST_OPTIONS,
    MOST_PLACEHOLDER,
    MOST_SECTION,
    MOST_TITLE,
    MOST_TYPED,
    MOST_VALUE,
    size,
)

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")  # all but tab and line break


def at_most(limit: int) -> AfterValidator:
    """Text of 1 to `limit` characters, without control characters."""

    def fits(text: str) -> str:
        if not 1 <= size(text) <= limit:
            raise ValueError(f"takes 1 to {limit} characters, not {size(text)}")
        if CONTROL.search(text):
            raise ValueError("holds a control character")
        return text

    return AfterValidator(fits)


Id = Annotated[str, at_most(MOST_ID)]


class Strict(BaseModel):
    """A shape without undeclared keys."""

    model_config = ConfigDict(extra="forbid")


class _Plain(Strict):
    type: Literal["plain_text"]  # never mrkdwn: people's words must stay inert
    emoji: bool = True


class _Label(_Plain):
    text: Annotated[str, at_most(MOST_LABEL)]


class _Words(_Plain):
    text: Annotated[str, at_most(MOST_SECTION)]


class _Headline(_Plain):
    text: Annotated[str, at_most(MOST_HEADER)]


class Title(_Plain):
    """What stands above a modal, or on its buttons."""

    text: Annotated[str, at_most(MOST_TITLE)]


class _InputLabel(_Plain):
    text: Annotated[str, at_most(MOST_INPUT_LABEL)]


class _Placeholder(_Plain):
    text: Annotated[str, at_most(MOST_PLACEHOLDER)]


# -- elements ----------------------------------------------------------------------------------
class _Button(Strict):
    type: Literal["button"]
    text: _Label
    action_id: Id
    value: Annotated[str, at_most(MOST_VALUE)]
    style: Literal["primary", "danger"] | None = None
    accessibility_label: Annotated[str, at_most(MOST_LABEL)] | None = None


class _TextBox(Strict):
    type: Literal["plain_text_input"]
    action_id: Id
    multiline: bool = False
    max_length: int = Field(ge=1, le=MOST_TYPED)
    initial_value: str = ""
    placeholder: _Placeholder | None = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if size(self.initial_value) > self.max_length:
            raise ValueError("the value it begins with is longer than it takes")
        return self


class _DatePicker(Strict):
    type: Literal["datepicker"]
    action_id: Id
    initial_date: date | None = None
    placeholder: _Placeholder | None = None


class _Option(Strict):
    text: _Label
    value: Annotated[str, at_most(MOST_OPTION)]


class _Select(Strict):
    type: Literal["static_select"]
    action_id: Id
    options: list[_Option] = Field(min_length=1, max_length=MOST_OPTIONS)
    placeholder: _Placeholder | None = None


_Element = Annotated[_TextBox | _DatePicker | _Select, Field(discriminator="type")]


# -- blocks ------------------------------------------------------------------------------------
class _Block(Strict):
    block_id: Id | None = None

    @property
    def ids(self) -> Iterator[str]:
        """The ids that no other block may have."""
        if self.block_id is not None:
            yield self.block_id


class Section(_Block):
    """Words to read."""

    type: Literal["section"]
    text: _Words


class Header(_Block):
    """A heading above what belongs together."""

    type: Literal["header"]
    text: _Headline


class _Actions(_Block):
    type: Literal["actions"]
    elements: list[_Button] = Field(min_length=1, max_length=MOST_ACTIONS)

    @property
    def ids(self) -> Iterator[str]:
        """Its own id, and those of its buttons."""
        yield from super().ids
        yield from (button.action_id for button in self.elements)


class Input(_Block):
    """A box of a modal."""

    type: Literal["input"]
    block_id: Id
    label: _InputLabel
    element: _Element
    optional: bool = False
    hint: _InputLabel | None = None


InMessage = Annotated[Section | Header | _Actions, Field(discriminator="type")]
InHome = Annotated[Section | Header | _Actions, Field(discriminator="type")]
InModal = Annotated[Section | Input, Field(discriminator="type")]


def refuse_twins(blocks: Sequence[_Block]) -> None:
    """Refuse two blocks, or two buttons, that carry the same id."""
    counts = Counter(name for block in blocks for name in block.ids)
    twins = [name for name, times in counts.items() if times > 1]
    if twins:
        raise ValueError(f"two share the id {', '.join(twins)}")
