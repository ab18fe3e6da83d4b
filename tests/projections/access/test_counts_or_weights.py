"""Whoever reads anything sees counts, or what weighs agencies, and never both of the same answers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from support.story.story import NAMES, PANEL, Story

from bots.interview.prompts import screen
from bots.interview.record import hear, talk_of
from bots.interview.said import Said
from ehsg_events.agreement.closes_before import TOPICS, closes_before
from ehsg_events.agreement.consensus import yardstick
from ehsg_events.agreement.measuring import measure_round
from ehsg_events.agreement.small_numbers import told
from ehsg_events.commands import workshop
from ehsg_events.events import RoundMeasured
from ehsg_events.log.transaction import Transaction
from ehsg_events.panel.member import Member
from ehsg_events.rounds import lifecycle
from ehsg_events.states.streams import outcome_stream, round_stream
from ehsg_events.values.policy import Policy, Rule, Terms
from projections.access.closes import history
from projections.results.board_results import shown
from projections.results.results import Result

FIVE = PANEL[:5]  # two of the police, two of health, one of the schools
APART = "000555"
AGENCIES, PEOPLE = (
    Terms(
        rule=Rule(name=f"by-{of}", weights=of, rounds=3), policy=Policy(shown="figures-and-reasons")
    )
    for of in ("agencies", "people")
)


def closed(story: Story, terms: Terms, panel: Sequence[Member] = PANEL) -> Story:
    """A first round in which 5.1 is agreed, and 5.2 is not."""
    story.opened(panel, terms).round_opened()
    story.all_answered("5.1", dict(zip(NAMES, "232333"[: len(panel)], strict=False)))
    return story.all_answered("5.2", dict(zip(NAMES, APART[: len(panel)], strict=False)))


def asked_again(story: Story, person: str) -> str:
    """The question that somebody finds in the feedback round, as every surface puts it."""
    hear(
        story.log,
        story.stamp(person, "stakeholder"),
        story.assessment,
        person,
        Said("choice", "start"),
    )
    _, talk = talk_of(story.log, story.assessment, person, story.stamp().at)
    return screen(talk).text


def board(story: Story, item: str = "5.1") -> Result:
    """What the board is told of a descriptor."""
    return next(one for one in shown(story.view(), "board") if one.item == item)


def test_where_people_weigh_alike_a_feedback_round_counts_them(tmp_path: Path) -> None:
    """As the board is told, too."""
    with Story(tmp_path) as story:
        closed(story, PEOPLE).round_closed().round_opened()
        assert "Of 6 people from 3 agencies, 3 people said 0" in asked_again(story, "police-1")
        assert board(story, "5.2").counts == (3, 0, 0, 0, 0, 3)


def test_where_agencies_weigh_a_feedback_round_counts_nobody(tmp_path: Path) -> None:
    """The board is told the level that is agreed on, every agency counting once."""
    with Story(tmp_path) as story:
        closed(story, AGENCIES, FIVE).noted("police-2", "5.2", "working-well", "We meet")
        story.round_closed().round_opened()
        asked = asked_again(story, "police-1")
        assert "The group's scores are not shown" in asked
        assert "people said" not in asked
        assert "We meet" in asked, "reasons without names and scores tell nobody's score"
        assert (board(story).counts, board(story).median) == ((), 3)
        assert (board(story, "5.2").counts, board(story, "5.2").median) == ((), None)


def test_agencies_of_one_size_are_counted(tmp_path: Path) -> None:
    """Then nobody weighs more than others."""
    with Story(tmp_path) as story:
        closed(story, AGENCIES).round_closed().round_opened()
        assert "3 people said 0" in asked_again(story, "police-1")


def test_a_panel_of_nearly_one_mind_is_not_counted_in_an_interview(tmp_path: Path) -> None:
    """Five who must agree to a level: four at 3, one at 1; who stands alone would know all others."""
    strict = Terms(rule=Rule(name="all", agreed_share=1.0, rounds=2))
    with Story(tmp_path) as story:
        story.opened(FIVE, strict).round_opened()
        story.all_answered("5.1", dict(zip(NAMES, "33331", strict=False))).round_closed()
        story.round_opened()
        asked = asked_again(story, "school-1")
        assert "Of 5 people from 3 agencies, at least 3 said 3" in asked
        assert board(story).counts == ()


def test_beside_votes_that_were_shown_nothing_is_told_that_weighs_agencies(tmp_path: Path) -> None:
    """Neither a middle score nor the outcome that it came to, until a named person settles it."""
    with Story(tmp_path) as story:
        in_a_room(story.opened(FIVE, AGENCIES), "23233")
        found = board(story)
        assert (found.median, found.outcome, found.counts) == (None, None, ())
        story.moderated("5.1", "3", "as the room said")
        assert board(story).outcome == 3


def test_beside_votes_that_were_shown_counts_are_told(tmp_path: Path) -> None:
    """Of the same answers they are the same."""
    with Story(tmp_path) as story:
        in_a_room(story.opened(FIVE, PEOPLE), "23233")
        assert (board(story).counts, board(story).outcome) == ((0, 0, 2, 3, 0, 0), 3)


def in_a_room(story: Story, values: str, *, again: bool = False) -> Story:
    """A workshop in which those in the room vote on 5.1, and which is closed then."""
    room, log, of = NAMES[: len(values)], story.log, story.assessment
    workshop.open_workshop(log, story.stamp(), of, ["5.1"])
    workshop.attend(log, story.stamp(), of, room)
    for _ in range(1 + again):
        workshop.put_to_the_vote(log, story.stamp(), of, "5.1")
        story.all_answered("5.1", dict(zip(room, values, strict=True)))
        workshop.show_votes(log, story.stamp(), of, "5.1")
    return story.round_closed()


# -- logs from before that was decided -------------------------------------------------------------
def closed_by_an_earlier_version(story: Story) -> None:
    """Close and measure the newest round as before it was decided what an interview shows."""
    stream, log = round_stream(story.assessment, story.newest), story.log
    newest = log.newest_round(story.assessment)
    log.record(story.stamp(), lambda tx: tx.decide(stream, *lifecycle.close(newest)))
    now, stamp = log.situation(story.assessment), story.stamp()
    steps = measure_round(now, log.newest_round(story.assessment), stamp.at)
    (fact,) = steps.pop("round")
    assert isinstance(fact, RoundMeasured)
    left = tuple(one.model_copy(update={"tells": None}) for one in fact.left)
    old = fact.model_copy(update={"left": left})

    def record(tx: Transaction) -> None:
        tx.decide(stream, old)
        for item, facts in steps.items():
            tx.decide(outcome_stream(story.assessment, item), *facts)

    log.record(stamp, record)


def test_a_round_measured_by_an_earlier_version_shows_what_it_showed(tmp_path: Path) -> None:
    """Somebody may have seen the counts already; so the board is told nothing that weighs agencies."""
    with Story(tmp_path) as story:
        closed(story, AGENCIES, FIVE)
        closed_by_an_earlier_version(story)
        assert board(story).median == 3, "what was agreed on was not asked again, and not counted"
        story.round_opened()
        assert "3 people said 0" in asked_again(story, "police-1")
        for name in NAMES[:5]:
            story.answered(name, "5.2", "3")
        story.round_closed()
        assert (board(story, "5.2").outcome, board(story, "5.2").median) == (None, None)


# -- the two ways to the closes so far -------------------------------------------------------------
@pytest.mark.parametrize("old", [False, True], ids=["as now", "measured by an earlier version"])
@pytest.mark.parametrize("terms", [AGENCIES, PEOPLE], ids=["agencies", "people"])
def test_the_closes_on_the_log_are_those_of_the_read_model(
    tmp_path: Path, terms: Terms, old: bool
) -> None:
    """After a reopening, a feedback round, votes in a room and a withdrawal; and so is what is told."""
    with Story(tmp_path) as story:
        closed(story, terms, FIVE)
        if old:
            closed_by_an_earlier_version(story)
        else:
            story.round_closed()
        story.reopened(21, "half term")
        story.answered("school-1", "5.1", "dont-know").answered(
            "health-1", "5.2", "1"
        ).round_closed()
        story.round_opened().answered("police-1", "5.2", "4").answered("police-2", "5.2", "skip")
        story.withdrawn("health-2").round_closed()
        in_a_room(story, "224", again=True).moderated("5.2", "3", "as it is")
        assert_alike(story)


def assert_alike(story: Story) -> None:
    """The closes of each descriptor hold the same answers, and the same is told of them."""
    state = story.log.assessment(story.assessment)
    folded = closes_before(story.log.about(story.assessment, TOPICS), state.panel)
    read = history(story.view())
    assert set(folded) == set(read) == {"5.1", "5.2"}
    for item, closes in read.items():
        every = folded[item]
        of_closes = [one for one in every if not one.shown]
        assert of_closes == [one.measured for one in closes]
        may = told(every, yardstick(0, 5), state.rule)
        assert [m for m, one in zip(may, every, strict=True) if not one.shown] == [
            one.told for one in closes
        ]
