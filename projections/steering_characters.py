"""Characters that steer a terminal or turn the reading direction, made visible."""

from __future__ import annotations

import re

STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def visible(text: str) -> str:
    """Text with a mark in place of every character that would act on the reader's screen."""
    return STEERING.sub("\N{REPLACEMENT CHARACTER}", text)
