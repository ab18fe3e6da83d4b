"""A workshop: who is in the room, what is put to the vote, and when votes are shown and stand."""

from __future__ import annotations

import pytest
from support.area import OPENS, PANEL, Area
from support.log.workshop import ONE_ROUND, ROOM, close, come, far, put, show, vote, workshop

from ehsg_events.commands import hand_over, nudge
from ehsg_events.kernel import Refused
from ehsg_events.rounds.milestones import plan
from ehsg_events.states.round import Round


def newest(area: Area) -> Round:
    """The newest round."""
    found = area.now.newest
    assert found is not None
    return found


# -- the room --------------------------------------------------------------------------------------
def test_nobody_is_asked_until_they_are_in_the_room(area: Area) -> None:
    """And then only what is put to the vote."""
    workshop(area, present=("police-1",))
    assert dict(newest(area).invited) == {"police-1": ()}
    put(area, "5.1")
    assert dict(newest(area).invited) == {"police-1": ("5.1",)}


def test_a_workshop_has_a_close_and_chases_nobody(area: Area) -> None:
    """Its plan has only the end, on the next working day unless another is named."""
    workshop(area)
    assert [milestone.kind for milestone in plan(newest(area))] == ["close"]


def test_who_comes_late_is_asked_what_is_put_to_the_vote(area: Area) -> None:
    """And the others are not asked again."""
    workshop(area, present=ROOM[:2])
    put(area, "5.1")
    vote(area, "5.1", "3")
    come(area, *ROOM)
    assert far(area) == (1, 2)
    assert newest(area).invited["school-1"] == ("5.1",)


def test_who_left_is_not_waited_for_and_their_vote_stands(area: Area) -> None:
    """Attendance is recorded as people come and go."""
    workshop(area)
    put(area, "5.1")
    vote(area, "5.1", "3", "3")
    come(area, "police-1", "school-1")
    assert far(area) == (2, 1)
    come(area, "police-1")
    assert show(area, "5.1").voted == 2


def test_who_is_not_in_the_room_does_not_vote(area: Area) -> None:
    """Neither on what was put to them before they left, nor when it is put to the vote again."""
    workshop(area, "5.1")
    put(area, "5.1")
    area.answer("health-1", "5.1", "2")
    come(area, "police-1", "school-1")
    with pytest.raises(Refused, match="not in the room, so no vote of yours is taken or changed"):
        area.answer("health-1", "5.1", "5")
    vote(area, "5.1", "3")
    show(area, "5.1", without_the_rest=True)
    put(area, "5.1")
    with pytest.raises(Refused, match="not in the room"):
        area.answer("health-1", "5.1", "5")
    come(area, *ROOM)
    area.answer("health-1", "5.1", "5")


def test_who_withdrew_or_is_unknown_is_not_in_the_room(area: Area) -> None:
    """Neither has a vote."""
    workshop(area)
    area.withdraw("school-1")
    with pytest.raises(Refused, match="school-1 has withdrawn, so they have no vote"):
        come(area, "school-1")
    with pytest.raises(Refused, match="Nobody on the panel is called nobody-1"):
        come(area, "nobody-1")


def test_nobody_is_chased_in_a_room(area: Area) -> None:
    """Neither by hand nor by handing on what is put to the vote."""
    workshop(area)
    put(area, "5.1")
    with pytest.raises(Refused, match="A workshop chases nobody"):
        nudge.nudge(area.log, area.stamp(), area.id)
    with pytest.raises(Refused, match="those in the room vote themselves"):
        hand_over.hand_over(area.log, area.stamp(), area.id, "police-1", "school-1")


# -- the vote --------------------------------------------------------------------------------------
def test_votes_wait_for_everybody_in_the_room(area: Area) -> None:
    """Who has not voted is counted and never named."""
    workshop(area)
    put(area, "5.1")
    vote(area, "5.1", "3", "4")
    with pytest.raises(Refused, match=r"^2 of 3 have voted on 5.1. Wait for the rest") as refused:
        show(area, "5.1")
    assert not any(name in str(refused.value) for name in ROOM)
    vote(area, "5.1", "3", "4", "dont-know")
    assert show(area, "5.1").voted == 3


def test_votes_are_shown_without_the_rest_when_the_facilitator_says_so(area: Area) -> None:
    """And who had not voted cannot any more."""
    workshop(area)
    put(area, "5.1")
    vote(area, "5.1", "3", "4")
    assert show(area, "5.1", without_the_rest=True).missing == 1
    with pytest.raises(Refused, match=r"The votes on 5\.1 were shown, so they stand"):
        area.answer("school-1", "5.1", "3")


