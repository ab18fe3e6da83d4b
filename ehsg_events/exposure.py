"""The stamp on every answer that tells blind and informed ones apart."""

from __future__ import annotations

from ehsg_events.kernel import Frozen


class Exposure(Frozen):
    """What a person had been shown when they answered: blind and informed are told apart.

    `figures_round` is the round whose group figures were on the screen, none when blind;
    `figures` is their digest.
    """

    guide: str
    wording: str
    language: str
    figures_round: int | None = None
    figures: str | None = None
