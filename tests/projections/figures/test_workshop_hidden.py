"""Votes are hidden until they are shown, in every read model, page and command, from everybody."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from support.story.figures import equal, recorded_alike
from support.story.hidden import UNSTABLE
from support.story.story import PANEL, Story, printed

from bots.interview.prompts import screen
from bots.interview.record import talk_of
from ehsg_events.commands import workshop
from projections.collecting.nudges import nudges
from projections.results.results import results

ROOM = ("police-1", "health-1", "school-1", "school-2")
UNSURE = ("dont-know", "not-my-area", "skip")


def voting(story: Story, values: tuple[str, ...], *, again: bool = False) -> Story:
    """A workshop in which 5.1 is put to the vote and all but the last have voted."""
    story.opened(PANEL)
    workshop.open_workshop(story.log, story.stamp(), story.assessment)
    workshop.attend(story.log, story.stamp(), story.assessment, ROOM)
    if again:
        put(story).all_answered("5.1", dict(zip(ROOM, "3333", strict=True)))
        workshop.show_votes(story.log, story.stamp(), story.assessment, "5.1")
    return put(story).all_answered("5.1", dict(zip(ROOM, values, strict=False)))


def put(story: Story) -> Story:
    """The facilitator puts 5.1 to the vote."""
    workshop.put_to_the_vote(story.log, story.stamp(), story.assessment, "5.1")
    return story


def seen(values: tuple[str, ...], *, again: bool = False) -> str:
    """Everything that anybody but the voters can see while a vote is open."""
    with TemporaryDirectory() as folder, Story(Path(folder)) as story:
        voting(story, values, again=again)
        _, talk = talk_of(story.log, story.assessment, "school-2", story.stamp().at)
        told = (screen(talk).text, printed(story.view()), repr(nudges(story.view(), None)))
        return UNSTABLE.sub("-", "\n".join(told))


def test_nothing_that_is_shown_tells_an_open_vote() -> None:
    """Rooms that vote as much, but not the same, look the same; a score or not is hidden too."""
    assert seen(("0", "0", "0")) == seen(("5", "3", "1")) == seen(UNSURE)


def test_nothing_that_is_shown_tells_a_vote_that_was_put_again() -> None:
    """What was shown the first time shows; of the second not even who voted as before."""
    assert seen(("3", "3", "3"), again=True) == seen(("5", "3", "2"), again=True)


def test_votes_that_were_shown_are_shown_without_names() -> None:
    """Who voted what stays hidden until the workshop is closed."""
    with TemporaryDirectory() as folder, Story(Path(folder)) as told:
        voting(told, ("2", "2", "3", "4"))
        workshop.show_votes(told.log, told.stamp(), told.assessment, "5.1")
        after = printed(told.view())
        assert "The votes on 5.1 were shown: 4 had voted." in after
        assert "answered 5.1 Family engagement" not in after


def test_what_nobody_was_asked_is_measured_alike(tmp_path: Path) -> None:
    """A workshop may come first, and close with descriptors that were never put to the vote."""
    with Story(tmp_path) as told:
        view = voting(told, ("2", "2", "3", "4")).round_closed().view()
        equal(view, told, 1)
        recorded_alike(view, 1)
        assert {one.item: one.n for one in results(view) if one.n is not None} == {
            "5.1": 4,
            "5.2": 0,
        }
