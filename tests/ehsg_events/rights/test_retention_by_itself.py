"""What is destroyed by itself: announced two weeks before, put on hold by anybody's word, then done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Literal

import pytest
from support.story.story import PANEL, Story

from ehsg_events.commands import outcomes, people, planning
from ehsg_events.events import (
    PersonForgotten,
    RetentionAnnounced,
    RetentionApplied,
    RetentionHeld,
)
from ehsg_events.kernel import Refused, Stamp
from ehsg_events.rights import retention, retention_hold
from ehsg_events.rights.forgetting import forget
from ehsg_events.rights.retention_by_itself import Destroyed, advance
from ehsg_events.rights.retention_hold import standing
from ehsg_events.values.policy import Policy, Terms

LAST = date(2027, 12, 31)
POLICY = Policy(kept_until=LAST, destroyed="by-itself")
EVERYTHING = POLICY.model_copy(update={"afterwards": "forget-all"})
SOON = datetime(2027, 12, 17, 3, tzinfo=UTC)  # two weeks before the last day
OVER = datetime(2028, 1, 1, 3, tzinfo=UTC)
WEEK = timedelta(weeks=1)


def answered(folder: Path, policy: Policy = POLICY) -> Story:
    """A round that is closed and settled, with somebody's words, and not signed off."""
    story = Story(folder)
    story.opened(PANEL, Terms(policy=policy)).round_opened()
    story.answered("police-1", "5.1", "2").noted("police-1", "5.1", "working-well", "My words")
    story.round_closed()
    return story.moderated("5.1", "2", "So it was.").moderated("5.2", "1", "So it was.")


def signed(folder: Path, policy: Policy = POLICY) -> Story:
    """The same, signed off: an assessment that is over."""
    return answered(folder, policy).signed_off("Director", "Dana Director")


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    """An assessment that is over, whose policy destroys by itself."""
    with signed(tmp_path / "data") as story:
        yield story


def at(story: Story, when: datetime) -> Stamp:
    """A stamp of a moment."""
    return story.stamp().model_copy(update={"at": when})


def look(story: Story, when: datetime) -> RetentionAnnounced | Destroyed | None:
    """What the clock finds and does at a moment."""
    return advance(story.log, at(story, when), story.assessment)


def facts(story: Story, *kinds: type) -> list[object]:
    """The facts of some kinds, in order."""
    return [recorded.fact for recorded in story.log.all() if isinstance(recorded.fact, kinds)]


def is_destroyed(story: Story) -> bool:
    """Whether anybody of the panel was forgotten."""
    return bool(facts(story, PersonForgotten, RetentionApplied))


def test_it_is_announced_two_weeks_before_and_done_on_the_day_after_the_last(story: Story) -> None:
    """With whose names and words it is, and by the policy of which day; scores stand."""
    assert look(story, SOON - timedelta(days=1)) is None
    announced = look(story, SOON)
    assert isinstance(announced, RetentionAnnounced)
    assert set(announced.people) == {member.id for member in PANEL}
    assert (announced.destroyed_from, announced.chosen) == (date(2028, 1, 1), date(2026, 10, 5))
    for days in range(1, 15):
        assert look(story, SOON + timedelta(days=days)) == announced
    assert not is_destroyed(story)
    done = look(story, OVER)
    assert isinstance(done, Destroyed)
    assert (done.traces.held, done.traces.found_in) == (False, ())
    assert facts(story, RetentionApplied) == [
        RetentionApplied(kept_until=LAST, then="forget-people", chosen=date(2026, 10, 5))
    ]
    assert {one.forgotten for one in facts(story, PersonForgotten)} == set(announced.people)  # type: ignore[attr-defined]
    score = story.log.situation(story.assessment).interviews[1, "police-1"].answers["5.1"].score
    assert score == 2
    assert look(story, OVER + WEEK) is None


def test_whoever_looks_late_announces_first_and_waits_all_the_same(story: Story) -> None:
    """A server that stood still for months destroys nothing on the day it is started."""
    late = OVER + 20 * WEEK
    announced = look(story, late)
    assert isinstance(announced, RetentionAnnounced)
    for days in range(15):
        assert look(story, late + timedelta(days=days)) == announced
    assert not is_destroyed(story)
    assert isinstance(look(story, late + timedelta(days=15)), Destroyed)
    assert len(facts(story, RetentionAnnounced)) == 1


@pytest.mark.parametrize(
    "policy",
    [
        Policy(kept_until=LAST),
        Policy(kept_until=LAST, destroyed="by-itself", afterwards="review"),
        Policy(destroyed="by-itself"),
    ],
)
def test_without_a_policy_that_says_so_nothing_is_announced(tmp_path: Path, policy: Policy) -> None:
    """By hand, where the coordinator decides, or without a day: as it always was."""
    with signed(tmp_path / "data", policy) as story:
        assert [look(story, when) for when in (SOON, OVER, OVER + 9 * WEEK)] == [None] * 3
        assert not facts(story, RetentionAnnounced)


def not_signed_any_more(story: Story) -> None:
    """The sign-off is withdrawn."""
    outcomes.withdraw_sign_off(story.log, story.stamp(), story.assessment, "a mistake")


