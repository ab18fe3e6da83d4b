"""This year against last: what other people, other minds and another guide did to the scores."""

from __future__ import annotations

from fractions import Fraction

import pytest
from support.ehsg import ehsg
from support.story.year import Year, publish

from ehsg_events.kernel import Refused
from ehsg_events.log.log import Log
from guides import library
from projections.facts.long.rebuild import rebuild
from projections.facts.view import view_at
from projections.years.change import Explained, Moved, change
from projections.years.same_items import pairing
from projections.years.side_by_side import years

LAST = {
    "police-1": "Ann Ash of Police",
    "health-1": "Bob Birch of Health",
    "gone-1": "Cat of Schools",
}
THIS = {"hv-7": "bob  birch of Health", "new-1": "Dan of Schools", "police-9": "Ann Ash of Police"}


@pytest.fixture
def log(log: Log) -> Log:
    """A log with both guides on its shelf."""
    publish(log)
    return log


@pytest.fixture
def last(log: Log) -> Year:
    """Last year: voice 1, 2, 0 of Ann, Bob and Cat."""
    return Year(log, 2026, LAST).said("voice", police_1="1", health_1="2", gone_1="0")


@pytest.fixture
def this(last: Year) -> Year:
    """This year, under the same guide: voice 3, 2, 2 of Ann, Bob and Dan."""
    return Year(last.area.log, 2027, THIS).said("voice", police_9="3", hv_7="2", new_1="2")


def explained(last: Year, this: Year) -> Explained:
    """The change between two years as they stand."""
    return change(*(view_at(one.area.log, one.area.id) for one in (last, this)))


def voice(last: Year, this: Year) -> Moved:
    """What became of the first descriptor."""
    return explained(last.closed(), this.closed()).descriptors[0]


def test_people_and_minds_are_told_apart(last: Year, this: Year) -> None:
    """Ann and Bob are the same people under other pseudonyms; Cat left and Dan joined."""
    found = voice(last, this)
    assert (found.stayed, found.went, found.came) == (2, 1, 1)
    assert (found.shares.left, found.shares.minds) == (Fraction(1, 2), Fraction(1))
    assert found.shares.joined == Fraction(-1, 6)
    assert found.shares.whole == Fraction(4, 3)


def test_a_name_in_another_agency_is_another_person_and_said_so(last: Year, log: Log) -> None:
    """So is one that two people of an agency bear."""
    people = {
        "a-1": "Ann Ash of Council",
        "b-1": "Bob Birch of Health",
        "b-2": "Bob Birch of Health",
    }
    found = explained(last.closed(), Year(log, 2027, people).said("voice", a_1="1").closed())
    assert found.matched == 0
    assert found.unsure == {"forgotten": 0, "twice": 1, "moved": 1}
    assert found.descriptors[0].shares.replaced == found.descriptors[0].shares.whole


def test_only_what_a_crosswalk_calls_the_same_is_compared(last: Year, log: Log) -> None:
    """What is close is another item, and no score is carried to a longer scale."""
    last.said("lead", police_1="1").said("plan", police_1="3").said("hubs", police_1="2").closed()
    this = Year(log, 2027, THIS, "tiny@2").said("voice", police_9="3").said("leads", police_9="2")
    this.said("plans", police_9="0").said("record", new_1="1")
    found = explained(last, this.closed())
    assert [(one.item, one.earlier) for one in found.descriptors] == [
        ("voice", "voice"),
        ("leads", "lead"),
    ]
    assert [(one.item, one.year, one.because) for one in found.once] == [
        ("hubs", "last", "scale"),
        ("plan", "last", "guide"),
        ("plans", "this", "guide"),
        ("record", "this", "guide"),
    ]
    assert found.rescaled == ("hubs",)
    whole = found.overall
    assert whole is not None
    assert whole.people + whole.minds + whole.asked + whole.guide == whole.whole
    assert (whole.last, whole.this) == (Fraction(7, 4), Fraction(3, 2))
    assert whole.guide == (1 - Fraction(7, 4)) + (Fraction(3, 2) - Fraction(5, 2))


def test_scales_of_different_length_have_no_mean_in_common(last: Year, log: Log) -> None:
    """Each descriptor is explained, all of them together are not."""
    this = Year(log, 2027, THIS, "tiny@2").said("voice", police_9="3").said("hubs", police_9="4")
    found = explained(last.closed(), this.closed())
    assert found.overall is None
    assert [one.item for one in found.descriptors] == ["voice"]
    said = ehsg(last.area.log.folder, "change", *(str(year.area.id) for year in (last, this))).out
    assert said.startswith("Sefton: the scores are on scales of different length")


def test_where_nobody_gave_a_score_it_is_not_put_on_the_scales(last: Year, log: Log) -> None:
    """There is nothing to take apart, and that is what is said."""
    this = Year(log, 2027, THIS).said("voice", police_9="dont-know").closed()
    said = ehsg(log.folder, "change", str(last.closed().area.id), str(this.area.id)).out
    assert said.startswith(
        "Sefton: no descriptor that both years ask alike, on the same scale, has"
    )


