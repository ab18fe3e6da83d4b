"""What is said belongs to the moment it was said: words answer what stood on the screen then.

Slack delivers again at once, after one minute and after five, and for a day where a workspace
wants it so.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from support.slack.edge import slack
from support.slack.late import TwoPanels, arrive, on_its_way, press, said_so_far
from support.slack.windows import hand

MINUTES = (1, 5, 60)
# what is typed while 5.1 asks for a score, and arrives once 5.2 does
TOO_LATE = (
    "0", "0 – Not started", "skip", "don't know", "not my area", "change 5.1 to 1", "next", "back",
    "pause", "yes", "no", "We ask every family.", "start", "withdraw yes",
)  # fmt: skip
TO_SEE = {
    "help": "You can say at any time",
    "my answers": "Your answers so far",
    "why am I asked": "You are asked because",
    "who sees this": "Who sees it",
    "withdraw": "Do you want to withdraw from the assessment of Sefton?",
    "what waits": "1 question waits for you",
    "not the right person": "Who would be the right person?",
}


@pytest.fixture(params=[1, 2], ids=["one panel", "two panels"])
def panels(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[TwoPanels]:
    """Somebody whom 5.1 asks for a score in Sefton, and who may be asked in Northvale later."""
    with slack(tmp_path) as place:
        place.begin()
        place.clock.on(seconds=30)
        yield TwoPanels(place, two=request.param == 2)


def goes_on(panels: TwoPanels, minutes: int = 0) -> None:
    """They answer 5.1 by buttons and come to 5.2; then, on two panels, they are asked elsewhere."""
    panels.place.clock.on(seconds=10)
    for token in ("answer:5.1:5", "next:5.1:working-well", "next:5.1:prioritising-next"):
        panels.place.clock.on(seconds=5)
        press(panels.place, token)
    if panels.two:
        panels.open_northvale()
    panels.place.clock.on(minutes=minutes)


# -- late ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("words", TOO_LATE)
def test_words_that_come_after_the_talk_went_on_change_nothing_by_themselves(
    panels: TwoPanels, words: str
) -> None:
    """No answer and no note under another question or area; and the person hears what became."""
    held = [on_its_way(panels.place).type(words)[1] for _ in MINUTES]
    goes_on(panels)
    for late, minutes in zip(held, MINUTES, strict=True):
        panels.place.clock.on(minutes=minutes)
        panels.answers_as_before(partial(arrive, panels.place, late))
    assert not panels.place.facts("InterviewWithdrawn")
    assert not panels.place.facts("InterviewPaused")
    kept = len(panels.place.facts("WordsSetAside"))
    assert kept == (len(MINUTES) if words == "We ask every family." else 0)


@pytest.mark.parametrize(("words", "shown"), TO_SEE.items())
def test_what_somebody_asks_to_see_is_always_shown(
    panels: TwoPanels, words: str, shown: str
) -> None:
    """Of the area whose message stood on the screen, however late it comes."""
    held = [on_its_way(panels.place).type(words)[1] for _ in MINUTES]
    goes_on(panels)
    for late, minutes in zip(held, MINUTES, strict=True):
        panels.place.clock.on(minutes=minutes)
        before = len(panels.place.texts())
        arrive(panels.place, late)
        assert any(shown in text for text in panels.place.texts()[before:])


@pytest.mark.parametrize("minutes", MINUTES)
def test_a_late_score_for_an_answered_question_asks_with_one_click(
    panels: TwoPanels, minutes: int
) -> None:
    """The click changes that answer and no other."""
    _, late = on_its_way(panels.place).type("0")
    goes_on(panels, minutes)
    arrive(panels.place, late)
    asked = panels.place.person().inbox[-1]
    assert "5.1 Family engagement: What you wrote would make it “0 – Not started”" in asked.text
    assert [b["text"]["text"] for b in asked.buttons] == [
        "Make it 0 – Not started", "Keep 5 – Fully in place and kept up",
    ]  # fmt: skip
    press(panels.place, "answer:5.1:0")
    assert panels.place.interview().answers["5.1"].score == 0
    assert len(panels.place.facts("AnswerAmended")) == 1


@pytest.mark.parametrize("minutes", MINUTES)
def test_a_late_score_for_a_question_without_an_answer_is_that_questions(
    panels: TwoPanels, minutes: int
) -> None:
    """They went to another area meanwhile, and the question there is not answered by it."""
    _, late = on_its_way(panels.place).type("0")
    panels.open_northvale()
    panels.place.clock.on(minutes=minutes)
    arrive(panels.place, late)
    _, answers = said_so_far(panels.place, panels.assessments)
    assert [(key, answer.score) for key, answer in answers.items()] == [
        ((panels.assessments[0], "5.1"), 0)
    ]


@pytest.mark.parametrize("minutes", MINUTES)
def test_a_late_note_is_kept_under_the_field_that_stood(panels: TwoPanels, minutes: int) -> None:
    """And its receipt says under which."""
    press(panels.place, "answer:5.1:5")
    panels.place.clock.on(seconds=5)
    _, late = on_its_way(panels.place).type("We ask every family.")
    goes_on_from_the_first_field(panels, minutes)
    arrive(panels.place, late)
    notes, _ = said_so_far(panels.place, panels.assessments)
    assert notes == [(panels.assessments[0], "5.1/working-well", "We ask every family.")]
    assert "Sefton · Kept under 5.1: What is working well" in panels.place.texts()[-1]


def goes_on_from_the_first_field(panels: TwoPanels, minutes: int) -> None:
    """They go on by buttons."""
    for token in ("next:5.1:working-well", "next:5.1:prioritising-next", "answer:5.2:2"):
        panels.place.clock.on(seconds=5)
        press(panels.place, token)
    if panels.two:
        panels.open_northvale()
    panels.place.clock.on(minutes=minutes)


@pytest.mark.parametrize("minutes", MINUTES)
def test_a_late_file_is_kept_under_the_field_that_stood(panels: TwoPanels, minutes: int) -> None:
    """A file is words like others, by its kind: its own name may name somebody."""
    press(panels.place, "answer:5.1:5")
    panels.place.clock.on(seconds=5)
    _, late = hand(on_its_way(panels.place), "", ("minutes.txt", b"Minutes of the board."))
    goes_on_from_the_first_field(panels, minutes)
    arrive(panels.place, late)
    notes, _ = said_so_far(panels.place, panels.assessments)
    assert notes == [(panels.assessments[0], "5.1/working-well", "TXT file")]


@pytest.mark.parametrize("minutes", MINUTES)
def test_late_edits_and_deletions_concern_the_note_of_their_own_message(
    panels: TwoPanels, minutes: int
) -> None:
    """Whatever is asked now, and in whichever area."""
    press(panels.place, "answer:5.1:5")
    ts, _ = panels.place.person().type("Parents sit on the bord.")
    gone, _ = panels.place.person().type("I should not say this.")
    edit = on_its_way(panels.place).edit(ts, "Parents sit on the board.")
    deletion = on_its_way(panels.place).delete(gone)
    goes_on_from_the_first_field(panels, minutes)
    arrive(panels.place, edit)
    arrive(panels.place, deletion)
    notes, _ = said_so_far(panels.place, panels.assessments)
    assert notes == [(panels.assessments[0], "5.1/working-well", "Parents sit on the board.")]


@pytest.mark.parametrize("minutes", MINUTES)
def test_a_late_yes_withdraws_only_from_the_area_that_asked(
    panels: TwoPanels, minutes: int
) -> None:
    """And only while that is still what is asked there."""
    panels.place.person().type("withdraw")
    panels.place.outbox.deliver()
    _, late = on_its_way(panels.place).type("yes")
    panels.open_northvale()
    panels.place.clock.on(minutes=minutes)
    arrive(panels.place, late)
    withdrawn = panels.place.facts("InterviewWithdrawn")
    assert [one.stream.assessment for one in withdrawn] == panels.assessments[:1]


def test_a_late_yes_withdraws_nobody_who_has_gone_on(panels: TwoPanels) -> None:
    """They pressed No meanwhile."""
    panels.place.person().type("withdraw")
    panels.place.outbox.deliver()
    _, late = on_its_way(panels.place).type("yes")
    press(panels.place, "resume")
    panels.answers_as_before(lambda: arrive(panels.place, late))
    assert not panels.place.facts("InterviewWithdrawn")


@pytest.mark.parametrize(
    ("aside", "word", "answered"),
    [("withdraw", "4", True), ("withdraw", "no", False), ("not the right person", "4", True)],
)
def test_what_cannot_answer_a_question_put_aside_is_for_the_newest_question(
    panels: TwoPanels, aside: str, word: str, *, answered: bool
) -> None:
    """In whichever area it stands; yes or no is for the area that asked whether to withdraw."""
    _, late = on_its_way(panels.place).type(aside)
    panels.place.clock.on(seconds=5)
    panels.open_northvale()
    panels.place.clock.on(seconds=5)
    arrive(panels.place, late)
    panels.place.clock.on(seconds=5)
    panels.place.person().type(word)
    _, answers = said_so_far(panels.place, panels.assessments)
    sefton, northvale = panels.assessments
    assert {area for area, _ in answers} == ({northvale} if answered else set())
    kept_on = [one.stream.assessment for one in panels.place.facts("ScreenAsked")][1:]
    assert kept_on == ([] if answered else [sefton])
