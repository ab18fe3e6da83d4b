"""A no beside the yes of an alternative is no weakness, wherever scores are read."""

from __future__ import annotations

import re

import pytest
from support.area import CLOSES, SMALL, Area, person
from support.story.story import report_in

from ehsg_events.agreement.alternatives import alternatives
from ehsg_events.commands import outcomes
from ehsg_events.log.log import Log
from guides import library
from projections.facts.view import View, view_at
from projections.report.report import report
from projections.results.board_results import shown
from projections.results.results import results
from projections.results.what_if import If, what_if
from projections.tables.report import report_book

WAREHOUSE, LAKE = "data-matching-3", "data-matching-4"
PANEL = tuple(
    person(name, agency, (WAREHOUSE, LAKE))
    for name, agency in (("police-1", "Police"), ("health-1", "Health"), ("school-1", "Schools"))
)
FIVE = (  # of three the board is told of no score at an end of the scale
    *PANEL,
    person("police-2", "Police", (WAREHOUSE, LAKE)),
    person("health-2", "Health", (WAREHOUSE, LAKE)),
)


def closed(log: Log, warehouse: str, lake: str) -> View:
    """Five people agree on the warehouse and on the lake of the guide of 2020."""
    area = Area(log)
    area.open(FIVE, guide="ehsg-2020@1", terms=SMALL)
    area.open_round()
    for member in FIVE:
        area.answer(member.id, WAREHOUSE, warehouse)
        area.answer(member.id, LAKE, lake)
    area.advance(CLOSES)
    return view_at(log, area.id)


@pytest.mark.parametrize("audience", ["coordinator", "auditor", "board"])
def test_a_lake_that_a_warehouse_makes_up_for_weighs_nothing(log: Log, audience: str) -> None:
    """The warehouse is a yes; the no to the lake stands, and says that it is no weakness."""
    view = closed(log, "yes", "no")
    by_item = {result.item: result for result in shown(view, audience)}  # type: ignore[arg-type]
    assert by_item[WAREHOUSE].weighs == 3
    assert by_item[LAKE].outcome == 0
    assert by_item[LAKE].weighs is None
    assert by_item[LAKE].covered_by == WAREHOUSE
    assert "0" not in str(by_item[LAKE].stands)


@pytest.mark.parametrize(("warehouse", "lake", "weighs"), [
    ("yes", "no", False), ("mostly-yes", "mostly-no", False), ("no", "no", True),
    ("mostly-no", "no", True), ("yes", "yes", True), ("yes", "mostly-yes", True),
])  # fmt: skip
def test_only_a_no_beside_a_yes_is_made_up_for(
    log: Log, warehouse: str, lake: str, weighs: bool
) -> None:
    """Two noes are two weaknesses, and a yes is never hidden."""
    by_item = {result.item: result for result in results(closed(log, warehouse, lake))}
    assert (by_item[LAKE].weighs is not None) is weighs
    assert by_item[WAREHOUSE].weighs is not None


def test_the_report_shows_the_lake_nowhere_as_a_weakness(log: Log) -> None:
    """Neither drawn, nor counted, nor with a score in the table; in the tables it says why."""
    view = closed(log, "yes", "no")
    entries = {e.item: e for part in report(view).parts for e in part.entries}
    assert entries[LAKE].outcome is None
    assert entries[LAKE].covered
    overview = report(view).overview
    standing_out = (*overview.strongest, *overview.weakest, *overview.apart)
    assert not any("Data matching 4" in named.title for named in standing_out)
    assert [row.scored for row in overview.means if row.scored[:1] != "0"] == ["1 of 3"]  # of four
    for page in (report_in(view, "html"), report_in(view, "md")):
        rows = [line for line in page.splitlines() if "Data matching 4" in line]
        assert rows
        assert not any("0 (No)" in row for row in rows)
        assert "is enough" in page
        assert re.search(r": 1 at (3|Yes)\.", page)
        assert not re.search(r"at (0|No)[,.]", page)
    scores = next(table for table in report_book(view).tables if table.name == "scores")
    place = [column.name for column in scores.columns].index("not_needed")
    said = {row[1]: row[place] for row in scores.rows}
    assert "is enough" in str(said[LAKE])
    assert said[WAREHOUSE] is None


