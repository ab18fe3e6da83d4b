"""What is handed in holds no outcome that would tell somebody's answer, and a blank says nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.story.story import NAMES, PANEL, Story, member

from ehsg_events.values.policy import Rule, Terms
from projections.access.closes import withheld_outcomes
from projections.submissions.handed_in import document, handed_in
from projections.years.side_by_side import years

FEW = Terms(rule=Rule(rounds=1, quorum_invited=0.5))


def signed(folder: Path, answer: str, *, by_name: bool) -> Story:
    """Three people of three agencies agree on 5.1, and it is signed off, settled by name or not."""
    panel = [member(one.id, one.agency, ["5.1"]) for one in PANEL]
    story = Story(folder).opened(panel, FEW).round_opened()
    story.all_answered("5.1", dict.fromkeys(NAMES[::2], answer)).round_closed()
    if by_name:
        story.moderated("5.1", answer, "the files")
    return story.signed_off("Lead", "Jo West")


@pytest.mark.parametrize(
    ("answer", "by_name", "handed"),
    [("0", False, None), ("5", False, None), ("0", True, 0), ("3", False, 3)],
)
def test_an_outcome_is_handed_in_if_it_leaves_everybody_two_scores(
    tmp_path: Path, answer: str, by_name: bool, handed: int | None
) -> None:
    """On the form and side by side with other years; the log has it all the same."""
    with signed(tmp_path, answer, by_name=by_name) as story:
        assert (withheld_outcomes(story.view()) == {"5.1"}) is (handed is None)
        form = document(story.log, handed_in(story.log, "Anytown", 2026))
        assert form.descriptors[0].score == handed
        line = next(line for line in years(story.log, "Anytown").lines if line.item == "5.1")
        assert [said.score for said in line.said] == [handed]
        assert story.log.situation(story.assessment).outcomes["5.1"].score == int(answer)
