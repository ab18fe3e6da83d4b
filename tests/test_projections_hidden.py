"""What stays hidden until a round closes, and what is printed again as it was printed then."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from projections_spec import NAMES, PANEL, Story, agree_and_split, member, printed

from projections.queries import trail

UNSTABLE = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64}")


def test_what_is_said_in_an_open_round_changes_nothing_that_is_shown() -> None:
    """Panels that differ only in their scores and words look the same until the close."""
    shown = open_round("000000", "one thing")
    assert open_round("555555", "another") == shown
    assert open_round("012345", "a third") == shown


def open_round(scores: str, words: str) -> str:
    """Everything shown while a feedback round is open, but for ids and digests of sealed words."""
    with TemporaryDirectory() as folder, Story(Path(folder)) as story:
        agree_and_split(story.opened(PANEL)).round_closed().round_opened()
        for person, score in zip(NAMES, scores, strict=True):
            story.answered(person, "5.2", "5" if score == "0" else "0")
            story.answered(person, "5.2", score)
            story.noted(person, "5.2", "reason", words).note_amended(person, f"{words} again")
        return UNSTABLE.sub("-", printed(story.view()))


def test_a_hidden_step_shows_that_somebody_spoke_and_not_what(story: Story) -> None:
    """When and who stay; level, score, kind and words are null, and the sentence says so."""
    agree_and_split(story).noted("police-1", "5.1", "working-well", "We meet weekly")
    answer, note = (
        next(step for step in trail(story.view()) if step.what == what)
        for what in ("AnswerGiven", "NoteGiven")
    )
    assert answer.hidden
    assert (answer.who, answer.at) == ("police-1", "2026-10-05T12:03:00Z")
    assert [answer.fact[name] for name in ("kind", "level", "score")] == [None] * 3
    assert (note.words, note.fact["words"]) == (None, None)
    for step in (answer, note):
        assert "hidden until the round closes" in step.says


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
    return next(s.fact["number"] for s in trail(story.view()) if s.what == "AnswerGiven")


@pytest.mark.slow
def test_as_of_prints_what_was_printed_then(story: Story) -> None:
    """At every step the same bytes come out later, whatever was said since."""
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
    story.withdrawn("health-2").round_closed()
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
