"""Where the panel stands apart, widest first, and who took part: never before a round is closed."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.ehsg import ehsg
from support.story.story import Story, agree_and_split

from ehsg_events.kernel import Refused
from projections.figures.disagreement import disagreements
from projections.figures.participation import participation


def test_the_widest_disagreement_comes_first_with_who_stands_where(story: Story) -> None:
    """Agencies stand lowest first."""
    first, second = disagreements(agree_and_split(story).round_closed().view())
    assert [(one.item, one.verdict) for one in (first, second)] == [
        ("5.2", "two_camps"),
        ("5.1", "agreed"),
    ]
    assert [(one.agency, one.median) for one in first.agencies] == [
        ("police", 0),
        ("health", 2.5),
        ("school", 5),
    ]


def test_of_a_round_that_is_open_nothing_is_told(story: Story) -> None:
    """Nor of one that was never opened."""
    agree_and_split(story)
    assert disagreements(story.view()) == []
    with pytest.raises(Refused, match="these are: none yet"):
        disagreements(story.view(), 1)


def test_a_change_of_mind_tells_what_the_person_had_been_shown(
    story: Story, tmp_path: Path
) -> None:
    """The group's figures were on the screen in the feedback round."""
    agree_and_split(story).round_closed().round_opened().answered("police-1", "5.2", "3")
    story.round_closed()
    (moved,) = (moved for one in disagreements(story.view()) for moved in one.changed)
    assert (moved.stakeholder, moved.moved_by, moved.saw_figures) == ("police-1", 3, True)
    said = ehsg(tmp_path, "disagreement").out
    assert "police-1 of police moved from 0 to 3 since round 1, having seen the group's" in said
    assert not [one for one in disagreements(story.view(), 1) if one.changed]


def test_who_took_part_is_told_by_agency_and_round(story: Story, tmp_path: Path) -> None:
    """Each person once a round, and once over all of them; who withdrew has not answered."""
    agree_and_split(story).round_closed().round_opened()
    story.answered("police-1", "5.2", "3").withdrawn("health-1").round_closed()
    found = participation(story.view())
    assert [(one.round, one.kind) for one in found.rounds] == [(1, "first"), (2, "feedback")]
    counts = [[(row.agency, row.answered) for row in one.agencies] for one in found.rounds]
    assert counts[0] == [("police", 2), ("health", 2), ("school", 2)]
    assert counts[1] == [("police", 1), ("health", 0), ("school", 0)]
    over_all = {one.agency: (one.invited, one.answered, one.withdrawn) for one in found.agencies}
    assert over_all == {"police": (2, 2, 0), "health": (2, 1, 1), "school": (2, 2, 0)}
    assert "health: 1 of 2 people asked have answered; 1 withdrew" in (
        ehsg(tmp_path, "participation").out
    )
