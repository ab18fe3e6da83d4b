"""Two areas side by side: the published facts of 2022 give the published figures."""

from __future__ import annotations

import json

import pytest
from support.story.forms import FORMS
from support.story.sefton import sefton
from support.story.submission import bring, stamp

from ehsg_events.kernel import Refused
from ehsg_events.log.log import Log
from projections.facts.long.rebuild import rebuild
from projections.submissions.comparison import Comparison, compare


@pytest.fixture
def both(log: Log) -> Comparison:
    """Slough and Sefton in 2022."""
    bring(log, "a.json", (FORMS / "slough-2022-scores.json").read_bytes(), "Slough")
    bring(log, "b.json", sefton(), "Sefton")
    return compare(log, "Slough", "Sefton", 2022)


def test_section_means_stand_with_n_and_range(both: Comparison) -> None:
    """To two decimals, section by section, and over all."""
    means = [[row.areas[area].mean for row in both.sections] for area in both.areas]
    assert means == [[2.14, 2.14, 2.00, 1.80, 1.57, 1.94], [3.00, 2.43, 2.40, 2.00, 2.71, 2.55]]
    assert [row.areas["Slough"].n for row in both.sections] == [7, 7, 5, 5, 7, 31]
    last = both.sections[-1]
    assert (last.section, last.areas["Slough"].low, last.areas["Sefton"].low) == ("all", 1, 2)
    assert (last.areas["Slough"].high, last.areas["Sefton"].high) == (3, 3)


def test_a_long_log_is_compared_alike(both: Comparison, log: Log) -> None:
    """From its base, of which the facts that the read models name are fetched alone."""
    rebuild(log)
    assert compare(log, "Slough", "Sefton", 2022) == both


def test_differences_are_named(both: Comparison) -> None:
    """Two or more apart, higher on one side, equal."""
    assert both.differ_by_two == ("5.6", "9.5", "9.6", "9.7")
    assert both.higher["Slough"] == ("6.4",)
    assert len(both.equal) == 14
    assert len(both.higher["Sefton"]) == 31 - 14 - 1


def test_earned_autonomy_is_shown_criterion_by_criterion(both: Comparison) -> None:
    """Sefton meets one of nine, Slough none; each shortfall stands beside its minimum."""
    slough, sefton = (both.earned_autonomy[area] for area in both.areas)
    assert (slough.met, slough.of, sefton.met, sefton.of) == (0, 9, 1, 9)
    assert [one.item for one in sefton.criteria if one.met] == ["9.7"]
    assert {one.item: one.shortfall for one in slough.criteria}["9.4"] == 3
    assert "historic" in sefton.status
    assert "2022" in sefton.status
    assert sefton.all_met is False


def test_the_selection_rule_is_checked_only_where_it_can_be(both: Comparison) -> None:
    """A blank data model is not a pass."""
    slough, sefton = (both.selection_rule[area] for area in both.areas)
    assert (sefton.verdict, sefton.data_model) == ("obeys", 3)
    assert sefton.priorities == ("7.3", "6.4", "9.4")
    assert slough.verdict == "cannot be checked"
    assert "data model" in slough.because


def test_shared_priorities_need_a_yes_of_both(log: Log) -> None:
    """A blank acknowledgement is not yes, whoever else may see them."""
    chosen = {"scores": {"5.1": 1}, "priorities": ["7.3", "5.1"], "data_model": 4}
    one = chosen | {"permissions": {"dfe": "yes", "ogd": "yes", "sf-coordinators": "yes"}}
    other = chosen | {"priorities": ["7.3"], "permissions": {"ogd": "yes", "sf-coordinators": "no"}}
    bring(log, "a.json", json.dumps(one).encode(), "Northvale")
    bring(log, "b.json", json.dumps(other).encode(), "Eastmoor")
    found = compare(log, "Northvale", "Eastmoor", 2022)
    assert found.shared_priorities == {"dfe": None, "sf-coordinators": None, "ogd": ("7.3",)}
    assert found.selection_rule["Northvale"].verdict == "does not obey"


def test_a_missing_score_is_in_no_figure(log: Log) -> None:
    """A blank is not a nought: it is named, and no minimum is checked against it."""
    bring(log, "a.json", b'{"scores": {"5.1": 0, "5.2": 4}}', "Northvale")
    bring(log, "b.json", b'{"scores": {"5.1": 4, "5.3": 2}}', "Eastmoor")
    found = compare(log, "Northvale", "Eastmoor", 2022)
    first = found.sections[0].areas["Northvale"]
    assert (first.n, first.mean, first.low, first.high) == (2, 2.0, 0, 4)
    assert found.sections[1].areas["Northvale"].mean is None
    assert found.differ_by_two == ("5.1",)
    assert found.equal == ()
    autonomy = found.earned_autonomy["Eastmoor"]
    assert (autonomy.met, autonomy.all_met) == (1, None)
    assert [one.met for one in autonomy.criteria][:2] == [True, None]
    assert "5.2" in found.missing["Eastmoor"]


def test_a_new_version_changes_the_figures(log: Log) -> None:
    """Only the newest import stands."""
    bring(log, "a.json", b'{"scores": {"5.1": 0, "5.2": 4}}', "Northvale")
    bring(log, "b.json", b'{"scores": {"5.1": 4}}', "Eastmoor")
    bring(log, "c.json", b'{"scores": {"5.1": 4}}', "Northvale")
    found = compare(log, "Northvale", "Eastmoor", 2022)
    assert found.equal == ("5.1",)
    assert found.sections[0].areas["Northvale"].n == 1


def test_an_area_is_not_compared_with_itself(log: Log) -> None:
    """Two names are asked for."""
    bring(log, "a.json", b'{"scores": {"5.1": 0}}', "Northvale")
    with pytest.raises(Refused, match="are the same area"):
        compare(log, "Northvale", "northvale", 2022)


def test_guides_that_differ_are_not_compared(log: Log) -> None:
    """Their scores do not mean the same."""
    from bots.forms import read_form
    from ehsg_events.commands import submissions
    from guides import library

    other = library.guide("ehsg-2020@1").guide
    item = next(iter(other.descriptors))
    level = other.scale_of(item).levels[0].value
    content = json.dumps({"scores": {item: level}}).encode()
    form = read_form("a.json", content, other, "Eastmoor")
    submissions.import_submission(log, stamp(), "Eastmoor", 2022, other.id, form, content)
    bring(log, "b.json", b'{"scores": {"5.1": 0}}', "Northvale")
    with pytest.raises(Refused, match="do not mean the same"):
        compare(log, "Northvale", "Eastmoor", 2022)
