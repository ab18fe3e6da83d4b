"""What a person meets beside the questions: a yes, a pause, a colleague, the close; on a terminal."""

from __future__ import annotations

import pytest
from support.area import FEEDBACK, PANEL, Area, person
from support.log.handing import agrees, asks_to_hand_on, declines

from bots import phrases, terminal
from ehsg_events.commands import rounds
from ehsg_events.kernel import Stamp
from ehsg_events.log.log import Log

WIDE = (*PANEL, person("charity-1", "Charity"), person("housing-1", "Housing"))


def says(area: Area, *lines: str, who: str = "police-1") -> str:
    """What stands at the end on a person's terminal who has said these lines."""
    said: list[str] = []

    def stamp(_: str) -> Stamp:
        return area.stamp(by=who, role="stakeholder")

    for spoken in ([], *([line] for line in lines)):
        terminal.interview(area.log, stamp, area.id, who, spoken, said.append)
    return said[-1]


@pytest.fixture
def camps(log: Log) -> Area:
    """A feedback round on 5.1, where three said 0 and two said 5; the last did not know."""
    area = Area(log)
    area.open(WIDE)
    area.open_round()
    for one, value in zip(WIDE, ("0", "0", "0", "5", "5", "dont-know"), strict=True):
        area.answer(one.id, "5.1", value)
        area.answer(one.id, "5.2", "3")
    rounds.close_round(log, area.stamp(), area.id)
    area.open_round(FEEDBACK, None)
    return area


# -- yes, and no -------------------------------------------------------------------------------
def test_a_yes_to_withdrawing_withdraws_and_is_no_evidence(asked: Area) -> None:
    """Words are asked for underneath; the question that stands above is whether they are sure."""
    assert says(asked, "start", "3", "withdraw", "Yes") == phrases.WITHDRAWN
    assert "NoteGiven" not in asked.kinds("police-1")


def test_a_no_to_withdrawing_keeps_everything_and_leaves_no_box(asked: Area) -> None:
    """The same words are asked for again."""
    before = says(asked, "start", "3")
    assert says(asked, "withdraw", "no") == before


def test_a_number_behind_a_hash_is_no_level(asked: Area) -> None:
    """The levels are not numbered on the screen, so the third of them must not be meant."""
    assert says(asked, "start", "#3").startswith("I need your answer to 5.1 first")
    assert not asked.interview("police-1").answers


# -- a pause -----------------------------------------------------------------------------------
def test_who_answers_after_a_pause_has_gone_on(asked: Area) -> None:
    """She comes back on Thursday and types her answer under the question that waits."""
    assert says(asked, "start", "pause", "3").startswith("5.1: What is working well")
    assert not asked.interview("police-1").paused


def test_who_pauses_before_the_notice_is_left_in_peace(asked: Area) -> None:
    """And meets it when they go on."""
    assert says(asked, "later").startswith("Paused.")
    assert says(asked, "go on").startswith("Early help in Sefton")


def test_who_asks_to_be_reminded_where_no_message_reaches_them_is_told_who_does(
    asked: Area,
) -> None:
    """The coordinator by hand; and the question waits behind it."""
    question = says(asked, "start")
    told = says(asked, "remind me on Thursday at 2")
    assert "Your coordinator will be asked to remind you at 2pm on Thursday" in told
    assert says(asked, "go on") == question


# -- a colleague -------------------------------------------------------------------------------
def test_who_handed_everything_on_is_not_asked_no_questions(asked: Area) -> None:
    """There is nothing to start, to change or to hand on."""
    asks_to_hand_on(asked, "police-1")
    agrees(asked, "police-1")
    for line in ("go on", "start", "my answers", "help", "hand on"):
        assert says(asked, line, "go on") == f"{phrases.NOTHING_LEFT}\n#1 Withdraw"


def test_who_asked_to_hand_on_reads_what_was_decided(asked: Area) -> None:
    """On a surface to which no message comes; until then that it is not decided."""
    says(asked, "start", "3", "hand on", "Bo in my team")
    assert says(asked).startswith(phrases.HAND_ON_ASKED)
    declines(asked, "police-1", "Only you know")
    assert "The reason: “Only you know”." in says(asked)
    says(asked, "hand on", "Bo again")
    assert says(asked).startswith(phrases.HAND_ON_ASKED)
    agrees(asked, "police-1")
    assert says(asked).startswith(phrases.HANDED_ON)


# -- the close ---------------------------------------------------------------------------------
def test_after_the_close_every_way_back_leads_to_what_was_recorded(asked: Area) -> None:
    """No button is offered that is refused then."""
    says(asked, "start", "3")
    rounds.close_round(asked.log, asked.stamp(), asked.id)
    receipt = says(asked)
    assert "5.1 Family engagement: you answered 3" in receipt
    for line in ("go on", "my answers", "help"):
        assert says(asked, line) == receipt
    assert says(asked, "withdraw", "no") == receipt
    assert "Go on" not in says(asked, "why me")


# -- the second round --------------------------------------------------------------------------
def test_who_stands_in_one_of_two_camps_is_not_told_that_most_do_not(camps: Area) -> None:
    """Three at one end and two at the other: nobody is near the middle."""
    said = says(camps, "start", "5", who=WIDE[4].id)
    assert said.startswith("Your score is some way from the group's middle score.")


def test_who_had_no_score_before_is_not_asked_why_they_changed_it(camps: Area) -> None:
    """They did not know; now they do."""
    said = says(camps, "start", "1", who=WIDE[5].id)
    assert said.splitlines()[0] == "What speaks for your score?"
