"""What people are shown of others' answers, and the stamp that tells blind from informed."""

from __future__ import annotations

from typing import NamedTuple

from ehsg_events.kernel import Frozen, Words
from ehsg_events.values.measure import Tells


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
    """What somebody was once shown of how others answer an item: figures, reasons, or both."""

    figures_round: int | None
    figures: str | None
    reasons: str | None

    def is_again(self, figures_round: int | None, reasons: str | None) -> bool:
        """Whether it is these figures, or without any these reasons."""
        if self.figures_round is not None:
            return self.figures_round == figures_round
        return figures_round is None and self.reasons == reasons


class Past(NamedTuple):
    """What somebody had learned of how others answer an item, before they answer it now.

    `seen` is what they were shown, oldest first; `room` the newest workshop they heard it in.
    """

    seen: tuple[Seen, ...] = ()
    room: int | None = None

    def before(self, figures_round: int | None, reasons: Reasons | None) -> Seen | None:
        """The newest that was seen before what is shown now: figures of a round, reasons, or both."""
        now = reasons.digest if reasons and figures_round is None else None
        return next((s for s in reversed(self.seen) if not s.is_again(figures_round, now)), None)


class Figures(NamedTuple):
    """A group's scores on one descriptor after a round, as far as they may be told.

    `counts` are people by level, lowest first; where they are not told, `middle` is the level that
    nearly all chose ("mode"), or the middle score with every agency counting once ("middle").
    """

    after_round: int
    counts: tuple[int, ...]
    agencies: int
    digest: str
    people: int = 0
    middle: float | None = None
    tells: Tells = "counts"


class Reasons(NamedTuple):
    """What some others typed as reasons for their scores: each person's messages together."""

    said: tuple[tuple[Words, ...], ...]
    digest: str
