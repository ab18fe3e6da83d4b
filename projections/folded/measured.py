"""What each close of a round measured, as it was recorded."""

from __future__ import annotations

from typing import NamedTuple

from ehsg_events.events import RoundMeasured
from projections.facts.view import View
from projections.folded.once import once
from projections.folded.panel_facts import of_kind
from projections.folded.rounds import own_rounds


class _Stored(NamedTuple):
    position: int
    round: int
    fact: str


class MeasuredAt(NamedTuple):
    """A measuring of a round, and where it lies on the log."""

    position: int
    round: int
    fact: RoundMeasured


class MeasuredClose(NamedTuple):
    """A close of a round of the panel's own, what it measured, and what was measured of it last.

    The two differ where people withdrew before the round was closed again.
    """

    round: int
    closed_at: int
    first: RoundMeasured
    newest: RoundMeasured


@once
def measurings(view: View) -> list[MeasuredAt]:
    """Every measuring of a round, in the order of the log."""
    return [
        MeasuredAt(one.position, one.round, RoundMeasured.model_validate_json(one.fact))
        for one in view.facts(_Stored, ("RoundMeasured",), fact="state.fact")
    ]


@once
def measured_closes(view: View) -> list[MeasuredClose]:
    """Every close of the panel's own rounds that was measured, in the order of the log."""
    closings = [fact for fact in of_kind(view, "RoundClosed") if fact.round in own_rounds(view)]
    closes = []
    for place, close in enumerate(closings):
        again = [other.position for other in closings[place + 1 :] if other.round == close.round]
        after = [
            one
            for one in measurings(view)
            if one.round == close.round and one.position > close.position
        ]
        if after:
            of_it = [one for one in after if not again or one.position < again[0]]
            closes.append(MeasuredClose(close.round, close.position, after[0].fact, of_it[-1].fact))
    return closes
