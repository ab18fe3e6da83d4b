"""What is said belongs to the moment it was said: words answer what stood on the screen then.

Slack delivers again at once, after one minute and after five, and for a day where a workspace
wants it so.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from support.slack.edge import Place, slack
from support.slack.late import ME, TwoPanels, arrive, on_its_way, press, said_so_far
from support.slack.windows import hand

from bots.slack.loopback.http import Trouble
from bots.slack.loopback.person import Request

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
    """A file is words like others."""
    press(panels.place, "answer:5.1:5")
    panels.place.clock.on(seconds=5)
    _, late = hand(on_its_way(panels.place), "", ("minutes.txt", b"Minutes of the board."))
    goes_on_from_the_first_field(panels, minutes)
    arrive(panels.place, late)
    notes, _ = said_so_far(panels.place, panels.assessments)
    assert notes == [(panels.assessments[0], "5.1/working-well", "minutes.txt")]


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


# -- words that cannot be placed -------------------------------------------------------------------
def set_aside(place: Place, words: str = "We ask every family.") -> Request:
    """Words typed between the click on a level and the next question."""
    assert place.person().click(place.newest(), "answer:5.1:3").status == 200
    _, typed = place.person().type(words)
    place.outbox.deliver()
    return typed


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """Somebody whom 5.1 asks for a score."""
    with slack(tmp_path) as place:
        place.begin()
        yield place


def test_words_between_a_click_and_the_next_question_wait_for_one_click(place: Place) -> None:
    """Placed, they are a note like others, which an edit finds by its message."""
    set_aside(place)
    assert place.words() == []
    asked = place.person().inbox[-1]
    assert "“We ask every family.” It is set aside and counts nowhere yet." in asked.text
    token = next(b["value"] for b in asked.buttons).split("/", 3)[3]
    press(place, token)
    assert place.words() == ["We ask every family."]
    (note,) = place.interview().notes.values()
    assert (note.item, note.field) == ("5.1", "working-well")
    assert not place.interview().aside


@pytest.mark.parametrize("where", ["my answers", "the end"])
def test_words_that_wait_still_can_be_placed_wherever_answers_are_shown(
    place: Place, where: str
) -> None:
    """Not only under the message that asked first, which has gone up in the chat."""
    set_aside(place)
    if where == "the end":
        place.finish()
    else:
        place.outbox.deliver()
        assert place.person().type("my answers")[1].status == 200
    shown = place.newest()
    assert "Where does it belong?" in shown.text
    assert (
        place.person()
        .click(shown, f"place:{next(iter(place.interview().aside))}:working-well")
        .status
        == 200
    )
    assert not place.interview().aside
    assert "We ask every family." in place.words()


def test_what_was_left_out_counts_nowhere_and_is_said(place: Place) -> None:
    """The last button leaves it out; pressed twice, that is so already."""
    set_aside(place)
    asked = place.person().inbox[-1]
    for _ in range(2):
        assert place.person().press(asked.buttons[-1], asked).status == 200
        place.outbox.deliver()
    assert place.words() == []
    assert len(place.facts("WordsLeftOut")) == 1
    left_out, again = place.texts()[-2:]
    assert "Left out" in left_out
    assert "That stands already" in again


def test_guarded_words_are_never_set_aside(place: Place) -> None:
    """The guards come first, whatever stood on the screen."""
    set_aside(place, "The child is being hit at home right now.")
    assert not place.facts("WordsSetAside")
    assert len(place.facts("WordsStopped")) == 1
    assert any("so it was not kept here" in text for text in place.texts())


def test_the_edit_and_the_deletion_of_words_set_aside_are_taken(place: Place) -> None:
    """The edited words wait instead; deleted, nothing waits."""
    set_aside(place)
    (ts,) = [m.ts for m in place.workspace.messages[f"D{ME}"].values() if m.author == ME]
    place.person().edit(ts, "We ask every family twice.")
    texts = [place.log.text(words.words) for words in place.interview().aside.values()]
    assert texts == ["We ask every family twice."]
    place.person().delete(ts)
    assert not place.interview().aside


# -- edits of what was no note ---------------------------------------------------------------------
def test_an_edited_score_asks_whether_the_answer_is_to_change(place: Place) -> None:
    """Nothing changes by the edit alone, and it is never ignored."""
    ts, _ = place.person().type("3")
    place.outbox.deliver()
    place.person().edit(ts, "4")
    place.outbox.deliver()
    assert place.interview().answers["5.1"].score == 3
    assert "Your edited message would make it “4" in place.texts()[-1]
    press(place, "answer:5.1:4")
    assert place.interview().answers["5.1"].score == 4


def test_a_deleted_score_stands_and_its_person_is_told(place: Place) -> None:
    """With the way to change it."""
    ts, _ = place.person().type("3")
    place.outbox.deliver()
    place.person().delete(ts)
    place.outbox.deliver()
    assert place.interview().answers["5.1"].score == 3
    assert "That stands, although you deleted your message." in place.texts()[-1]


def test_refused_words_that_are_edited_are_taken_as_said_under_the_same_question(
    place: Place,
) -> None:
    """Somebody puts right what was refused, where they had typed it."""
    ts, _ = place.person().type("it depends")
    place.outbox.deliver()
    place.person().edit(ts, "2")
    assert place.interview().answers["5.1"].score == 2


def test_stopped_words_that_are_edited_are_taken_without_what_was_stopped(place: Place) -> None:
    """They take the number out of their message, as they were asked to."""
    press(place, "answer:5.1:3")
    ts, _ = place.person().type("We asked 943 476 5919 about it.")
    assert place.words() == []
    place.person().edit(ts, "We asked one family about it.")
    assert place.words() == ["We asked one family about it."]


def test_an_edited_command_is_answered(place: Place) -> None:
    """It changes nothing, and that is said."""
    ts, _ = place.person().type("help")
    place.outbox.deliver()
    before = len(place.texts())
    place.person().edit(ts, "I need help with this")
    place.outbox.deliver()
    assert len(place.texts()) == before + 1


# -- in doubt --------------------------------------------------------------------------------------
def test_words_wait_while_nobody_knows_what_stood_there(place: Place) -> None:
    """A message that may have been posted: Slack sends the words again once that is known."""
    stood = place.newest()
    assert place.person().click(stood, "answer:5.1:3").status == 200
    claim(place)
    _, typed = place.person().type("We ask every family.")
    assert typed.status == 500
    assert not place.interview().notes
    assert place.person().again(typed, retry=3).status == 200
    assert not place.interview().notes
    assert len(place.facts("WordsSetAside")) == 1


def test_a_question_that_was_found_in_the_chat_is_answered_like_any_other(place: Place) -> None:
    """Though a newer one had overtaken it by then: a number under its words is a note, no score."""
    stood = place.newest()
    place.person().click(stood, "answer:5.1:3")
    claim(place)
    place.person().click(place.workspace.inbox(ME)[1], "change:5.1")
    place.clock.on(seconds=2)
    place.workspace.trouble["chat.postMessage"].append(Trouble("ratelimited", 30))
    place.outbox.deliver()
    assert "What is working well" in place.texts()[-1]
    _, typed = place.person().type("4")
    place.clock.on(seconds=60)
    place.outbox.deliver()
    assert place.person().again(typed, retry=1).status == 200
    assert [fact.fact.score for fact in place.facts("AnswerGiven")] == [3]  # type: ignore[attr-defined]
    assert not place.facts("AnswerAmended")


def test_words_before_any_message_is_known_to_stand_there_answer_none(tmp_path: Path) -> None:
    """A score that is typed under the notice is no answer to the question that comes after it."""
    with slack(tmp_path) as place:
        claim(place)
        place.person().click(place.workspace.inbox(ME)[0], "start")
        _, typed = place.person().type("5")
        assert place.person().again(typed, retry=3).status == 200
        assert not place.facts("AnswerGiven")


def test_words_after_a_question_became_its_answer_wait_for_one_click(place: Place) -> None:
    """They went on by a button, and the next question was not there yet."""
    press(place, "answer:5.1:3")
    place.person().click(place.newest(), "next:5.1:working-well")
    place.workspace.trouble["chat.postMessage"].append(Trouble("ratelimited", 30))
    place.outbox.deliver()
    place.clock.on(seconds=1)
    _, typed = place.person().type("We ask every family.")
    place.clock.on(seconds=60)
    place.outbox.deliver()
    assert place.person().again(typed, retry=1).status == 200
    assert not place.facts("NoteGiven")
    assert len(place.facts("WordsSetAside")) == 1


def test_words_wait_while_the_question_may_have_become_its_answer(place: Place) -> None:
    """It was changed and the reply was lost, so nobody knows yet what they saw."""
    press(place, "answer:5.1:3")
    place.person().click(place.newest(), "next:5.1:working-well")
    place.workspace.trouble["chat.update"].extend([Trouble("lost")] * 9)
    place.workspace.trouble["chat.postMessage"].append(Trouble("ratelimited", 30))
    place.outbox.deliver()
    place.clock.on(seconds=1)
    _, typed = place.person().type("We ask every family.")
    assert typed.status == 500
    place.workspace.trouble["chat.update"].clear()
    for _ in range(2):
        place.clock.on(seconds=90)
        place.outbox.deliver()
    assert place.person().again(typed, retry=1).status == 200
    assert not place.facts("NoteGiven")
    assert len(place.facts("WordsSetAside")) == 1


def test_words_wait_while_another_area_may_have_asked(tmp_path: Path) -> None:
    """They are heard once it is known whose message was the newest on the screen."""
    with slack(tmp_path) as place:
        place.begin()
        place.clock.on(seconds=30)
        place.open_another("Northvale")
        claim(place)
        _, typed = place.person().type("my answers")
        assert typed.status == 500
        place.clock.on(seconds=60)
        place.outbox.deliver()
        assert place.person().again(typed, retry=1).status == 200
        (shown,) = place.facts("ScreenAsked")
        assert shown.stream.assessment == place.assessment


def test_for_which_area_a_word_was_said_is_asked_when_nobody_knows(tmp_path: Path) -> None:
    """Slack sends it a last time, and whose message was the newest is in doubt still."""
    with slack(tmp_path) as place:
        place.begin()
        place.clock.on(seconds=30)
        place.open_another("Northvale")
        claim(place)
        _, typed = place.person().type("withdraw")
        assert typed.status == 500
        assert place.person().again(typed, retry=3).status == 200
        asked = [
            (one.stream.assessment, getattr(one.fact, "screen", ""))
            for one in place.facts("ScreenAsked")
        ]
        assert {screen for _, screen in asked} == {"what-waits"}
        assert len({assessment for assessment, _ in asked}) == 2


def claim(place: Place) -> None:
    """The next message is claimed and sent, and the process ends before it knows."""
    trouble = place.workspace.trouble["chat.postMessage"]
    trouble.extend([Trouble("lost")] * 9)
    place.workspace.trouble["conversations.history"].extend([Trouble("refused")] * 9)
    place.outbox.deliver()
    trouble.clear()
    place.workspace.trouble["conversations.history"].clear()
