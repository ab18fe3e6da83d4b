"""What of typed words a refusal may repeat: a value of a small form, never words. Pure.

A refusal is recorded, printed and read by others than whoever typed. Somebody may type what they
would say to a person where a level is asked for; so only what has the form of a level, a number, a
date or an id is said back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

SMALL = re.compile(r"(?=\S*\d)[A-Za-z0-9.,:/+%£-]{1,24}")  # a level, a number, a date, an id
ONE_WORD = re.compile(r"[\w.,:/+%£'’-]{0,24}")  # what a coordinator typed for themselves to read
LEFT_OUT = "…"


def is_small(typed: str) -> bool:
    """Whether typed words have the form of a level, a number, a date or an id."""
    return SMALL.fullmatch(typed.strip()) is not None


def without(sentence: str, typed: Iterable[str]) -> str:
    """A sentence to a coordinator without the texts they typed, but for single words."""
    texts = {text.strip() for text in typed} - {""}
    for text in sorted(texts, key=len, reverse=True):
        if not ONE_WORD.fullmatch(text):
            sentence = sentence.replace(text, LEFT_OUT)
    return sentence
