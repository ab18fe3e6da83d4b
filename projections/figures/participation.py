"""Who took part: by agency, over the rounds, each person counted once in a round."""

from __future__ import annotations

from collections.abc import Iterator

from ehsg_events.kernel import Frozen
from projections.facts.view import View
from projections.folded.panel_facts import of_kind
from projections.folded.participation import parties_in, took_part
from projections.folded.rounds import closed


class Counted(Frozen):
    """How many people of an agency a round invited, and how many began, answered and finished."""

    agency: str
    invited: int
    started: int
    answered: int
    completed: int
    withdrawn: int


class Part(Frozen):
    """One round, with the agencies in the order in which they were first invited."""

    round: int
    kind: str
    closed: bool
    agencies: tuple[Counted, ...]


class TookPart(Frozen):
    """One agency over all rounds: how many different people were asked, answered and withdrew."""

    agency: str
    invited: int
    answered: int
    withdrawn: int


class Participation(Frozen):
    """Who took part, round by round and over all of them."""

    rounds: tuple[Part, ...]
    agencies: tuple[TookPart, ...]


def participation(view: View) -> Participation:
    """Who was invited and who came; open rounds too, since it does not tell what they answered."""
    return Participation(
        rounds=tuple(
            Part(
                round=opened.round,
                kind=opened.kind,
                closed=opened.round in closed(view),
                agencies=tuple(_counted(view, opened.round)),
            )
            for opened in sorted(of_kind(view, "RoundOpened"), key=lambda fact: fact.round)
        ),
        agencies=tuple(TookPart(**row._asdict()) for row in took_part(view)),
    )


def _counted(view: View, number: int) -> Iterator[Counted]:
    for row in parties_in(view, number):
        counts = row._asdict()
        counts.pop("round")
        yield Counted(**counts)
