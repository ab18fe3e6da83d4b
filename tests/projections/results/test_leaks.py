"""The leaks that an audit found in what the board is told, on its page and in the report."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from support.story.story import NOON, Story, member, report_in

from bots.web.desk.page import Visitor
from bots.web.desk.pages import results as results_page
from bots.web.desk.pages.results import Row
from ehsg_events.values.policy import Rule, Terms
from guides import library
from projections.results.board_results import shown
from projections.results.results import Result, results

PANEL = [
    member(f"{agency}-{n}", agency, ["5.1"])
    for agency in ("police", "health", "school")
    for n in (1, 2)
]
NAMES = [person.id for person in PANEL]


def closed(story: Story, terms: Terms, answers: Mapping[str, str]) -> None:
    """A first round in which some of the panel answer."""
    story.opened(PANEL, terms).round_opened().all_answered("5.1", dict(answers))
    story.round_closed()


def board(story: Story) -> Result:
    """What the board sees of the descriptor."""
    return shown(story.view(), "board")[0]


def page(story: Story) -> Row:
    """The descriptor as it stands on the board's own page."""
    visitor = Visitor(story.assessment, "reader-1", "board", NOON)
    parts: Any = results_page.draw(story.view(), visitor, {}).values["parts"]
    row: Row = next(row for part in parts for row in part.rows if row.item == "5.1")
    return row


def printed(story: Story) -> str:
    """What the report prints of the descriptor."""
    text = report_in(story.view(), "md")
    return text[text.index("5.1 Family engagement\n") :].split("5.2 One Lead")[0]


def test_counts_do_not_stand_beside_a_middle_that_weighs_otherwise(tmp_path: Path) -> None:
    """Two, two and one person of three agencies, each agency counting once: the one had said 3."""
    rule = Rule(name="by-agency", weights="agencies", rounds=1)
    with Story(tmp_path) as story:
        closed(story, Terms(rule=rule), dict(zip(NAMES[:5], "23233", strict=True)))
        found = board(story)
        assert (found.counts, found.low, found.within_one) == ((), None, None)
        assert found.outcome == found.median == 3
        assert "every agency counts once" in found.sentence
        assert page(story).bars == ()
        assert "How many people gave each score" not in printed(story)


@pytest.mark.parametrize("answer", ["0", "5"])
def test_an_outcome_at_an_end_of_few_waits_for_a_named_person(tmp_path: Path, answer: str) -> None:
    """Who differed would know what the other two said; settled by name it is shown."""
    with Story(tmp_path) as story:
        closed(
            story, Terms(rule=Rule(rounds=1, quorum_invited=0.5)), dict.fromkeys(NAMES[::2], answer)
        )
        assert results(story.view())[0].outcome == int(answer)
        found = board(story)
        assert (found.outcome, found.stands, found.verdict) == (None, None, "withheld")
        assert "until a named person settles it" in found.sentence
        assert page(story).outcome == "No outcome yet, or none that is shown."
        assert "No outcome shown yet" in printed(story)
        found = board(story.moderated("5.1", answer, "the files"))
        assert (found.outcome, found.moderated, found.against) == (int(answer), True, "untold")


def test_three_who_all_said_partly_on_three_levels_are_not_told(tmp_path: Path) -> None:
    """On such a scale near is the same level, so that the outcome would be each one's answer."""
    with Story(tmp_path) as story:
        guide = library.guide("nw-2013@1").guide
        item = next(iter(guide.descriptors))
        panel = [member(one.id, one.agency, [item]) for one in PANEL[::2]]
        story.opened(panel, Terms(rule=Rule(rounds=1)), guide.id).round_opened()
        story.all_answered(item, dict.fromkeys(NAMES[::2], guide.scale_of(item).levels[1].value))
        story.round_closed()
        assert next(r for r in results(story.view()) if r.item == item).outcome == 1
        assert next(r for r in shown(story.view(), "board") if r.item == item).outcome is None


@pytest.mark.parametrize("late", ["0", "3", "4", "5", "dont-know"])
def test_a_late_joiner_is_not_read_off_an_outcome(tmp_path: Path, late: str) -> None:
    """Figures of five, then of six: what only one of two answers could bring is not adopted."""
    terms = Terms(rule=Rule(rounds=9, quorum_invited=0.5))
    with Story(tmp_path) as story:
        closed(story, terms, dict(zip(NAMES[:5], "33455", strict=True)))
        before = board(story)
        story.reopened(40, "one was away").answered(NAMES[5], "5.1", late)
        found = board(story.round_closed())
        assert results(story.view())[0].outcome is None
        assert (found.counts, found.outcome) == (before.counts, None)
        assert "Later ones are not shown" in found.sentence
        assert page(story).outcome == "No outcome yet, or none that is shown."
        assert "No outcome shown yet" in printed(story)


def test_one_mind_is_said_without_counts(tmp_path: Path) -> None:
    """Of all, or all but one: who stood alone would know what the others said."""
    seen = set()
    for last in ("3", "1", "5"):
        with Story(tmp_path / last) as story:
            closed(
                story,
                Terms(rule=Rule(rounds=1)),
                dict(zip(NAMES, ("3", "3", "3", "3", "3", last), strict=True)),
            )
            found = board(story)
            assert (found.counts, found.low, found.outcome) == ((), None, 3)
            seen.add(found.sentence)
    assert seen == {
        "Agreed. The middle score is 3 (Mostly in place). At least 4 of 6 people who gave a score chose it."
    }
