"""What people are shown of the others, and the stamp that tells blind and informed answers apart."""

from __future__ import annotations

from typing import NamedTuple

from ehsg_events.kernel import Frozen, Words


class Exposure(Frozen):
    """What a person had been shown when they answered: blind and informed are told apart.

    `figures_round` is the round whose group figures were on the screen, none when blind;
    `figures` is their digest, `reasons` that over the ids of the others' words beside them.
    """

    guide: str
    wording: str
    language: str
    figures_round: int | None = None
    figures: str | None = None
    reasons: str | None = None


class Figures(NamedTuple):
    """A group's scores on one descriptor after a round, counted by level, lowest first."""

    after_round: int
    counts: tuple[int, ...]
    agencies: int
    digest: str


class Reasons(NamedTuple):
    """What some of the others typed for their scores: of each person one message or several."""

    said: tuple[tuple[Words, ...], ...]
    digest: str
