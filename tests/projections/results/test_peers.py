"""Peers beside the panel: marked wherever they show, few of them never as figures, none counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from support.story.hidden import UNSTABLE
from support.story.story import NAMES, NOON, PANEL, Story, member, printed, report_in

from ehsg_events.commands import workshop
from projections.collecting.progress import progress
from projections.report.report import report
from projections.results.results import Result, results, trail, why

EAST = [
    replace(member(f"east-{n}", "Eastvale Council", ["5.1"]), peer_of="Eastvale")
    for n in (1, 2, 3, 4, 5)
]
SAID = "Peers from Eastvale: middle score 3, from 2 to 4, 4 people."


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Story]:
    """A log on which nothing stands."""
    with Story(tmp_path) as story:
        yield story


def told(story: Story, *values: str) -> Story:
    """The panel agrees on 5.1; then its peers are asked, and answer."""
    story.opened([*PANEL, *EAST]).round_opened()
    story.all_answered("5.1", dict(zip(NAMES, "222222", strict=True)))
    story.all_answered("5.2", dict(zip(NAMES, "222222", strict=True))).round_closed()
    until = NOON + timedelta(days=30)
    workshop.open_peer_review(story.log, story.stamp(), story.assessment, until)
    return story.all_answered("5.1", dict(zip((one.id for one in EAST), values, strict=False)))


def five_one(story: Story) -> Result:
    """How 5.1 stands."""
    return results(story.view())[0]


def test_peers_stand_beside_the_panel_and_move_none_of_its_figures(bare: Story) -> None:
    """Nothing of them before their round is closed, and nothing of the panel's changes by it."""
    told(bare, "2", "3", "3", "4")
    before = five_one(bare)
    assert before.peers == ()
    after = five_one(bare.round_closed())
    assert [one.sentence for one in after.peers] == [SAID]
    assert after.model_copy(update={"peers": ()}) == before


def test_fewer_than_three_peers_are_never_shown_as_figures(bare: Story) -> None:
    """Each would know what the other said."""
    (one,) = five_one(told(bare, "2", "3", "dont-know").round_closed()).peers
    assert (one.n, one.median, one.low, one.high) == (None, None, None, None)
    assert one.sentence == "Peers from Eastvale: fewer than 3 of them gave a score."


def test_peers_are_marked_in_the_report_and_are_no_party_of_the_panel(bare: Story) -> None:
    """Their middle score beside the panel's, their words under their own name."""
    told(bare, "2", "3", "3", "4", "3").noted("east-1", "5.1", "working-well", "A warm welcome")
    page = report(bare.round_closed().view())
    entry = next(one for one in page.parts[0].entries if one.item == "5.1")
    said = "Peers from Eastvale: middle score 3, 5 people."
    assert entry.peers == (said,)
    assert [voice.agency for box in entry.boxes for voice in box.voices] == ["Peers from Eastvale"]
    assert not any("Eastvale" in party.agency for party in page.parties)
    assert all(said in report_in(bare.view(), form) for form in ("html", "md"))


def test_the_report_tells_of_four_peers_no_figure(bare: Story) -> None:
    """Of so few who would know their own, a middle score at an end would be everybody's."""
    told(bare, "2", "3", "3", "4")
    entry = report(bare.round_closed().view()).parts[0].entries[0]
    assert entry.peers == ("Peers from Eastvale: fewer than 5 of them gave a score.",)


def test_the_words_of_few_peers_do_not_name_their_area(bare: Story) -> None:
    """Those who have withdrawn do not make the others many."""
    told(bare, "2", "3", "3").noted("east-1", "5.1", "working-well", "A warm welcome")
    assert voices(bare.withdrawn("east-2").round_closed()) == ["a peer from another area"]


def voices(story: Story) -> list[str]:
    """Under which name each word under 5.1 stands in the report."""
    entry = next(one for one in report(story.view()).parts[0].entries if one.item == "5.1")
    return [voice.agency for box in entry.boxes for voice in box.voices]


def test_the_walk_back_tells_peers_apart(bare: Story) -> None:
    """Who is one of them is said at each of their answers."""
    told(bare, "2", "3", "3", "4").round_closed()
    walked = why(bare.view(), "5.1")
    assert walked.peers == (SAID,)
    given = [step.says for step in walked.steps if step.stakeholder == "east-1"]
    assert given[0].startswith("east-1 (a peer from Eastvale) answered 5.1")
    assert "what was said stands beside" in trail(bare.view())[-1].says


def test_progress_of_a_peer_review_names_whose_peers_they_are(bare: Story) -> None:
    """So that a coordinator sees whom to chase."""
    found = progress(told(bare, "2").view())
    assert [row.agency for row in found.agencies] == ["Eastvale Council (peers from Eastvale)"]


def test_what_peers_say_shows_nowhere_until_their_round_is_closed() -> None:
    """Two reviews that say as much, but not the same, look the same until then."""
    assert shown("2", "3", "3", "4") == shown("5", "0", "1", "5")


def shown(*values: str) -> str:
    """Everything shown while the peers are asked, but for ids and digests of sealed words."""
    with TemporaryDirectory() as folder, Story(Path(folder)) as story:
        return UNSTABLE.sub("-", printed(told(story, *values).view()))
