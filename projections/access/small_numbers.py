"""Which figures tell nobody what one or two people said. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

LEAST_SCORES = 5
LEAST_AGENCIES = 3
LEAST_TOLD = 3  # scores: of fewer, even where they stand would tell what somebody said
LEAST_APART = 3  # people whose answers differ between any two figures of one descriptor


class Voice(NamedTuple):
    """One person's answer to a descriptor: a score, or in words why there is none."""

    person: str
    agency: str
    said: int | str


Voices = frozenset[Voice]


def are_enough(voices: Voices) -> bool:
    """Whether figures may rest on some answers: enough scores, of enough agencies."""
    scored = [voice for voice in voices if isinstance(voice.said, int)]
    agencies = {voice.agency for voice in scored}
    return len(scored) >= LEAST_SCORES and len(agencies) >= LEAST_AGENCIES


def are_some(voices: Voices) -> bool:
    """Whether it may be told that an outcome is higher or lower than the answers stand.

    The middle score of three leaves each of them two possible answers at least; of two it may not.
    """
    return sum(isinstance(voice.said, int) for voice in voices) >= LEAST_TOLD


def apart(first: Voices, second: Voices) -> int:
    """How many people's answers differ."""
    return len({voice.person for voice in first ^ second})


def showable(
    history: Sequence[Voices],
    enough: Callable[[Voices], bool] = are_enough,
    settled: Collection[int] = (),
) -> list[int]:
    """Which of a descriptor's figures, oldest first, may be shown, each at any time.

    Somebody who saw two of them could subtract one from the other. So a later one is shown only if,
    against each one shown before it, nobody's answer differs, or at least LEAST_APART people's do.
    An outcome is told however few it rests on, and stands for the middle score: beside it the
    figures of the same people and a newcomer could leave the newcomer only one possible answer.

    Args:
        history: the answers behind each of the figures.
        enough: whether anything may rest on some answers.
        settled: the indexes of those that an outcome was settled on.

    Returns:
        Their indexes in the history.
    """
    shown: list[int] = []
    for index, voices in enumerate(history):
        told = {*shown, *(earlier for earlier in settled if earlier < index)}
        steps = [apart(voices, history[earlier]) for earlier in told]
        if enough(voices) and not any(0 < step < LEAST_APART for step in steps):
            shown.append(index)
    return shown
