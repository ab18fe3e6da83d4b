"""The Home tab of somebody who is asked: where they stand, in words, and the way on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.slack.edge import Place, slack
from support.slack.windows import home, labels, press, words

from ehsg_events.commands import rounds

READING = ["Who sees this, your rights", "Why me?", "Withdraw"]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """An open round."""
    with slack(tmp_path) as place:
        yield place


def test_before_the_start_it_says_so_and_how_to_go_on(place: Place) -> None:
    """Nothing to pause yet."""
    view = home(place, place.person())
    assert "You have not started yet. There are 2 questions." in words(view)
    assert labels(view) == ["Go on", "My answers", *READING]


def test_under_way_it_says_how_far_and_until_when(place: Place) -> None:
    """In words, with the deadline."""
    place.begin()
    view = home(place, place.person())
    assert "You have done 0 of 2 questions. You can answer until 5pm on Monday" in words(view)
    assert labels(view) == ["Go on", "My answers", "Pause", *READING]


def test_a_pause_is_seen_at_once(place: Place) -> None:
    """The tab is drawn again after its own button, which is then gone."""
    place.begin()
    view = press(place, place.person(), "Pause")
    assert "You have paused. 0 of 2 questions done and kept." in words(view)
    assert "Pause" not in labels(view)
    assert place.interview().paused


def test_every_button_says_its_thing_in_the_chat(place: Place) -> None:
    """Each as the typed words would; and the tab says where the answer is, with today's counts."""
    place.begin()
    for button, said in {
        "My answers": "Your answers so far",
        "Who sees this, your rights": "Who sees it\n",
        "Why me?": "You are asked because",
        "Withdraw": "Do you want to withdraw from the assessment of Sefton?",
        "Go on": "1 of 2",
    }.items():
        view = press(place, place.person(), button)
        assert said in place.newest().text
        assert "I have put it in our chat" in words(view)
        assert "You have done 0 of 2 questions." in words(view)


def test_who_has_finished_can_still_read_and_withdraw(place: Place) -> None:
    """And is thanked."""
    place.begin()
    place.finish()
    view = home(place, place.person())
    assert "You have finished: 2 of 2 questions done. Thank you." in words(view)
    assert labels(view) == ["My answers", *READING]


def test_after_the_close_it_says_closed(place: Place) -> None:
    """What was done is still told."""
    place.begin()
    rounds.close_round(place.log, place.stamp("close"), place.assessment)
    view = home(place, place.person())
    assert "The round on Sefton is closed (before its deadline)." in words(view)
    assert labels(view) == ["My answers", *READING]


def test_who_has_withdrawn_is_offered_nothing(place: Place) -> None:
    """No button is left to press by mistake."""
    me = place.person()
    place.begin()
    me.type("withdraw")
    place.outbox.deliver()
    me.type("yes")
    view = home(place, me)
    assert "You have withdrawn." in words(view)
    assert labels(view) == []


def test_a_round_that_rests_says_that_answers_are_still_taken(place: Place) -> None:
    """Paused by the coordinator, not by the person."""
    rounds.pause_round(place.log, place.stamp("pause"), place.assessment, "Floods.")
    assert "Your coordinator has paused the round" in words(home(place, place.person()))


def test_several_assessments_stand_under_their_areas(place: Place) -> None:
    """Each with its own buttons, which act on its own interview."""
    first = place.assessment
    place.clock.on(hours=1)
    place.open_another()
    me = place.person()
    view = home(place, me)
    assert words(view).count("Early help in Sefton") == 2
    rows = [block for block in view["blocks"] if block["type"] == "actions"]
    meant = [row["elements"][0]["value"].partition("/")[0] for row in rows]
    assert meant == [str(place.assessment), str(first)]


def test_more_assessments_than_a_view_holds_end_in_a_sentence(place: Place) -> None:
    """Slack would refuse the whole tab."""
    for _ in range(35):
        place.open_another()
    view = home(place, place.person())
    assert "More than fits here" in words(view)
    assert len(view["blocks"]) <= 100


def test_who_comes_from_another_organisation_sees_their_home(place: Place) -> None:
    """Slack does not say of which workspace somebody is who opens the tab."""
    view = home(place, place.person("U0PARENT", "T0CHARITY"))
    assert "You have not started yet. There are 2 questions." in words(view)


def test_nobody_is_told_that_nothing_is_asked_who_may_be_asked(place: Place) -> None:
    """Whom the tab cannot place is offered the chat."""
    text = words(home(place, place.person("U0STRANGER")))
    assert "Nothing is asked" not in text
    assert "in our chat" in text
