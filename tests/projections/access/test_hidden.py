"""What stays hidden until a round closes, and what is printed again as it was printed then."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from support.story.hidden import UNSTABLE, says_no_score, scores
from support.story.story import NAMES, PANEL, Story, agree_and_split, member, printed

from ehsg_events.events import MessageFailed
from ehsg_events.states.streams import message_stream
from projections.results.results import trail, why

UNSCORED = {"?": "dont-know", "-": "not-my-area", "s": "skip"}


def test_what_is_said_in_an_open_round_changes_nothing_that_is_shown() -> None:
    """Panels that say as much, but not the same, look the same until the close: scores or not."""
    shown = open_round("000000", "one thing")
    assert open_round("555555", "another") == shown
    assert open_round("012345", "a third") == shown
    brief = open_round("??????", "a fourth")
    assert open_round("?-s?-s", "a fifth") == brief


def open_round(answers: str, words: str) -> str:
    """Everything shown while a feedback round is open, but for ids and digests of sealed words."""
    with TemporaryDirectory() as folder, Story(Path(folder)) as story:
        agree_and_split(story.opened(PANEL)).round_closed().round_opened()
        for person, answer in zip(NAMES, answers, strict=True):
            if answer in UNSCORED:
                says_no_score(story, person, UNSCORED[answer])
            else:
                scores(story, person, answer, words)
        return UNSTABLE.sub("-", printed(story.view()))


def test_a_reopened_round_hides_what_is_said_in_it_and_what_was_shown_of_it() -> None:
    """Also from whoever supposes that it were otherwise, or asks who is missing."""
    assert reopened_round("000000") == reopened_round("555555")


def reopened_round(answers: str) -> str:
    """Everything shown while a round takes answers again."""
    with TemporaryDirectory() as folder, Story(Path(folder)) as story:
        agree_and_split(story.opened(PANEL)).round_closed().reopened(21, "half term")
        for person, answer in zip(NAMES, answers, strict=True):
            story.answered(person, "5.1", "5" if answer == "0" else "0")
            story.answered(person, "5.1", answer)
        return UNSTABLE.sub("-", printed(story.view()))


def test_an_answer_of_an_open_round_shows_that_it_was_given_and_not_what(story: Story) -> None:
    """Who and which item, so that one answer can be told from two; no kind, level or score."""
    given = trail(story.round_opened().answered("police-1", "5.1", "dont-know").view())[-1]
    assert (given.what, given.who, given.item, given.hidden) == (
        "AnswerGiven", "police-1", "5.1", True,
    )  # fmt: skip
    assert given.fact == {}
    assert given.says == "police-1 answered 5.1. Hidden until the round closes."


def test_what_else_is_said_in_an_open_round_leaves_no_trace(story: Story) -> None:
    """No line for words, for a box left empty or for words taken back."""
    before = trail(agree_and_split(story).view())
    story.noted("police-1", "5.1", "working-well", "We meet weekly")
    story.finished("police-1", "5.1", "next-steps").note_retracted("police-1")
    assert trail(story.view()) == before
    assert len(trail(story.round_closed().view())) > len(before) + 3


@pytest.mark.parametrize("item", ["5.2", "5.1"])
def test_a_score_with_words_and_a_bare_dont_know_leave_the_same_trail(item: str) -> None:
    """More is recorded after a score; neither lines, positions nor numbers of them tell it."""
    assert one_answer(item, scored=True) == one_answer(item, scored=False)


def one_answer(item: str, *, scored: bool) -> str:
    """The trail of an open round in which one person answered, and another later."""
    with TemporaryDirectory() as folder, Story(Path(folder)) as story:
        story.opened(PANEL).round_opened().answered(
            "police-1", item, "3" if scored else "dont-know"
        )
        if scored:
            story.noted("police-1", item, "working-well", "We meet weekly")
            story.finished("police-1", item, "next-steps")
        else:
            story.minutes += 3  # as long as that takes
        shown = trail(story.answered("health-1", item, "2").view())
        return UNSTABLE.sub("-", "\n".join(step.model_dump_json() for step in shown))


def test_who_finished_shows_and_not_with_what(story: Story) -> None:
    """The chat's last message may be "don't know", so why they finished stays back with it."""
    story.round_opened().answered("police-1", "5.1", "dont-know")
    done = trail(story.answered("police-1", "5.2", "dont-know").view())[-1]
    assert (done.what, done.who, done.cause) == ("InterviewCompleted", "police-1", None)
    assert done.position is None
    closed = trail(story.round_closed().view())
    assert next(step for step in closed if step.what == "InterviewCompleted").cause == "told"


