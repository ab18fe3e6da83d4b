"""What a message says when its turn has come, and when it is no longer said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from support.area import CLOSES, OPENS, Area
from support.log.handing import agrees, asks_to_hand_on
from support.log.promised import IN_SLACK, answers, labels, says
from support.log.workshop import ROOM, put, show, workshop
from support.slack.edge import Place, every_message_has_one_end, slack

from bots import phrases
from bots.delivery.withheld import Withheld
from bots.interview.talk import Prompt
from ehsg_events.commands import rounds
from ehsg_events.log.log import Log

AFTER, LATER = CLOSES + timedelta(hours=1), CLOSES + timedelta(days=7)


@pytest.fixture
def opened(log: Log) -> Area:
    """An assessment of people in Slack."""
    area = Area(log)
    area.open(
        tuple(replace(m, items=("5.1", "6.1")) if m.id == "school-1" else m for m in IN_SLACK)
    )
    return area


@pytest.fixture
def begun(opened: Area) -> Area:
    """Its round is open, and two people have begun."""
    opened.open_round()
    answers(opened, "5.1", "police-1", "school-1")
    return opened


def reopened(area: Area) -> None:
    """The round was closed, and takes answers again."""
    rounds.close_round(area.log, area.stamp(CLOSES), area.id)
    rounds.reopen_round(area.log, area.stamp(AFTER), area.id, LATER, "floods")


# -- the way on ------------------------------------------------------------------------------------
def test_who_hears_of_a_new_deadline_or_of_an_open_round_has_a_way_on(begun: Area) -> None:
    """One press away."""
    rounds.extend_round(begun.log, begun.stamp(), begun.id, LATER, "floods")
    assert labels(says(begun, "police-1", "moved", OPENS)) == [phrases.RESUME]
    reopened(begun)
    said = says(begun, "police-1", "reopened", AFTER)
    assert labels(said) == [phrases.RESUME, phrases.REVIEW]


def test_giver_and_taker_of_what_was_handed_on_both_hear_it(begun: Area) -> None:
    """The giver may see and withdraw what they said; the taker reads how much is left."""
    asks_to_hand_on(begun, "police-1")
    agrees(begun, "police-1", "school-1")
    given = says(begun, "police-1", "handed-on", OPENS)
    assert labels(given) == [phrases.RESUME, phrases.REVIEW, phrases.WITHDRAW]
    taken = says(begun, "school-1", "taken-over", OPENS)
    assert isinstance(given, Prompt)
    assert isinstance(taken, Prompt)
    assert phrases.HANDED_ON in given.text
    assert phrases.taken_over(2) in taken.text
    assert labels(taken) == [phrases.RESUME]


# -- too late --------------------------------------------------------------------------------------
def test_that_a_round_is_open_again_is_not_said_once_it_has_closed_again(begun: Area) -> None:
    """Nor to anybody who withdrew meanwhile."""
    reopened(begun)
    begun.withdraw("school-1")
    assert says(begun, "school-1", "reopened", AFTER) == Withheld("withdrawn")
    rounds.close_round(begun.log, begun.stamp(AFTER), begun.id)
    assert says(begun, "police-1", "reopened", AFTER) == Withheld("the round is closed")


# -- votes -----------------------------------------------------------------------------------------
def test_a_vote_is_put_while_it_is_open_and_withheld_once_the_votes_are_shown(
    opened: Area,
) -> None:
    """And the votes are withheld once it is put to the vote again."""
    workshop(opened)
    begin(opened)
    put(opened, "5.1")
    asked = says(opened, "health-1", "vote", OPENS)
    assert isinstance(asked, Prompt)
    assert (asked.kind, asked.item) == ("question", "5.1")
    answers(opened, "5.1", *ROOM)
    assert says(opened, "health-1", "vote", OPENS) == Withheld("nothing is to be voted on")
    show(opened, "5.1")
    assert labels(says(opened, "health-1", "votes-shown", OPENS)) == [phrases.REVIEW]
    put(opened, "5.1")
    again = says(opened, "health-1", "votes-shown", OPENS)
    assert again == Withheld("put to the vote again")


def test_nothing_of_a_vote_is_said_once_the_workshop_is_over(opened: Area) -> None:
    """Neither the question nor the votes."""
    workshop(opened)
    begin(opened)
    put(opened, "5.1")
    answers(opened, "5.1", *ROOM)
    show(opened, "5.1")
    rounds.close_round(opened.log, opened.stamp(), opened.id)
    assert says(opened, "health-1", "votes-shown", OPENS) == Withheld("the round is closed")


def begin(area: Area) -> None:
    """Everybody in the room has voted on 5.2 and so begun."""
    put(area, "5.2")
    answers(area, "5.2", *ROOM)
    show(area, "5.2")


# -- in the chat -----------------------------------------------------------------------------------
@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """Somebody in Slack has begun; at the end each message had one end."""
    with slack(tmp_path) as place:
        place.begin()
        yield place
        every_message_has_one_end(place)


def test_who_types_what_is_not_kept_reads_that_it_may_still_stand_in_the_chat(place: Place) -> None:
    """We can leave it out, and cannot delete it there."""
    place.person().type("This child is being hurt at home right now.")
    assert place.newest().text.endswith(phrases.STILL_HERE)
    place.person().type("help")
    assert phrases.STILL_HERE not in place.newest().text


@pytest.mark.parametrize("before", [(), ("help",), ("help", "my answers")])
def test_who_withdraws_hears_that_they_have_and_nothing_else(
    place: Place, before: tuple[str, ...]
) -> None:
    """What they asked for before is not answered any more."""
    place.person().type("withdraw")
    asked = place.newest()
    for typed in before:
        place.person().type(typed)
    place.person().click(asked, "Yes, withdraw")
    heard = len(place.texts())
    place.outbox.deliver()
    (said,) = place.texts()[heard:]
    assert "You have withdrawn." in said
    assert list(place.withheld().values()).count("withdrawn") == len(before)