def test_what_is_shown_is_how_many_chose_each_level(area: Area) -> None:
    """No name, no agency's score; who gave none is told from the total."""
    workshop(area, present=(*ROOM, "school-2"))
    put(area, "5.1")
    vote(area, "5.1", "3", "4", "3")
    area.answer("school-2", "5.1", "skip")
    shown = show(area, "5.1")
    assert (shown.counts, shown.agencies, shown.voted) == ((0, 0, 0, 2, 1, 0), 3, 4)


def test_fewer_than_three_scores_are_never_shown_as_figures(area: Area) -> None:
    """With two each would know the other's."""
    workshop(area)
    put(area, "5.1")
    vote(area, "5.1", "3", "4", "dont-know")
    assert show(area, "5.1").counts == ()


def test_a_shown_vote_can_be_changed_only_when_it_is_put_to_the_vote_again(area: Area) -> None:
    """Then everybody in the room is asked anew, having seen the figures; earlier votes stay."""
    workshop(area)
    put(area, "5.1")
    vote(area, "5.1", "3", "4", "3")
    show(area, "5.1")
    with pytest.raises(Refused, match="so they stand as they were"):
        vote(area, "5.1", "5")
    put(area, "5.1")
    assert far(area) == (0, 3)
    vote(area, "5.1", "4", "4", "3")
    assert show(area, "5.1").counts == (0, 0, 0, 1, 2, 0)
    exposed = [
        fact.fact.exposure.figures_round for fact in area.facts if hasattr(fact.fact, "exposure")
    ]
    assert exposed == [None, None, None, 1, 1, 1]


def test_one_vote_is_open_at_a_time(area: Area) -> None:
    """So that everybody speaks of the same descriptor."""
    workshop(area)
    put(area, "5.1")
    with pytest.raises(Refused, match=r"The vote on 5\.1 is open\. Show it first"):
        put(area, "5.2")


def test_nothing_is_shown_that_nobody_voted_on(area: Area) -> None:
    """Nor what was never put to the vote."""
    workshop(area)
    with pytest.raises(Refused, match=r"5\.1 was not put to the vote yet"):
        show(area, "5.1")
    put(area, "5.1")
    with pytest.raises(Refused, match=r"Nobody has voted on 5\.1 yet"):
        show(area, "5.1", without_the_rest=True)


def test_nothing_but_the_vote_is_asked(area: Area) -> None:
    """No words, no priorities, and the interview is over only with the workshop."""
    workshop(area)
    put(area, "5.1")
    vote(area, "5.1", "3")
    assert area.kinds("police-1") == ["AnswerGiven"]
    with pytest.raises(Refused, match=r"You were not asked about 5\.2"):
        area.answer("police-1", "5.2", "3")


# -- the round -------------------------------------------------------------------------------------
def test_a_workshop_is_measured_like_any_round(area: Area) -> None:
    """What is agreed is adopted, by those who were asked: the people in the room."""
    workshop(area)
    put(area, "5.1")
    vote(area, "5.1", "3", "3", "3")
    show(area, "5.1")
    close(area)
    assert area.measured.settled == ("5.1",)
    assert area.measured.measures[0].invited == 3
    assert area.now.outcomes["5.1"].score == 3


def test_who_is_not_in_the_room_keeps_what_they_said_before(asked: Area) -> None:
    """A workshop of friends cannot outvote the panel by meeting without it."""
    asked.everyone("5.1", "0", "0", "5", "5")
    close(asked)
    workshop(asked, "5.1", present=("police-1", "health-1"))
    put(asked, "5.1")
    vote(asked, "5.1", "1", "1")
    close(asked)
    assert asked.measured.measures[0].counts == (0, 2, 0, 0, 0, 2)


def test_a_workshop_is_about_what_is_unsettled(asked: Area) -> None:
    """A vote on what is settled would change nothing."""
    asked.everyone("5.1", "3", "3", "3", "3")
    asked.everyone("5.2", "0", "0", "5", "5")
    close(asked)
    with pytest.raises(Refused, match=r"An outcome stands for 5\.1 already"):
        workshop(asked, "5.1")
    workshop(asked)
    assert newest(asked).items == ("5.2",)


def test_a_workshop_waits_until_the_round_before_is_closed(asked: Area) -> None:
    """One round after the other."""
    with pytest.raises(Refused, match="Round 1 is open until"):
        workshop(asked)


def test_after_a_workshop_what_is_left_is_moderated(area: Area) -> None:
    """The last round of the rule is the last."""
    again = Area(area.log, type(area.id)(int=8))
    again.open(PANEL, terms=ONE_ROUND)
    workshop(again, "5.1")
    put(again, "5.1")
    vote(again, "5.1", "0", "0", "5")
    close(again)
    assert (again.measured.then, again.measured.unsettled) == ("moderation", ("5.1",))
    assert again.advance(OPENS.replace(month=11)) == []
