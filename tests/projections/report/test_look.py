"""All results at one look: the sentences count what is drawn, and tell no reader more than they see."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.story.story import NAMES, PANEL, Story
from support.story.submission import bring

from ehsg_events.values.policy import Rule, Terms
from projections.access.audience import Audience
from projections.report.look import Look, look
from projections.report.trend import trend
from projections.results.board_results import shown

ONE_ROUND = Terms(rule=Rule(rounds=1))


def seen(story: Story, audience: Audience = "coordinator") -> Look | None:
    """What a reader sees at one look."""
    view = story.view()
    results = shown(view, audience)
    unsaid = "open or not shown" if audience == "board" else "open"
    return look(view, results, trend(view, {r.item: r for r in results}), unsaid)


def answered(story: Story) -> Story:
    """Everybody has answered, and the round is open."""
    story.round_opened().all_answered("5.1", dict(zip(NAMES, "222234", strict=True)))
    return story.all_answered("5.2", dict(zip(NAMES, "000555", strict=True)))


@pytest.fixture
def closed(tmp_path: Path) -> Story:
    """Agreed at 2 on 5.1, two camps on 5.2."""
    return answered(Story(tmp_path).opened(PANEL, ONE_ROUND)).round_closed()


def test_there_is_nothing_to_see_before_anything_is_measured(tmp_path: Path) -> None:
    """Not while the first round is open either."""
    story = Story(tmp_path).opened(PANEL, ONE_ROUND)
    assert seen(story) is None
    assert seen(answered(story)) is None


def test_what_was_agreed_settled_and_left_is_counted(closed: Story) -> None:
    """Of all descriptors of the guide."""
    every = len(closed.view().guide.descriptors)
    first = seen(closed)
    assert first is not None
    assert first.sentences[0] == (
        f"{every} descriptors: 1 agreed, 0 settled by the coordinator, {every - 1} open."
    )
    closed.moderated("5.2", "1", "Seen at every school.")
    then = seen(closed)
    assert then is not None
    assert then.sentences[0] == (
        f"{every} descriptors: 1 agreed, 1 settled by the coordinator, {every - 2} open."
    )
    assert "Lowest: 5.2 One Lead Practitioner at 1 (First steps)." in then.sentences
    assert (
        "Widest apart, of the 2 whose answers are shown: 5.2 One Lead Practitioner, answers from 0 to 5."
        in then.sentences
    )


def test_each_descriptor_is_drawn_as_it_stands_and_said_in_words(closed: Story) -> None:
    """The cross lies at the middle score."""
    found = seen(closed)
    assert found is not None
    agreed, apart, unasked = found.stretches[0].spots[:3]
    assert (agreed.standing, agreed.score, agreed.run) == ("agreed", 2, (2, 4))
    assert agreed.words == "2 (Partly in place), as the panel agreed; answers from 2 to 4"
    assert (apart.standing, apart.middle, apart.run) == ("open", 2.5, (0, 5))
    assert apart.words == "open; middle score 2.5; answers from 0 to 5"
    assert (unasked.standing, unasked.middle, unasked.run, unasked.words) == (
        "open",
        None,
        None,
        "open",
    )
    assert (found.stretches[0].mean, found.stretches[0].mean_said) == (2, "2.00")


def test_the_year_before_is_counted_and_drawn(closed: Story) -> None:
    """Up, down and the same, where it was scored under the same guide."""
    bring(closed.log, "a.json", b'{"scores": {"5.1": 1, "5.2": 3}}', "Anytown", 2025)
    closed.moderated("5.2", "3", "Seen at every school.")
    found = seen(closed)
    assert found is not None
    assert found.sentences[-1] == "Since 2025: 1 up, 0 down, 1 the same."
    assert (found.year, found.stretches[0].spots[0].before) == (2025, 1)
    assert found.stretches[0].spots[0].words.endswith("; 1 in 2025")


def test_what_the_board_may_not_see_is_in_no_sentence_and_no_line(tmp_path: Path) -> None:
    """Three people's scores, settled by hand: neither a range nor where they stood."""
    story = Story(tmp_path).opened(PANEL, ONE_ROUND).round_opened()
    story.all_answered("5.1", dict(zip(NAMES[:3], "035", strict=True))).round_closed()
    story.moderated("5.1", "3", "Seen at every school.")
    for_board, for_coordinator = seen(story, "board"), seen(story)
    assert for_board is not None
    assert for_coordinator is not None
    assert for_board.stretches[0].spots[0].run is None
    assert for_coordinator.stretches[0].spots[0].run == (0, 5)
    assert not any("apart" in sentence for sentence in for_board.sentences)
    assert "0 to 5" not in repr(for_board)
