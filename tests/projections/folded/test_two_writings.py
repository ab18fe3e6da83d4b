"""Two writings, one truth: what is folded in Python is what the SQL says, over random histories."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from support.story.haphazard import Haphazard

from projections.collecting.fates import nudge_rows
from projections.collecting.progress_rows import progress_rows
from projections.collecting.voices import missing_rows
from projections.facts.sources import InTable
from projections.facts.view import View
from projections.folded.asked import asked, asked_of
from projections.folded.changes import changed, stability
from projections.folded.consensus import consensus
from projections.folded.informed import informed
from projections.folded.members import members
from projections.folded.notes import gone, notes
from projections.folded.outcome import outcomes
from projections.folded.participation import participation, took_part
from projections.folded.peers import named_priorities, peer_rows
from projections.folded.rounds import closed, own_rounds
from projections.folded.standing import standing, voiced
from projections.folded.standpoints import disagreement, standpoints
from projections.folded.trail import trail_rows
from projections.results.agreed_actions import agreed_actions, next_steps
from projections.results.evidence_quality import unread

Row = Mapping[str, Any]
GUIDES = ("ehsg-2022@1", "ehsg-2020@2")  # the second has alternatives
UNREAD = ("shortcoming", "round", "item", "stakeholder", "agency", "position")
IN_ORDER = ("missing", "participation", "took_part", "progress", "peers", "trail", "nudges")


def _rows(every: Iterable[Any]) -> list[Row]:
    return [row._asdict() for row in every]


FOLDED: dict[str, Callable[[View], list[Row]]] = {
    "gone": lambda view: [{"stakeholder": person} for person in gone(view)],
    "member": lambda view: _rows(members(view).values()),
    "own_round": lambda view: [{"round": number} for number in own_rounds(view)],
    "closed": lambda view: [{"round": n, "position": at} for n, at in closed(view).items()],
    "asked": lambda view: _rows(asked(view)),
    "asked_of": lambda view: [
        {"round": number, "item": item, "stakeholder": person}
        for number, items in asked_of(view).items()
        for item, people in items.items()
        for person in people
    ],
    "informed": lambda view: _rows(informed(view).values()),
    "standing": lambda view: _rows(standing(view)),
    "voiced": lambda view: _rows(voiced(view)),
    "missing": lambda view: _rows(missing_rows(view)),
    "notes": lambda view: _rows(notes(view)),
    "named_priorities": lambda view: _rows(named_priorities(view).values()),
    "participation": lambda view: _rows(participation(view)),
    "took_part": lambda view: _rows(took_part(view)),
    "progress": lambda view: _rows(progress_rows(view)),
    "consensus": lambda view: _rows(consensus(view)),
    "changed": lambda view: _rows(changed(view)),
    "stability": lambda view: _rows(stability(view)),
    "standpoint": lambda view: _rows(standpoints(view)),
    "disagreement": lambda view: _rows(disagreement(view)),
    "outcome": lambda view: _rows(outcomes(view).values()),
    "peers": lambda view: _rows(peer_rows(view)),
    "trail": lambda view: _rows(trail_rows(view)),
    "nudges": lambda view: _rows(nudge_rows(view)),
    "actions": lambda view: _rows(agreed_actions(view)),
    "next_steps": lambda view: _rows(next_steps(view).values()),
    "evidence_quality": lambda view: [
        {name: getattr(found, name) for name in UNREAD} for found in unread(view)
    ],
}


def _alike(row: Mapping[str, Any]) -> str:
    """A row as it is written; the same time in the same zone is written by two libraries."""
    utc = {name: at.astimezone(UTC) for name, at in row.items() if isinstance(at, datetime)}
    return repr(dict(row) | utc)


def _same(view: View) -> None:
    """Both writings say the same, from facts in memory and from facts in the table."""
    in_table = replace(view, source=InTable(view.db), folded={})
    for name, folded in FOLDED.items():
        theirs = [*map(_alike, view.ask(f"SELECT * FROM {name}"))]  # noqa: S608 - our own name
        for where in (view, in_table):
            ours = [*map(_alike, folded(where))]
            if name not in IN_ORDER:
                ours.sort()
                theirs.sort()
            assert ours == theirs, name


HISTORIES = [(GUIDES[0], 60), (GUIDES[0], 450), (GUIDES[1], 300), (GUIDES[1], 380)]


@pytest.mark.parametrize(("guide", "facts"), HISTORIES)
def test_what_is_folded_is_what_the_sql_says(guide: str, facts: int) -> None:
    """Now, at an earlier position, and where something is supposed: the same rows, to the byte."""
    chance = random.Random(facts)
    history = Haphazard(chance, guide).lived(facts)
    _same(history.view())
    _same(history.view(chance.randint(20, facts - 1)))
    _same(replace(history.view(), supposed=history.supposed()))


def test_every_read_model_holds_something_in_these_histories() -> None:
    """Two empty tables are alike, and tell nothing."""
    views = [
        Haphazard(random.Random(facts), guide).lived(facts).view() for guide, facts in HISTORIES
    ]
    empty = [name for name, folded in FOLDED.items() if not any(map(folded, views))]
    assert not empty
