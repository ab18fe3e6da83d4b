"""What people are shown of others' answers, and the stamp that tells blind from informed."""

from __future__ import annotations

from typing import NamedTuple

from ehsg_events.kernel import Frozen, Words


class Exposure(Frozen):
    """What a person had been shown when they answered: it tells blind from informed answers.

    `figures_round` is the round whose group figures were on the screen. `figures` is the digest of
    these figures, `reasons` a digest over the ids of the others' words shown with them. `room` is
    the workshop in which they heard the item discussed. `earlier_round`, `earlier_figures` and
    `earlier_reasons` are what they had been shown of the item before, the newest of it. `end_told`
    says that an earlier sign-off had told people what stands.
    """

    guide: str
    wording: str
    language: str
    figures_round: int | None = None
    figures: str | None = None
    reasons: str | None = None
    room: int | None = None
    earlier_round: int | None = None
    earlier_figures: str | None = None
    earlier_reasons: str | None = None
    end_told: bool = False

    @property
    def blind(self) -> bool:
        """Whether they had learned nothing of how others answer, then or at any time before."""
        shown = (self.figures_round, self.reasons, self.room, self.earlier_round)
        return not (self.end_told or self.earlier_reasons or any(s is not None for s in shown))


class Seen(NamedTuple):
    """What somebody was once shown of how others answer an item."""

    figures_round: int
    figures: str | None
    reasons: str | None


class Past(NamedTuple):
    """What somebody had learned of how others answer an item, before they answer it now.

    `seen` is what they were shown, oldest first; `room` the newest workshop they heard it in.
    """

    seen: tuple[Seen, ...] = ()
    room: int | None = None


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
