"""When the machine fails, whoever did something in Slack reads that, as that kind of request can."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.log.failing import held, impatient
from support.slack.edge import Place, followed, slack
from support.slack.windows import fill_in, name_coordinator, order, window_of

from bots.delivery.serving import AT_ONCE
from bots.phrases.stopped import not_recorded_now

SAYS = not_recorded_now("locked")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """An open round, on a log that another program may hold."""
    impatient(monkeypatch)
    with slack(tmp_path) as place:
        yield place


def told(place: Place, name: str = "U0POLICE") -> bool:
    """Whether somebody was told, in their chat."""
    return place.waits_for(lambda: SAYS in [m.text for m in place.workspace.inbox(name)])


def test_a_click_that_could_not_be_recorded_is_said_in_the_chat(
    place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    """Slack never sends it again; pressed once more, it is recorded once."""
    question, me = place.begin(), place.person()
    with held(place.log):
        assert me.click(question, "answer:5.1:3").status == 500
        assert told(place)
    assert not place.facts("AnswerGiven")
    assert me.click(question, "answer:5.1:3").status == 200
    assert len(place.facts("AnswerGiven")) == 1
    lines = [one.getMessage() for one in caplog.records if one.levelno >= logging.ERROR]
    assert any("Another program holds the files of" in line for line in lines)
    assert not any("Error" in line for line in lines)


def test_a_typed_message_is_said_lost_only_once_slack_gives_up(place: Place) -> None:
    """Until then Slack brings it again by itself."""
    me = place.person()
    me.click(place.begin(), "answer:5.1:3")
    place.outbox.deliver()
    with held(place.log):
        _, said = me.type("A family told us so.")
        assert [me.again(said, retry).status for retry in (1, 2)] == [500, 500]
        assert SAYS not in place.texts()
        assert me.again(said, 3).status == 500
        assert told(place)


def test_a_window_stays_with_what_was_typed_into_it(place: Place) -> None:
    """The sentence stands at its first box."""
    place.begin()
    ed = name_coordinator(place)
    view = window_of(place, ed, "More time…")
    with held(place.log):
        answer = fill_in(ed, view, day="2026-12-11", because="The schools were shut.")
    assert answer.reply["response_action"] == "errors"
    assert list(answer.reply["errors"].values()) == [SAYS]


def test_a_command_is_answered(place: Place) -> None:
    """To whoever typed it alone."""
    place.begin()
    ed = name_coordinator(place)
    with held(place.log):
        answer = order(ed, "extend 2026-12-11 because the schools were shut")
    assert answer.status == 200
    assert answer.reply["text"] == SAYS


def test_however_often_reading_fails_everybody_gets_theirs_afterwards(place: Place) -> None:
    """Each failure gives back the room of a turn, or soon there were none left."""
    tries: list[int] = []
    take = place.outbox.take_turn

    def failing() -> object:
        tries.append(1)
        if len(tries) <= 2 * AT_ONCE:
            raise OSError(5, "Input/output error")
        return take()

    place.outbox.take_turn = failing  # type: ignore[assignment, method-assign]
    with followed(place):
        assert place.waits_for(lambda: bool(place.texts()))
