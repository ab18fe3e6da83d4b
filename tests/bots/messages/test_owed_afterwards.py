"""Released, reopened, signed off: everyone it concerns is told once, in Slack and at their link."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from support.log.ladder import CLOSES, answers, ladder, reasons, said_at, tick
from support.slack.edge import ITEMS, Place
from support.visitor import Visitor
from support.web.web import web

from ehsg_events.commands import links, outcomes, panel, rounds
from ehsg_events.panel.member import Member

POLICE, HEALTH = "U0POLICE", "U0HEALTH"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """An open round."""
    with ladder(tmp_path) as place:
        yield place


# -- released and reopened -------------------------------------------------------------------------
def test_who_is_released_is_told_once_and_chased_no_more(place: Place) -> None:
    """What they said stands."""
    answers(place, "police-1", "3", "5.1")
    place.outbox.deliver()
    panel.release(place.log, place.stamp("bye"), place.assessment, "police-1", "she left")
    place.outbox.deliver()
    later = CLOSES + timedelta(days=7)
    rounds.extend_round(place.log, place.stamp("extend"), place.assessment, later, "floods")
    place.outbox.deliver()
    assert "asks you nothing more" in place.texts(POLICE)[-1]
    assert "she left" not in place.texts(POLICE)[-1]
    assert "deadline has moved" in place.texts(HEALTH)[-1]


def test_who_is_released_is_asked_nothing_by_an_old_button_either(place: Place) -> None:
    """It is refused with the reason, and what they said is shown."""
    question = place.begin()
    answers(place, "police-1", "3", "5.1")
    panel.release(place.log, place.stamp("bye"), place.assessment, "police-1", "she left")
    place.person().click(question, "answer:5.1:1")
    assert "asks you nothing more in this round, so nothing was recorded" in place.newest().text
    place.person().type("my answers")
    assert "5.1 Family engagement: you answered 3" in place.newest().text


def test_who_was_released_before_anything_was_said_hears_nothing(place: Place) -> None:
    """Neither the notice nor that it is over."""
    late = Member("fire-1", "Fi Ember", "Fire", "officer", ITEMS, "T0LOOPBACK/U0FIRE")
    panel.join(place.log, place.stamp("join"), place.assessment, late)
    panel.release(place.log, place.stamp("bye"), place.assessment, "fire-1", "she left")
    place.outbox.deliver()
    assert not place.texts("U0FIRE")
    assert sorted(reasons(place, "/fire-1/")) == ["released", "was never asked"]


def test_who_is_asked_again_after_all_is_told_so(place: Place) -> None:
    """The notice they have read; what they said stands."""
    answers(place, "police-1", "3", "5.1")
    panel.release(place.log, place.stamp("bye"), place.assessment, "police-1", "she left")
    place.outbox.deliver()
    back = Member("police-1", "Ada Quill", "Police", "constable", ITEMS, f"T0LOOPBACK/{POLICE}")
    panel.join(place.log, place.stamp("back"), place.assessment, back)
    place.outbox.deliver()
    assert place.texts(POLICE)[-1].startswith(
        "Sefton · You are asked again after all: 1 question, by 5pm"
    )


def test_a_reopened_round_is_told_once_to_those_who_are_asked(place: Place) -> None:
    """With the new deadline; who had finished need do nothing."""
    answers(place, "police-1")
    tick(place, CLOSES)
    place.outbox.deliver()
    _reopen(place)
    place.outbox.deliver()
    place.outbox.deliver()
    assert place.texts(POLICE)[-1].startswith(
        "Sefton · The round is open again, until 5pm on Monday 28"
    )
    assert "You had finished, so nothing more is needed" in place.texts(POLICE)[-1]
    assert "You can answer what you had not" in place.texts(HEALTH)[-1]


def test_its_second_close_gives_a_receipt_again(place: Place) -> None:
    """A receipt that could not be given before the reopening is not given after it."""
    answers(place, "police-1")
    tick(place, CLOSES)
    _reopen(place)
    place.outbox.deliver()
    assert reasons(place, "closed") == ["the round is open again"]
    tick(place, CLOSES + timedelta(days=7))
    place.outbox.deliver()
    assert sum("round on Sefton is closed" in text for text in place.texts(POLICE)) == 1


def _reopen(place: Place) -> None:
    later = CLOSES + timedelta(days=7)
    place.clock.on(minutes=1)
    rounds.reopen_round(place.log, place.stamp("reopen"), place.assessment, later, "floods")


# -- what became of it -----------------------------------------------------------------------------
def test_at_the_end_everyone_who_answered_hears_what_became_of_it(place: Place) -> None:
    """One's own score, the outcome, the coordinator's reason, the dissent and the priorities."""
    _settled(place)
    _sign(place, "once")
    place.outbox.deliver()
    place.outbox.deliver()
    assert place.texts(POLICE)[-1] == (
        "The assessment of Sefton is signed off. This is what became of what you said:\n"
        "5.1 Family engagement: you answered 0 \N{EN DASH} Not started. The panel's middle score "
        "is not shown, because it could tell what somebody else answered. What stands is 3 "
        "\N{EN DASH} Mostly in place, settled by the coordinator: “all could live with it”. Your "
        "dissent is printed beside it.\n"
        "5.2 One Lead Practitioner: you answered 3 \N{EN DASH} Mostly in place. The panel's "
        "middle score is not shown, because it could tell what somebody else answered. What stands "
        "is not told here: it could tell what somebody else answered.\n"
        "To be worked on next: 5.2 One Lead Practitioner.\n"
        "Thank you for your part in it."
    )
    assert "A dissent is printed beside it." in place.texts(HEALTH)[-1]


def test_who_answered_nothing_hears_nothing(place: Place) -> None:
    """Nothing became of what was not said."""
    answers(place, "police-1")
    tick(place, CLOSES)
    _sign(place, "once")
    place.outbox.deliver()
    assert not any("signed off" in text for text in place.texts(HEALTH))


def test_a_signature_withdrawn_before_the_message_goes_withholds_it(place: Place) -> None:
    """And the renewed one is told, once."""
    _settled(place)
    _sign(place, "once")
    _unsign(place)
    place.outbox.deliver()
    assert set(reasons(place, "signed off")) == {"the sign-off was withdrawn"}
    _sign(place, "again")
    place.outbox.deliver()
    assert sum("is signed off" in text for text in place.texts(POLICE)) == 1


def test_after_a_renewed_sign_off_it_is_told_again(place: Place) -> None:
    """A new message."""
    _settled(place)
    _sign(place, "once")
    place.outbox.deliver()
    _unsign(place)
    _sign(place, "again")
    place.outbox.deliver()
    assert sum("is signed off" in text for text in place.texts(POLICE)) == 2


def test_of_two_signatures_that_were_not_told_yet_only_the_newer_is(place: Place) -> None:
    """The outbox was down meanwhile."""
    _settled(place)
    _sign(place, "once")
    _unsign(place)
    _sign(place, "again")
    place.outbox.deliver()
    assert sum("is signed off" in text for text in place.texts(POLICE)) == 1
    assert set(reasons(place, "signed off")) == {"overtaken"}


def test_who_has_a_link_reads_it_there(place: Place) -> None:
    """The same words as in Slack, and below them what was recorded."""
    token = links.issue(place.log, place.stamp("link"), place.assessment, "school-1")
    answers(place, "school-1")
    _settled(place)
    _sign(place, "once")
    with web(place.log, place.clock) as address, closing(Visitor(address, token)) as visitor:
        page = visitor.page
    assert page.title.startswith("What became of what you said")
    assert "5.1 Family engagement: you answered 3" in page.text
    assert "settled by the coordinator: “all could live with it”" in page.text
    assert "Recorded for you" in page.text


def _settled(place: Place) -> None:
    """The round is over, one descriptor split and moderated, one agreed, one priority chosen."""
    answers(place, "police-1", "0", "5.1")
    answers(place, "health-1", "5", "5.1")
    answers(place, "police-1", "3", "5.2")
    answers(place, "health-1", "3", "5.2")
    tick(place, CLOSES)
    log, name = place.log, place.assessment
    why = "all could live with it"
    outcomes.moderate(log, place.stamp("moderate"), name, "5.1", "3", why)
    outcomes.dissent(log, place.stamp("dissent"), name, "5.1", "police-1", "not so in the north")
    outcomes.choose_priorities(log, place.stamp("priorities"), name, ["5.2"], None)
    said_at(place, CLOSES)


def _sign(place: Place, key: str) -> None:
    stamp = place.stamp(f"sign {key}")
    outcomes.sign_off(place.log, stamp, place.assessment, "Director", "Jo West")


def _unsign(place: Place) -> None:
    outcomes.withdraw_sign_off(place.log, place.stamp("unsign"), place.assessment, "too soon")
