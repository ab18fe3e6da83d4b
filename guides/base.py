"""What every piece of a guide is made of: frozen values, short names, and text one can see."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)
ItemKind = Literal["score", "number", "text"]
LONGEST = 4000  # characters in one text


def visible(text: str) -> str:
    """The text, if it has no characters that are invisible or reverse the writing direction."""
    if match := UNSEEN.search(text):
        raise ValueError(f"it holds the invisible character U+{ord(match[0]):04X}: take it out")
    return text


Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9.-]{0,39}$")]
Text = Annotated[str, StringConstraints(max_length=LONGEST), AfterValidator(visible)]
Prose = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST), AfterValidator(visible)]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Minutes = Annotated[float, Field(gt=0, le=60, allow_inf_nan=False)]
Published = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9.-]{0,39}@[1-9][0-9]{0,5}$")]


class Part(BaseModel):
    """A frozen piece of a guide; an unknown key is a mistake, never ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
