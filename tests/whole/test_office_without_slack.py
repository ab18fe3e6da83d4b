"""Fourteen people of seven agencies, nobody in Slack, two rounds: nobody reads what is not so.

Everything that the coordinator and the people read is collected: commands, the board, the pages
behind the links, the report. Whatever it says of somebody being reminded, invited or told is held
to a delivery on the log or to the coordinator's own hand.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from support.office import Said, office
from support.office_play import play
from support.transcripts.claims import untrue

from guides import library
from projections.report.of_the_guide import chapters

GUIDE = library.guide("ehsg-2022@1").guide
AT = datetime(2026, 9, 8, 10, tzinfo=UTC)
NAMES = {"police-1": "police-1", "Ann Ashton": "police-1", "health-1": "health-1"}


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_whatever_anybody_reads_of_being_told_is_so(tmp_path: Path) -> None:
    """From the opening to a sign-off that is taken back."""
    with office(tmp_path) as place:
        play(place)
        panel = place.ehsg("panel", "list", "--json").document
        names = {called: one["id"] for one in panel for called in (one["id"], one["name"])}
        assert len(place.said) > 100
        quoted = [line for part in chapters(GUIDE) for line in part.lines]
        found = untrue(place.said, place.facts, names, quoted)
        assert {one.sentence for one in found} == set()


def _told(person: str, of: str) -> dict[str, object]:
    stamp = {"at": AT.isoformat()}
    return {"kind": "ToldByHand", "stamp": stamp, "fact": {"spoken_to": person, "of": of}}


@pytest.mark.parametrize(
    ("sentence", "so"),
    [
        ("Reminded: police-1, health-1.", False),
        ("Reminded: police-1.", True),
        ("health-1 is on the panel, and is invited.", False),
        ("Ann Ashton was told of the new deadline.", True),
        ("Not reminded (reminded today already): health-1.", False),
        ("health-1 is not in Slack and is to be reminded by you.", True),
        ("Round 1: 1 sent, 2 not sent by a rule.", False),
        ("Round 1 (first), 14 people invited: open.", False),
        ("Due: the coordinator is told who is silent.", True),
    ],
)
def test_a_claim_is_so_when_somebody_was_told(sentence: str, so: bool) -> None:
    """Only police-1 was reminded, by telephone; nothing was sent."""
    said = [Said(AT, "coordinator", "a page", sentence)]
    found = list(untrue(said, [_told("police-1", "reminder")], NAMES))
    assert (not found) is so