def test_what_if_shows_a_lake_as_covered_while_its_warehouse_would_stand(log: Log) -> None:
    """In fact, as the rule has it and as supposed; where the warehouse falls, the lake weighs."""
    view = closed(log, "yes", "no")
    as_it_is = {one.item: one for one in what_if(view, If()).descriptors}
    lake, warehouse = as_it_is[LAKE], as_it_is[WAREHOUSE]
    assert (lake.outcome, lake.stands.adopts) == (0, 0)
    assert lake.covered_by == lake.stands.covered_by == lake.would.covered_by == WAREHOUSE
    assert "is enough" in str(lake.not_needed)
    assert not lake.differs
    assert (warehouse.not_needed, warehouse.stands.not_needed) == (None, None)
    harder = what_if(view, If(rule=SMALL.rule.model_copy(update={"quorum_scores": 6})))
    lake = {one.item: one for one in harder.descriptors}[LAKE]
    assert (lake.covered_by, lake.stands.covered_by) == (WAREHOUSE, WAREHOUSE)
    assert lake.would.covered_by is None
    assert lake.differs


def test_a_moderated_warehouse_makes_up_for_a_lake_that_the_rule_adopts(log: Log) -> None:
    """What a moderation settled stands whatever the rule makes of the panel's answers."""
    area = Area(log)
    area.open(PANEL, guide="ehsg-2020@1", terms=SMALL)
    area.open_round()
    for member, warehouse in zip(PANEL, ("yes", "no", "dont-know"), strict=True):
        area.answer(member.id, WAREHOUSE, warehouse)
        area.answer(member.id, LAKE, "no")
    area.advance(CLOSES)
    outcomes.moderate(log, area.stamp(), area.id, WAREHOUSE, "yes", "We looked.")
    found = {one.item: one for one in what_if(view_at(log, area.id), If()).descriptors}
    assert found[WAREHOUSE].stands.adopts is None
    assert found[LAKE].stands.adopts == 0
    assert found[LAKE].stands.covered_by == WAREHOUSE


def test_who_chooses_a_covered_lake_is_told_and_not_refused(log: Log) -> None:
    """A lake without its warehouse is chosen without a word."""
    view = closed(log, "yes", "no")
    stamp = Area(log).stamp(key="choose")
    told = outcomes.choose_priorities(log, stamp, view.assessment, [LAKE, WAREHOUSE], None)
    (covered,) = (line for line in told if "covered" in line)
    assert covered.startswith(f"{LAKE} is covered by its alternative {WAREHOUSE}, ")
    chosen = log.assessment(view.assessment).priorities
    assert chosen is not None
    assert chosen.items == (LAKE, WAREHOUSE)


def test_a_lake_that_is_a_weakness_is_chosen_without_a_word(log: Log) -> None:
    """Both are noes, so nothing makes up for either."""
    view = closed(log, "no", "no")
    told = outcomes.choose_priorities(
        log, Area(log).stamp(key="choose"), view.assessment, [LAKE], None
    )
    assert not any("covered" in line for line in told)


def test_every_group_of_a_published_guide_makes_up_for_its_own_alone() -> None:
    """Alternatives are of one group, and each makes up for each other of it."""
    for name in library.published():
        guide = library.guide(name).guide
        pairs = {(each.item, each.other) for each in alternatives(guide)}
        assert pairs == {(other, item) for item, other in pairs}
        for item, other in pairs:
            group = guide.items[item].alternative_group
            assert group is not None
            assert group == guide.items[other].alternative_group