def again_open(story: Story) -> None:
    """The round takes answers again."""
    outcomes.withdraw_sign_off(story.log, story.stamp(), story.assessment, "a mistake")
    story.reopened(60, "a mistake")


@pytest.mark.parametrize("happens", [not_signed_any_more, again_open])
def test_of_an_assessment_that_goes_on_nothing_is_destroyed(
    story: Story, happens: Callable[[Story], None]
) -> None:
    """Nor is what was announced; once it is over again, it is announced anew."""
    look(story, SOON)
    happens(story)
    assert [look(story, when) for when in (OVER, OVER + 9 * WEEK)] == [None, None]
    assert not is_destroyed(story)


def test_one_that_was_never_signed_off_waits_for_its_coordinator(tmp_path: Path) -> None:
    """It may be open still in somebody's eyes."""
    with answered(tmp_path / "data") as story:
        assert look(story, OVER + 9 * WEEK) is None
        retention.apply(story.log, at(story, OVER), story.assessment)
        assert is_destroyed(story)


def test_on_hold_nothing_is_destroyed_by_itself_or_by_hand(story: Story) -> None:
    """And once it goes on, it is announced anew first."""
    look(story, SOON)
    retention_hold.hold(story.log, at(story, SOON), story.assessment, "an inquiry")
    assert (standing(story.log, story.assessment), look(story, OVER + WEEK)) == ((None, True), None)
    with pytest.raises(Refused, match="on hold"):
        retention.apply(story.log, at(story, OVER + WEEK), story.assessment)
    with pytest.raises(Refused, match="on hold already"):
        retention_hold.hold(story.log, story.stamp(), story.assessment, "another")
    retention_hold.resume(story.log, story.stamp(), story.assessment)
    with pytest.raises(Refused, match="not on hold"):
        retention_hold.resume(story.log, story.stamp(), story.assessment)
    assert isinstance(look(story, OVER + WEEK), RetentionAnnounced)
    assert not is_destroyed(story)
    assert isinstance(look(story, OVER + 4 * WEEK), Destroyed)
    (held,) = facts(story, RetentionHeld)
    assert story.log.text(held.because) == "an inquiry"  # type: ignore[attr-defined]


def test_whoever_did_not_stand_on_the_list_is_announced_anew(tmp_path: Path) -> None:
    """Nobody's words are destroyed that were not announced for two weeks."""
    with signed(tmp_path / "data", EVERYTHING) as story:
        first = look(story, SOON)
        people.name_coordinator(story.log, story.stamp(), story.assessment, "Jo Blogs")
        second = look(story, OVER)
        assert isinstance(first, RetentionAnnounced)
        assert isinstance(second, RetentionAnnounced)
        assert {*second.people} - {*first.people} == {"coordinator-1"}
        assert not is_destroyed(story)


def test_whoever_was_forgotten_meanwhile_makes_nobody_wait(story: Story) -> None:
    """All that is left was announced."""
    look(story, SOON)
    forget(story.log, at(story, SOON), story.assessment, "police-1", "by letter")
    assert isinstance(look(story, OVER), Destroyed)


@pytest.mark.parametrize("destroyed", ["by-hand", "by-itself"])
def test_another_policy_takes_an_announcement_back(
    story: Story, destroyed: Literal["by-hand", "by-itself"]
) -> None:
    """One that says by hand ends it; under another it is announced anew."""
    look(story, SOON)
    outcomes.withdraw_sign_off(story.log, story.stamp(), story.assessment, "a mistake")
    policy = POLICY.model_copy(update={"destroyed": destroyed})
    planning.choose_policy(story.log, story.stamp(), story.assessment, policy)
    story.signed_off("Director", "Dana Director")
    found = look(story, OVER)
    assert isinstance(found, RetentionAnnounced) is (destroyed == "by-itself")
    assert not is_destroyed(story)


@pytest.mark.parametrize("ahead", [timedelta(days=400), timedelta(days=4000)])
def test_a_clock_that_was_ahead_once_destroys_nothing(story: Story, ahead: timedelta) -> None:
    """Put right it announces once more, at the right time, and nothing was lost or is kept longer."""
    now = datetime(2026, 11, 1, 3, tzinfo=UTC)
    look(story, now + ahead)
    assert [look(story, now + timedelta(days=days)) for days in (1, 30)] == [None, None]
    announced = look(story, SOON)
    assert isinstance(announced, RetentionAnnounced)
    assert announced.destroyed_from == date(2028, 1, 1)
    assert not is_destroyed(story)
    assert isinstance(look(story, OVER), Destroyed)


@pytest.mark.parametrize("policy", [POLICY, EVERYTHING], ids=["people", "all"])
def test_two_who_look_at_once_do_it_once(tmp_path: Path, policy: Policy) -> None:
    """The second finds that nothing is left to do."""
    with signed(tmp_path / "data", policy) as story:
        for when in (SOON, SOON, OVER, OVER):
            look(story, when)
        assert len(facts(story, RetentionAnnounced)) == len(facts(story, RetentionApplied)) == 1
