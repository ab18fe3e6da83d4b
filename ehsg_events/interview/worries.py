"""Worries about somebody, told by what stands together in a sentence, in no fixed order.

Each sign has a weight and counts once in a sentence. A person or a time alone is no worry: a
sentence is one when it has a sign of harm and its weights come to `ENOUGH`. Signs of practice, of
many people or of long ago take weight away. So each stop can be explained by the names of its signs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ehsg_events.interview.sign_pieces import PIECES, Sign
from ehsg_events.interview.signs_beside_harm import AGAINST, BESIDE
from ehsg_events.interview.signs_of_harm import HARM

ENOUGH = 3
WEIGHTY = 2  # a sign of harm that needs no other beside it, once it is known who is spoken of
MOST_TOGETHER = 36  # words; what stands further apart is not said of one another
SENTENCE_ENDS = re.compile(r"(?<=[.!?;])\s+(?!(?:he|she|his|her|they|him)\b)")


class Sought(NamedTuple):
    """A sign that is looked for: its name, its weight and its pattern."""

    name: str
    weight: int
    pattern: re.Pattern[str]


def is_worry(plain: str) -> bool:
    """Whether any sentence of a text in its normal form is a worry about somebody."""
    return _is_harm_named(plain) and any(_weight(part) >= ENOUGH for part in _sentences(plain))


def speaks_of_harm(plain: str) -> bool:
    """Whether a text in its normal form has a sign of harm that is weighty by itself."""
    return any(sign.weight >= WEIGHTY and sign.pattern.search(plain) for sign in _signs()[0])


def signs_in(sentence: str) -> dict[str, int]:
    """The signs of a sentence in its normal form, each with its weight."""
    harm, beside = _signs()
    return {sign.name: sign.weight for sign in (*harm, *beside) if sign.pattern.search(sentence)}


def _weight(sentence: str) -> int:
    """What the signs of a sentence come to; without any harm, nothing."""
    if not _is_harm_named(sentence):
        return 0
    return sum(signs_in(sentence).values())


def _is_harm_named(plain: str) -> bool:
    return any(sign.pattern.search(plain) for sign in _signs()[0])


def _sentences(plain: str) -> Iterator[str]:
    """A text's sentences, long ones in parts; one that begins with he or she goes with the last."""
    for sentence in SENTENCE_ENDS.split(plain):
        words, half = sentence.split(" "), MOST_TOGETHER // 2
        for start in range(0, max(1, len(words) - half), half):
            yield " ".join(words[start : start + MOST_TOGETHER])


@cache  # compiled when somebody first types, not when the command starts
def _signs() -> tuple[tuple[Sought, ...], tuple[Sought, ...]]:
    """The signs of harm, and those that stand beside it."""
    return _compiled(HARM), _compiled({**BESIDE, **AGAINST})


def _compiled(table: dict[str, Sign]) -> tuple[Sought, ...]:
    return tuple(
        Sought(name, sign.weight, re.compile(_spread(sign.written))) for name, sign in table.items()
    )


def _spread(written: str) -> str:
    """A pattern with each piece's name replaced by the piece."""
    return re.sub(r"<(\w+)>", lambda name: _spread(PIECES[name[1]]), written)
