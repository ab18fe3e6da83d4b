"""One agency counts once, however each of its people is said to belong to it, by every way in."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.area import CLOSES, PANEL, Area, person

from ehsg_events.agreement.measuring import measures
from ehsg_events.commands import hand_over, panel
from ehsg_events.commands.colleague import colleague
from ehsg_events.commands.panel import Correction
from ehsg_events.log.log import Log
from ehsg_events.values.policy import Rule, Terms
from projections.access.agencies import parties
from projections.facts.view import view_at

SPELLED = (
    "Children's Services",
    "Children’s Services",
    "childrens services",
    "Children's  Services",
)
QUORUM = Terms(rule=Rule(quorum_invited=0.5, weights="agencies"))


@pytest.fixture
def area(log: Log) -> Area:
    """Four people of one agency, each spelled in another way, and one policewoman."""
    area = Area(log)
    several = [replace(one, agency=name) for one, name in zip(PANEL, SPELLED, strict=True)]
    area.open((*several, person("police-9", "Police")), terms=QUORUM)
    area.open_round()
    return area


def agencies(area: Area) -> list[str]:
    """Everybody's agency, as the log has it."""
    return [member.agency for member in area.now.assessment.panel.values()]


def test_four_spellings_count_once_in_quorum_weights_and_small_numbers(area: Area) -> None:
    """Four say 5, one of another agency says 1: under equal weights the middle is between them."""
    for one in PANEL:
        area.answer(one.id, "5.1", "5")
    area.answer("police-9", "5.1", "1")
    assert set(agencies(area)) == {SPELLED[0], "Police"}
    area.advance(CLOSES)
    (measure,) = measures(area.now, 1, ["5.1"])
    assert (measure.n, measure.median) == (5, 3)
    view = view_at(area.log, area.id, None)
    (row,) = view.ask("SELECT agencies FROM consensus WHERE item = '5.1'")
    assert row["agencies"] == 2
    assert "Children" in str(parties(view))


def test_whoever_joins_takes_over_or_is_corrected_is_spelled_as_the_panel_has_it(
    area: Area,
) -> None:
    """Whichever way in."""
    joining = replace(person("newcomer-9", "CHILDRENS-SERVICES"), name="Kit Kite")
    panel.join(area.log, area.stamp(), area.id, joining)
    new = colleague(area.log, area.id, "police-1", "Zed Zill", agency="Childrens’ services")
    hand_over.hand_over(area.log, area.stamp(), area.id, "police-1", new)
    moved = Correction(agency="childrens SERVICES")
    panel.correct(area.log, area.stamp(), area.id, "police-9", moved)
    assert set(agencies(area)) == {SPELLED[0]}


def test_an_agency_is_renamed_by_any_spelling_of_it_also_into_another_spelling(area: Area) -> None:
    """How an agency is spelled is the area's to say."""
    renamed = panel.rename_agency(
        area.log, area.stamp(), area.id, "CHILDRENS SERVICES", "Children’s Services"
    )
    assert len(renamed) == 4
    assert set(agencies(area)) == {"Children’s Services", "Police"}
