"""What people read is a sentence that is true of them, in their own words, and in good English."""

from __future__ import annotations

from datetime import timedelta
from typing import get_args

import pytest
from support.area import CLOSES, OPENS, PANEL, Area
from support.area import words as sealed
from support.log.workshop import EAST, ONE_ROUND, ask_peers, close

from bots import phrases, terminal
from bots.interview.record import talk_of
from bots.interview.screens import terms
from bots.messages.owed import Kind
from bots.phrases.afterwards import became
from bots.phrases.by_hand import COUNTED, TELL, nudged
from bots.phrases.labels import times
from bots.phrases.pages.rehearsal import MESSAGES, messages
from bots.rehearsal.forecast import IN_REPLY
from ehsg_events.agreement.fates import Fate
from ehsg_events.dates.worktime import Worktime, say_worktime
from ehsg_events.events import Matter, Means
from ehsg_events.kernel import Stamp
from ehsg_events.log.log import Log
from ehsg_events.reminders.reminders import SPARED
from ehsg_events.reminders.told_by_hand import BY_MEANS, TOLD_OF
from ehsg_events.rounds.milestones import Milestone, ahead
from ehsg_events.states.interview import Answer
from ehsg_events.values.hours import read_hours
from ehsg_events.values.policy import Policy
from guides import library
from projections.collecting.coordinator_tasks import SAYS

SPARED_BY_HAND = [rule for rule in SPARED if rule not in ("nobody-named", "too-late")]
DUE = (Milestone("remind-3", OPENS), Milestone("remind-1", CLOSES), Milestone("close", CLOSES))


def why(area: Area, who: str = "police-1") -> str:
    """What somebody reads who asks on a terminal why they are asked."""
    said: list[str] = []

    def stamp(_: str) -> Stamp:
        return area.stamp(by=who, role="stakeholder")

    terminal.interview(area.log, stamp, area.id, who, ["why am I asked"], said.append)
    return said[-1]


# -- what is promised ----------------------------------------------------------------------------
def test_who_is_asked_again_is_promised_scores_only_where_they_are_shown() -> None:
    """Under a policy that shows nothing, nothing is promised."""
    guide = library.guide("ehsg-2022@1").guide
    shown = phrases.notice(guide, "Here", ["5.1"], "Friday", again=True, figures=True)
    hidden = phrases.notice(guide, "Here", ["5.1"], "Friday", again=True, figures=False)
    assert "You see the group's scores beside it where" in shown
    assert "asks once more" in hidden
    assert "scores" not in hidden


def test_a_peer_is_not_told_that_their_words_may_be_shown(log: Log) -> None:
    """They never are: what peers say stands beside."""
    area = Area(log)
    shows = ONE_ROUND.model_copy(update={"policy": Policy(shown="figures-and-reasons")})
    area.open((*PANEL, *EAST), terms=shows)
    area.open_round()
    own = talk_of(area.log, area.id, "police-1", area.stamp().at)[1]
    assert "without your name" in terms(own)
    close(area)
    ask_peers(area)
    theirs = talk_of(area.log, area.id, EAST[0].id, area.stamp().at)[1]
    assert "without your name" not in terms(theirs)


# -- tense and number ----------------------------------------------------------------------------
def test_after_the_close_nobody_is_sent_to_a_button_that_is_gone(asked: Area) -> None:
    """They were asked, and no colleague can answer any more."""
    before = why(asked)
    close(asked)
    after = why(asked)
    assert "You are asked because" in before
    assert "I am not the right person" in before
    assert after.startswith("You were asked because the partnership needed the view of")
    assert "right person" not in after


@pytest.mark.parametrize(("left", "of_what"), [(1, "on it: 1 question is"), (2, "on them: 2")])
def test_one_question_is_it_and_two_are_them(left: int, of_what: str) -> None:
    """Where the panel did not agree."""
    assert of_what in phrases.why_now(left, "Friday", "feedback")


def test_nobody_s_work_fits_no_questions() -> None:
    """In a workshop before the first vote."""
    said = phrases.why_asked("constable", "Police", 0, over=False, hand_on=False)
    assert said == "You are asked because the partnership needs the view of Police."


def test_how_often_is_said_in_words() -> None:
    """Not 1 time."""
    assert [times(number) for number in (1, 2, 3)] == ["once", "twice", "3 times"]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Mon-Fri 09:00-17:00", "Monday to Friday, 9am to 5pm London time"),
        ("Tue,Thu 08:30-12:00", "Tuesday and Thursday, 8:30am to midday London time"),
        ("Mon,Wed,Fri 10:00-24:00", "Monday, Wednesday and Friday, 10am to midnight London time"),
    ],
)
def test_hours_are_said_as_people_say_them(written: str, said: str) -> None:
    """Not as they are typed into a panel."""
    assert say_worktime(Worktime(read_hours(written), "Europe/London")) == said


@pytest.mark.parametrize("reason", ["We looked at it.", "We looked at it", " Why not? "])
def test_a_reason_ends_with_one_full_stop(reason: str) -> None:
    """Whoever typed it may have ended it already."""
    guide = library.guide("ehsg-2022@1").guide
    fate = Fate("5.1", Answer("score", "3", 3), 3.0, "3", sealed(reason), "none")
    said = became("Here", guide, [(fate, reason)], ()).splitlines()[1]
    assert said.endswith((", settled by the coordinator: “We looked at it.”", "it”.", "not?”"))


# -- what coordinators read ----------------------------------------------------------------------
def test_a_nudge_whose_moment_passed_is_no_longer_due() -> None:
    """The close still is, until it happens."""
    later = CLOSES + timedelta(minutes=1)
    assert [one.kind for one in ahead(DUE, OPENS)] == ["remind-1", "close"]
    assert [one.kind for one in ahead(DUE, later)] == ["close"]


def test_every_message_has_its_word_in_a_rehearsal() -> None:
    """Receipts at the close, not the name of a kind."""
    assert set(MESSAGES) == {*get_args(Kind)} - {*IN_REPLY}
    assert messages("closed", 5) == "5 receipts at the close"
    assert messages("reminder", 1) == "1 reminder"


def test_every_subject_that_is_told_by_hand_has_its_words() -> None:
    """For the list, for the count, for the moment it comes up, and for the trail."""
    subjects = {*get_args(Matter), "link", "silence"}
    assert set(TELL) == set(COUNTED) == set(SAYS) == subjects
    assert set(TOLD_OF) == {*get_args(Matter)}
    assert set(BY_MEANS) == {*get_args(Means)}


def test_every_rule_against_a_reminder_has_its_words() -> None:
    """Somebody who is withheld one is never left out of the answer."""
    said = nudged(
        (), {}, (), {rule: [who] for who, rule in zip("abcdefghij", SPARED_BY_HAND, strict=True)}
    )
    assert all(f": {person}." in said for person in "abcdefghij")