def test_what_nobody_scored_in_one_year_is_not_the_guides_doing(last: Year, this: Year) -> None:
    """Both guides ask it."""
    found = explained(last.said("hubs", police_1="3").closed(), this.closed())
    assert [(one.item, one.because) for one in found.once] == [("hubs", "asked")]
    assert found.overall is not None
    assert [found.overall.guide, found.overall.asked] == [0, -1]


def test_moderation_and_the_rule_are_told_apart_from_the_panel(last: Year, this: Year) -> None:
    """The outcome's change is the mean's, what the rule set it off by, and what moderation did."""
    last.closed()
    found = explained(last.moderated("voice", "0"), this.closed()).descriptors[0]
    assert found.outcome is not None
    assert (found.outcome.last, found.outcome.this, found.outcome.whole) == (0, 2, 2)
    assert found.outcome.moderation == 1
    assert found.outcome.rule == 2 - Fraction(7, 3)
    assert found.shares.whole + found.outcome.rule + found.outcome.moderation == 2


def test_nothing_is_told_while_a_round_is_open(last: Year, this: Year) -> None:
    """Neither year's."""
    last.closed()
    with pytest.raises(Refused, match="until then nobody sees how people answered"):
        explained(last, this)


def test_years_are_named_in_order(last: Year, this: Year) -> None:
    """The earlier first."""
    with pytest.raises(Refused, match="Name the earlier assessment first"):
        explained(this.closed(), last.closed())


def test_guides_without_a_crosswalk_are_not_compared(last: Year, log: Log) -> None:
    """It says how one is made."""
    newer = Year(log, 2027, THIS, "ehsg-2022@1").said("5.1", police_9="3").closed()
    with pytest.raises(Refused, match="no crosswalk leads from the first"):
        explained(last.closed(), newer)


@pytest.mark.parametrize("name", ["ehsg-2020", "ehsg-2022", "isos-2019", "nw-2013"])
def test_a_second_edition_is_compared_with_the_first_item_by_item(name: str, log: Log) -> None:
    """Every descriptor of the first has its own in the second, on the same scale."""
    before, after = (library.guide(f"{name}@{version}").guide for version in (1, 2))
    found = pairing(before, after, log.folder)
    assert found.earlier == {item: item for item in before.descriptors}
    assert found.rescaled == {}


def test_a_year_under_the_second_edition_is_explained_against_one_under_the_first(
    log: Log,
) -> None:
    """It is the same descriptor, so people and minds explain its change."""
    first = Year(log, 2026, LAST, "ehsg-2022@1").said("5.1", police_1="1", health_1="2", gone_1="0")
    second = Year(log, 2027, THIS, "ehsg-2022@2").said("5.1", police_9="3", hv_7="2", new_1="2")
    assert voice(first, second).shares.whole == Fraction(4, 3)


def test_the_command_tells_it_in_words_and_in_fractions(last: Year, this: Year) -> None:
    """Names are not among the words."""
    one, other = (str(year.closed().area.id) for year in (last, this))
    folder = last.area.log.folder
    said = ehsg(folder, "change", one, other)
    assert "voice It is so.: 1.00 to 2.33 (+1.33): people who left +0.50" in said.out
    assert "2 people are certainly on both panels" in said.out
    found = ehsg(folder, "change", one, other, "--json").document
    assert (
        "  The outcome, 1 to 2 (+1): the panel's mean +1.33, what the rule made of it -0.33."
        in (said.out)
    )
    assert found["descriptors"][0]["shares"]["joined"] == "-1/6"
    assert not [word for word in ("Ann", "Birch") if word in said.out]


def test_what_an_alternative_makes_up_for_moves_no_mean(log: Log) -> None:
    """A lake given up for a warehouse is no fall: it counts in neither year, and is told of none."""
    before = Year(log, 2026, LAST, guide="ehsg-2020@1")
    after = Year(log, 2027, LAST, guide="ehsg-2020@1")
    for one, lake in ((before, "mostly-yes"), (after, "no")):
        for item, said in (("data-matching-3", "yes"), ("data-matching-4", lake)):
            one.said(item, police_1=said, health_1=said, gone_1=said)
    found = explained(before.closed(), after.closed())
    assert [moved.item for moved in found.descriptors] == ["data-matching-3"]
    assert found.overall is not None
    assert (found.overall.last, found.overall.this) == (Fraction(3), Fraction(3))
    assert found.once == ()


def test_the_years_side_by_side_call_it_not_needed(log: Log) -> None:
    """In words, where its score would look like a weakness."""
    more = {"police-2": "Eve of Police", "health-2": "Flo of Health"}
    only = Year(log, 2026, LAST | more, guide="ehsg-2020@1")
    for item, said in (("data-matching-3", "yes"), ("data-matching-4", "no")):
        only.said(item, police_1=said, health_1=said, gone_1=said, police_2=said, health_2=said)
    only.closed()
    table = years(log, "Sefton")
    rebuild(log)
    assert years(log, "Sefton") == table  # from the base of a long log, too
    lines = {line.item: line for line in table.lines}
    (lake,), (warehouse,) = (lines[f"data-matching-{n}"].said for n in (4, 3))
    assert (lake.words, lake.covered) == ("No, not needed", True)
    assert (warehouse.words, warehouse.covered) == ("Yes", False)
