"""Who must take part at the least: a panel without them is opened with a warning, never refused."""

from __future__ import annotations

import pytest
from support.area import Area

from ehsg_events.events import StakeholderAdded
from ehsg_events.kernel import Words
from ehsg_events.log.log import Log
from ehsg_events.panel.least_partners import lacking, lacking_now
from ehsg_events.panel.member import Member
from ehsg_events.panel.panel_file import read_panel
from ehsg_events.panel.panel_table import table_of
from guides import library
from guides.model import Guide

GUIDE = library.guide("ehsg-2020@2").guide
NAME = Words.model_validate({"id": "0" * 32, "sha256": "0" * 64})
EVERYBODY = (
    ("Sefton Police", "sergeant"),
    ("NHS Cheshire and Merseyside Integrated Care Board", "commissioner"),
    ("Job Centre Plus", "adviser"),
    ("Hill School", "head teacher"),
    ("One Vision Housing", "tenancy officer"),
    ("Sefton CVS", "voluntary sector lead"),
)


def somebody(agency: str, works_as: str = "lead", peer_of: str | None = None) -> StakeholderAdded:
    """One person of a panel."""
    return StakeholderAdded(
        stakeholder="a-1",
        agency=agency,
        works_as=works_as,
        items=("families-1",),
        reached_by="web",
        name=NAME,
        peer_of=peer_of,
    )


def members(rows: str, guide: Guide) -> list[Member]:
    """The people of a panel file."""
    return read_panel(table_of(rows, "panel.csv"), guide).members


def warned(*panel: StakeholderAdded) -> str:
    """What a panel is warned of."""
    assert GUIDE.least_partners is not None
    return "\n".join(lacking(GUIDE.least_partners, panel))


def test_a_panel_of_one_is_told_who_lacks_by_name() -> None:
    """Each as the guide names them, and who need not exist apart."""
    told = warned(somebody("Police"))
    always, perhaps = told.split("\n")
    for name in ("Clinical Commissioning Group", "JobCentre Plus", "Schools", "Housing partners"):
        assert name in always
    assert "Police;" not in always
    assert "District Councils" not in always
    assert "District Councils (where applicable)" in perhaps


def test_a_panel_of_everybody_is_told_nothing_but_of_districts() -> None:
    """Known by their agency or their work, in any case of letters."""
    told = warned(*(somebody(agency.upper(), work) for agency, work in EVERYBODY))
    assert told.count("\n") == 0
    assert "only needed where there are any" in told
    district = somebody("West District Council")
    assert warned(*(somebody(*who) for who in EVERYBODY), district) == ""


@pytest.mark.parametrize(
    ("agency", "work", "lacks"),
    [
        ("Health", "school nurse", "Schools"),
        ("Social care", "children's home manager", "Housing partners"),
        ("Interfaith", "x", "Voluntary and Community Sector"),
    ],
)
def test_a_word_that_only_looks_like_a_partner_counts_for_none(
    agency: str, work: str, lacks: str
) -> None:
    """A school nurse speaks for no school."""
    assert lacks in warned(somebody(agency, work))


def test_a_peer_of_another_area_counts_for_none() -> None:
    """They speak for an agency of their own area."""
    assert "Police" in warned(somebody("Police", peer_of="Northvale"))


def test_a_changed_panel_is_told_what_it_lost_and_what_it_still_lacks() -> None:
    """Who does not exist everywhere is named when they are lost, and not each time."""
    assert GUIDE.least_partners is not None
    police, school = somebody("Police"), somebody("Hill School")
    district = somebody("West District Council")
    lost, still = lacking_now(GUIDE.least_partners, [police, school, district], [school])
    assert "Nobody left on the panel" in lost
    assert "Police" in lost
    assert "District Councils" in lost
    assert "JobCentre Plus" in still
    assert "Police" not in still
    assert "Schools" not in lost + still
    (still,) = lacking_now(GUIDE.least_partners, [school], [school, police])
    assert "Still nobody" in still
    assert "Police" not in still
    assert "District" not in still
    everybody = [somebody(*who) for who in EVERYBODY]
    assert list(lacking_now(GUIDE.least_partners, [], everybody)) == []


def test_opening_warns_and_opens(log: Log) -> None:
    """It is for the coordinator to judge."""
    rows = "name,agency,works_as,asked\nAnn,Police,sergeant,families\n"
    warnings = Area(log).open(tuple(members(rows, GUIDE)), GUIDE.id)
    assert any("JobCentre Plus" in warning for warning in warnings)
    assert log.assessments()


def test_everybody_on_a_panel_is_asked_the_last_question_last() -> None:
    """Whatever else they are asked, and in a guide without one nothing is added."""
    rows = "name,agency,works_as,asked\nAnn,Police,sergeant,families-1\n"
    (ann,) = members(rows, GUIDE)
    assert ann.items == ("families-1", "last-1")
    (ann,) = members(rows, library.guide("ehsg-2020@1").guide)
    assert ann.items == ("families-1",)