def test_no_item_is_walked_back_to_what_is_said_in_an_open_round(story: Story) -> None:
    """That it was answered shows; words under it would tell that it was scored."""
    agree_and_split(story).noted("police-1", "5.1", "working-well", "We meet weekly")
    assert {step.what for step in why(story.view(), "5.1").steps} == {
        "StakeholderInvited",
        "AnswerGiven",
    }
    kinds = {step.what for step in why(story.round_closed().view(), "5.1").steps}
    assert kinds >= {"AnswerGiven", "NoteGiven"}


def test_messages_that_answer_what_was_said_are_hidden_with_it(story: Story) -> None:
    """A question's receipt tells what was said; an invitation that failed must be seen."""
    story.round_opened()
    for name in ("version 2", "version 2 as of version 3", "notice"):
        stream = message_stream(story.assessment, f"round 1/police-1/{name}")
        story.wrote(stream, MessageFailed(to="police-1", reason="user_not_found"))
    assert [step.what for step in trail(story.view())].count("MessageFailed") == 1
    closed = trail(story.round_closed().view())
    assert [step.what for step in closed].count("MessageFailed") == 3
    assert not any(step.hidden for step in closed)


def test_a_closed_round_shows_what_was_said(story: Story) -> None:
    """After the close the same steps carry score and words."""
    agree_and_split(story).noted("police-1", "5.1", "working-well", "We meet weekly").round_closed()
    told = trail(story.view())
    assert not any(step.hidden for step in told)
    assert next(step for step in told if step.what == "NoteGiven").words == "We meet weekly"
    assert next(step for step in told if step.what == "AnswerGiven").fact["score"] == 2


def test_a_number_is_hidden_as_a_score_is(tmp_path: Path) -> None:
    """It is what somebody said, too."""
    with Story(tmp_path) as story:
        story.opened([member("police-1", "police", ["kpi-1"])], guide="nw-2013@1").round_opened()
        story.answered("police-1", "kpi-1", "1250")
        assert number(story) is None
        assert number(story.round_closed()) == 1250


def number(story: Story) -> object:
    """The number of the only answer, as the trail shows it."""
    return next(
        (s.fact.get("number") for s in trail(story.view()) if s.what == "AnswerGiven"), None
    )


@pytest.mark.slow
def test_as_of_prints_what_was_printed_then(story: Story) -> None:
    """At every step the same bytes come out later, whatever was said since.

    Only somebody's withdrawal reaches back (`test_withdrawn`).
    """
    then: dict[int, str] = {}

    def look() -> None:
        view = story.view()
        then[view.position] = printed(view)

    look()
    agree_and_split(story)
    look()
    story.noted("police-1", "5.1", "working-well", "We meet weekly").round_closed()
    look()
    story.round_opened().answered("police-1", "5.2", "4").noted(
        "police-1", "5.2", "reason", "I was shown a file"
    )
    look()
    story.round_closed()
    look()
    story.moderated("5.1", "2", "the files").moderated("5.2", "3", "the middle").dissented(
        "school-1", "5.2", "too high"
    )
    look()
    story.chose("5.2", data_model=4).permitted("dfe", granted=True)
    story.signed_off("Director", "Dana Director")
    look()
    assert len(then) == 7
    for position, was in then.items():
        assert printed(story.view(str(position))) == was
