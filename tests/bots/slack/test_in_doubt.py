"""While nobody knows what stood on the screen, words wait, or their person is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from support.log.store import sqlite
from support.slack.edge import Place, slack
from support.slack.late import ME, arrive, on_its_way, place, press

from bots.slack.directory import Directory
from bots.slack.loopback.http import Trouble
from bots.slack.screens import Screens
from ehsg_events.commands import rounds

__all__ = ["place"]


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


def test_an_answer_of_the_very_instant_of_a_late_word_stands(place: Place) -> None:
    """The click came after what was typed, and its person is asked whether to change it."""
    for token in ("answer:5.1:5", "next:5.1:working-well", "next:5.1:prioritising-next"):
        place.clock.on(seconds=5)
        press(place, token)
    place.clock.on(seconds=10)
    _, late = on_its_way(place).type("change 5.1 to 0")
    press(place, "change:5.1")
    press(place, "answer:5.1:1")
    place.clock.on(minutes=5)
    arrive(place, late)
    assert place.interview().answers["5.1"].score == 1
    assert len(place.facts("ChangeQueried")) == 1


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


@pytest.mark.parametrize(
    "word",
    ["withdraw", "back", "go on", "change 5.1 to 0", "done with 5.1", "remind me tomorrow at 9"],
)
def test_for_which_area_a_word_was_said_is_asked_when_nobody_knows(
    in_doubt: Place, word: str
) -> None:
    """Slack sends it a last time, and whose message was the newest is in doubt still."""
    said_at_last(in_doubt, word)
    assert asked_to_see(in_doubt) == {"what-waits": 2}
    for kind in ("AnswerAmended", "FieldFinished", "ReminderWished", "InterviewPaused"):
        assert not in_doubt.facts(kind)


@pytest.mark.parametrize(
    ("word", "screen"),
    [("who sees this?", "who-sees"), ("my answers", "review"), ("help", "help"), ("stop asking", "leave")],
)  # fmt: skip
def test_what_somebody_asks_to_see_is_shown_of_every_area_when_nobody_knows_which(
    in_doubt: Place, word: str, screen: str
) -> None:
    """It harms nobody, and each message says whose it is."""
    before = len(in_doubt.texts())
    said_at_last(in_doubt, word)
    assert asked_to_see(in_doubt) == {screen: 2}
    in_doubt.clock.on(seconds=90)
    in_doubt.outbox.deliver()
    heads = [text.partition("\n")[0] for text in in_doubt.texts()[before:]]
    assert sum("Sefton" in head for head in heads) == 1
    assert sum("Northvale" in head for head in heads) == 1


def test_it_is_shown_of_an_area_whose_round_is_closed_as_well(tmp_path: Path) -> None:
    """Its message was the newest that is known to have stood."""
    with slack(tmp_path) as place:
        place.begin()
        rounds.close_round(place.log, place.stamp("close"), place.assessment)
        place.outbox.deliver()
        place.clock.on(seconds=30)
        place.open_another("Northvale")
        claim(place)
        said_at_last(place, "my answers")
        assert asked_to_see(place) == {"review": 2}


def test_what_was_shown_of_one_area_only_is_shown_of_the_other_when_it_comes_again(
    in_doubt: Place,
) -> None:
    """The disk was full after the first, or the process ended there."""
    _, typed = in_doubt.person().type("help")
    with full_after_one(in_doubt):
        assert in_doubt.person().again(typed, retry=3).status == 500
    assert asked_to_see(in_doubt) == {"help": 1}
    assert in_doubt.person().again(typed, retry=3).status == 200
    assert asked_to_see(in_doubt) == {"help": 2}


def test_words_that_begin_like_a_command_are_kept_when_nobody_knows_the_area(
    in_doubt: Place,
) -> None:
    """They may be somebody's evidence, so their person is asked where they belong."""
    said_at_last(in_doubt, "Change the culture of the board.")
    assert not in_doubt.facts("ScreenAsked")
    assert len(in_doubt.facts("WordsSetAside")) == 1


def test_what_was_in_doubt_is_told_of_the_moment_at_which_it_was_looked_up(
    in_doubt: Place,
) -> None:
    """The message is found just then: it neither stood for certain nor certainly did not."""
    screens, known = Screens(in_doubt.log), Directory(in_doubt.log)
    person = f"{in_doubt.workspace.team}/{ME}"
    newest, every = known.newest(person), known.interviews(person)
    assert newest is not None
    ts, _ = on_its_way(in_doubt).type("help")
    before = screens.standing(every, newest, "help", ts)
    in_doubt.clock.on(seconds=60)
    in_doubt.outbox.deliver()
    after = screens.standing(every, newest, "help", ts)
    assert before.address != after.address
    assert before.is_in_doubt_elsewhere
    assert not after.is_in_doubt_elsewhere


@pytest.fixture
def in_doubt(tmp_path: Path) -> Iterator[Place]:
    """Somebody whom 5.1 asks for words in Sefton, and to whom Northvale's notice may have been sent."""
    with slack(tmp_path) as place:
        place.begin()
        press(place, "answer:5.1:3")
        place.clock.on(seconds=30)
        place.open_another("Northvale")
        claim(place)
        yield place


def said_at_last(place: Place, word: str) -> None:
    """Somebody types, and Slack sends it as often as it ever does; nothing is known by then."""
    _, typed = place.person().type(word)
    assert typed.status == 500
    assert place.person().again(typed, retry=3).status == 200


@contextmanager
def full_after_one(place: Place) -> Iterator[None]:
    """The store takes what was caused by one key more, and then nothing."""
    store = sqlite(place.log).datastore
    with store.transaction(commit=True) as cursor:
        cursor.execute("CREATE TABLE room AS SELECT count(*) AS keys FROM idempotency_key")
        cursor.execute(  # an overflow: RAISE would say that the key was there before
            "CREATE TRIGGER full BEFORE INSERT ON idempotency_key"
            " WHEN (SELECT count(*) FROM idempotency_key) > (SELECT keys FROM room)"
            " BEGIN SELECT abs(-9223372036854775808); END"
        )
    yield
    with store.transaction(commit=True) as cursor:
        cursor.execute("DROP TRIGGER full")
        cursor.execute("DROP TABLE room")


def asked_to_see(place: Place) -> Counter[str]:
    """The screens that were asked for, and in how many areas."""
    asked = {
        (one.stream.assessment, str(getattr(one.fact, "screen", "")))
        for one in place.facts("ScreenAsked")
    }
    return Counter(screen for _, screen in asked)


def claim(place: Place) -> None:
    """The next message is claimed and sent, and the process ends before it knows."""
    trouble = place.workspace.trouble["chat.postMessage"]
    trouble.extend([Trouble("lost")] * 9)
    place.workspace.trouble["conversations.history"].extend([Trouble("refused")] * 9)
    place.outbox.deliver()
    trouble.clear()
    place.workspace.trouble["conversations.history"].clear()
