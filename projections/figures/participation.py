"""Who took part: by agency, over the rounds, each person counted once in a round."""

from __future__ import annotations

from ehsg_events.kernel import Frozen
from projections.facts.view import View


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


ROUNDS = """
  SELECT round, kind, round IN (SELECT round FROM closed) AS closed
  FROM fact WHERE what = 'RoundOpened' ORDER BY round"""
COUNTED = "SELECT * EXCLUDE (round) FROM participation WHERE round = ?"
EVER = "SELECT * FROM took_part"


def participation(view: View) -> Participation:
    """Who was invited and who came; open rounds too, since it does not tell what they answered."""
    return Participation(
        rounds=tuple(
            Part(
                **round,
                agencies=tuple(Counted(**row) for row in view.ask(COUNTED, round["round"])),
            )
            for round in view.ask(ROUNDS)
        ),
        agencies=tuple(TookPart(**row) for row in view.ask(EVER)),
    )
