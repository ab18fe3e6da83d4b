"""Worries about somebody, told by what stands together in a sentence, in no fixed order.

Each sign has a weight and counts once in a sentence. A person or a time alone is no worry: a
sentence is one when it has a sign of harm and its weights come to `ENOUGH`. Signs of practice, of
many people or of long ago take weight away. So each stop can be explained by the names of its signs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ehsg_events.interview.signs.finder import Text
from ehsg_events.interview.signs.sign_pieces import PIECES, Sign
from ehsg_events.interview.signs.signs_beside_harm import AGAINST, BESIDE
from ehsg_events.interview.signs.signs_of_harm import HARM

BESIDE_HARM = BESIDE | AGAINST
SIGNS = HARM | BESIDE_HARM
GAINS = {name: sign.weight for name, sign in SIGNS.items() if sign.weight > 0}
ENOUGH = 3
WEIGHTY = 2  # a sign of harm that needs no other beside it, once it is known who is spoken of
MOST_TOGETHER = 36  # words; what stands further apart is not said of one another
SENTENCE_ENDS = re.compile(r"(?<=[.!?;])\s+(?!(?:he|she|his|her|they|him)\b)")


def signs() -> dict[str, str]:
    """The pattern of every sign by its name."""
    return {name: _spread(sign.written) for name, sign in SIGNS.items()}


def is_worry(plain: Text) -> bool:
    """Whether any sentence of a text is a worry about somebody.

    Args:
        plain: in which `signs` are found.
    """
    parts = dict.fromkeys(_sentences(plain.text))  # what is pasted over and over is read once
    return any(map(plain.has, HARM)) and any(map(_is_enough, map(plain.part, parts)))


def speaks_of_harm(plain: Text) -> bool:
    """Whether a text has a sign of harm that is weighty by itself."""
    return any(sign.weight >= WEIGHTY and plain.has(name) for name, sign in HARM.items())


def signs_in(sentence: Text) -> dict[str, int]:
    """The signs of a sentence, each with its weight."""
    return _found(sentence, SIGNS)


def _is_enough(sentence: Text) -> bool:
    """Whether there is harm in a sentence, and its signs come to enough."""
    if sum(GAINS.get(name, 0) for name in sentence.possible) < ENOUGH:
        return False
    harm = _found(sentence, HARM)
    beside = _found(sentence, BESIDE_HARM) if harm else {}
    return sum(harm.values()) + sum(beside.values()) >= ENOUGH


def _found(sentence: Text, table: Mapping[str, Sign]) -> dict[str, int]:
    return {name: sign.weight for name, sign in table.items() if sentence.has(name)}


def _sentences(plain: str) -> Iterator[str]:
    """A text's sentences, long ones in parts; one that begins with he or she goes with the last."""
    for sentence in SENTENCE_ENDS.split(plain):
        words, half = sentence.split(" "), MOST_TOGETHER // 2
        for start in range(0, max(1, len(words) - half), half):
            yield " ".join(words[start : start + MOST_TOGETHER])


def _spread(written: str) -> str:
    """A pattern with each piece's name replaced by the piece."""
    return re.sub(r"<(\w+)>", lambda name: _spread(PIECES[name[1]]), written)
