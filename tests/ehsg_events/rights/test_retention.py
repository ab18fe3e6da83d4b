"""Retention: until when names and words are kept, and what is done then."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from support.story.story import PANEL, Story

from ehsg_events.commands import people
from ehsg_events.events import PersonForgotten, RetentionApplied
from ehsg_events.kernel import Refused, Stamp
from ehsg_events.log.log import Log
from ehsg_events.rights import retention
from ehsg_events.rights.retention import Kept
from ehsg_events.rounds.promised import promised
from ehsg_events.values.policy import Afterwards, Policy, Terms

LAST = date(2027, 12, 31)
OVER = datetime(2028, 1, 1, 9, tzinfo=UTC)


def opened(
    tmp_path: object, then: Afterwards = "forget-people", until: date | None = LAST
) -> Story:
    """A closed round of an assessment with a day until which things are kept."""
    story = Story(tmp_path)  # type: ignore[arg-type]
    policy = Policy(kept_until=until, afterwards=then)
    story.opened(PANEL, Terms(policy=policy)).round_opened()
    story.answered("police-1", "5.1", "2").noted("police-1", "5.1", "working-well", "My words")
    people.name_coordinator(story.log, story.stamp(), story.assessment, "Jo Blogs")
    return story.round_closed().moderated("5.1", "2", "They agreed")


def at(story: Story, when: datetime) -> Stamp:
    """A stamp of a moment."""
    return story.stamp().model_copy(update={"at": when})


def kept(log: Log, when: datetime) -> Kept:
    """What is kept of the only assessment."""
    (one,) = retention.kept(log, when)
    return one


def lost(story: Story) -> dict[str, bool]:
    """Whether a note, a coordinator's reason, and their name are gone."""
    texts = story.log.store.whose_texts()
    left = {person for _, person in texts}
    return {person: person not in left for person in ("police-1", "coordinator", "coordinator-1")}


@pytest.mark.parametrize(
    ("then", "gone"),
    [
        ("forget-people", {"police-1": True, "coordinator": False, "coordinator-1": False}),
        ("forget-all", {"police-1": True, "coordinator": True, "coordinator-1": True}),
    ],
)
def test_once_it_is_over_those_are_forgotten_whom_the_policy_names(
    tmp_path: object, then: Afterwards, gone: dict[str, bool]
) -> None:
    """With a fact for it and one for each; scores stand."""
    with opened(tmp_path, then) as story:
        before = kept(story.log, OVER)
        assert (before.until, before.is_over, before.texts > len(PANEL)) == (LAST, True, True)
        done, traces = retention.apply(story.log, at(story, OVER), story.assessment)
        assert (traces.held, traces.found_in) == (False, ())
        assert lost(story) == gone
        facts = [recorded.fact for recorded in story.log.all()]
        assert sum(isinstance(fact, RetentionApplied) for fact in facts) == 1
        forgotten = {f.forgotten: f.ground for f in facts if isinstance(f, PersonForgotten)}
        assert forgotten == dict.fromkeys(done.people, "retention")
        interview = story.log.situation(story.assessment).interviews[1, "police-1"]
        assert interview.answers["5.1"].score == 2
        assert (kept(story.log, OVER).texts, kept(story.log, OVER).people) == (0, ())
        with pytest.raises(Refused, match="Nothing is kept"):
            retention.apply(story.log, at(story, OVER), story.assessment)


def test_before_the_last_day_is_over_nothing_is_destroyed(tmp_path: object) -> None:
    """The last day counts to its end, where the assessment is."""
    with opened(tmp_path) as story:
        last_minute = datetime(2027, 12, 31, 23, 59, tzinfo=UTC)
        assert not kept(story.log, last_minute).is_over
        assert kept(story.log, last_minute + timedelta(minutes=1)).is_over
        with pytest.raises(Refused, match="31 December 2027"):
            retention.apply(story.log, at(story, last_minute), story.assessment)
        assert not any(lost(story).values())


@pytest.mark.parametrize(
    ("then", "until", "why"), [("review", LAST, "coordinator"), ("forget-all", None, "no day")]
)
def test_without_a_day_or_a_rule_nothing_is_destroyed(
    tmp_path: object, then: Afterwards, until: date | None, why: str
) -> None:
    """Somebody has to choose."""
    with opened(tmp_path, then, until) as story:
        with pytest.raises(Refused, match=why):
            retention.apply(story.log, at(story, OVER), story.assessment)
        assert not any(lost(story).values())


def test_a_day_that_people_were_told_becomes_earlier_and_never_later() -> None:
    """A later policy does not take back what was promised."""
    told, later = Policy(kept_until=LAST), Policy(kept_until=date(2030, 1, 1))
    assert promised(later, [told]).until == LAST
    assert promised(told, [later]).until == LAST
    assert promised(Policy(), [told]).until == LAST
    assert promised(later, [Policy()]).until == date(2030, 1, 1)
    assert promised(Policy(), []).until is None


def test_what_people_were_told_is_destroyed_then_is_never_less() -> None:
    """Nobody's words are kept for a decision that they were told would not be needed."""
    people, review = Policy(kept_until=LAST), Policy(kept_until=LAST, afterwards="review")
    everything = Policy(kept_until=LAST, afterwards="forget-all")
    assert promised(review, [people]).then == "forget-people"
    assert promised(people, [review]).then == "forget-people"
    assert promised(review, [everything, people]).then == "forget-all"
    assert promised(review, [Policy()]).then == "review", "nobody was told a day"
