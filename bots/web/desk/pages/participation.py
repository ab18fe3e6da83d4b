"""Who took part, by agency: round by round to those who see answers, the larger agencies to the board."""

from __future__ import annotations

from collections.abc import Iterator

from bots.phrases.pages import participation as phrases
from bots.web.desk.hubs.hub import Section, Table, hub
from bots.web.desk.page import Asked, Drawn, Visitor
from projections.access.agencies import parties
from projections.access.audience import SINGLE_ANSWERS
from projections.facts.view import View
from projections.figures.participation import Part, Participation, participation

OVER_ALL = (phrases.AGENCY, phrases.INVITED, phrases.ANSWERED, phrases.WITHDREW)
IN_A_ROUND = (
    phrases.AGENCY,
    phrases.INVITED,
    phrases.STARTED,
    phrases.ANSWERED,
    phrases.COMPLETED,
    phrases.WITHDREW,
)
TO_THE_BOARD = (phrases.AGENCY, phrases.INVITED, phrases.ANSWERED)


def draw(view: View, visitor: Visitor, asked: Asked) -> Drawn:  # noqa: ARG001 - as every page
    """The counts that whoever looks may see, and nothing of what anybody said."""
    if visitor.role not in SINGLE_ANSWERS:
        return hub(phrases.PARTICIPATION, *_for_the_board(view))
    counts = participation(view)
    rounds = (_of_round(part) for part in reversed(counts.rounds))
    return hub(phrases.PARTICIPATION, _over_all(counts), *rounds)


def _over_all(counts: Participation) -> Section:
    if not counts.rounds:
        return Section(phrases.OVER_ALL, (phrases.NO_ROUND,))
    rows = tuple(
        (row.agency, str(row.invited), str(row.answered), str(row.withdrawn))
        for row in counts.agencies
    )
    table = Table(phrases.OVER_ALL, OVER_ALL, rows)
    return Section(phrases.OVER_ALL, (phrases.PARTICIPATION_WORDS,), table)


def _of_round(part: Part) -> Section:
    title = phrases.of_round(part.round, part.kind, closed=part.closed)
    rows = tuple(
        (
            row.agency,
            *map(str, (row.invited, row.started, row.answered, row.completed, row.withdrawn)),
        )
        for row in part.agencies
    )
    return Section(title, table=Table(title, IN_A_ROUND, rows))


def _for_the_board(view: View) -> Iterator[Section]:
    """As the report has it: who withdrew, and single rounds, could tell of one or two people."""
    rows = tuple((one.agency, one.invited, one.answered) for one in parties(view))
    if not rows:
        yield Section(phrases.OVER_ALL, (phrases.NO_ROUND,))
        return
    lines = (phrases.PARTICIPATION_WORDS, phrases.SMALL_TOGETHER)
    yield Section(phrases.OVER_ALL, lines, Table(phrases.OVER_ALL, TO_THE_BOARD, rows))
