"""What a rehearsal came to, as plain values: the same in the process that rehearsed and in any other."""

from __future__ import annotations

from collections.abc import Mapping

from bots.messages.owed import Kind
from ehsg_events.kernel import Frozen


class Day(Frozen):
    """One day of the round: messages that nobody asked for, by kind, and the coordinator's work.

    `letters` is how many of them are letters, by whom they are for.
    """

    day: str
    said: str
    messages: Mapping[Kind, int]
    letters: Mapping[str, int]
    work: tuple[str, ...]


class Forecast(Frozen):
    """How the coming round is likely to go.

    `per_person` counts the messages that nobody asked for, `letters` those of them that are letters,
    for everybody who gets any; `by_agency` is how many finished of how
    many. `never_quorum` are the descriptors without quorum even if everybody answers, `no_quorum`
    those without one in this rehearsal. `rules` is what came of each milestone: how often it was
    sent, and by which rules it was not.
    """

    round: int
    kind: str
    opened: str
    closes: str
    invited: int
    finished: int
    days: tuple[Day, ...]
    per_person: Mapping[str, int]
    letters: Mapping[str, int]
    by_agency: Mapping[str, tuple[int, int]]
    never_quorum: tuple[str, ...]
    no_quorum: tuple[str, ...]
    to_moderate: tuple[str, ...]
    rules: Mapping[str, Mapping[str, int]]
