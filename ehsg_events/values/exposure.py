"""What people are shown of others' answers, and the stamp that tells blind from informed."""

from __future__ import annotations

from typing import NamedTuple

from ehsg_events.kernel import Frozen, Words


class Exposure(Frozen):
    """What a person had been shown when they answered: it tells blind from informed answers.

    `figures_round` is the round whose group figures were on the screen, none when blind.
    `figures` is the digest of these figures, `reasons` a digest over the ids of the others' words
    shown with them.
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
    """What some others typed as reasons for their scores: each person's messages together."""

    said: tuple[tuple[Words, ...], ...]
    digest: str
