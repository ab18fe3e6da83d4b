"""Whatever happens between us and Slack: every answer once, every message, none twice.

`python -m pytest tests/long/storms.py` goes through two hundred storms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal
from uuid import uuid4

import pytest
from support.slack.crowd import Turn
from support.slack.edge import Place, slack
from support.slack.shaken import Killed, Kind, Mortal, Shaken
from support.slack.storm import after, calm_day, weather

from bots.delivery.outbox import Outbox
from bots.interview.talk import Prompt
from bots.messages.promise import Promise
from bots.slack.app import web_client
from bots.slack.loopback.http import Trouble
from bots.slack.sender import LEASE
from ehsg_events.kernel import Stamp
from ehsg_events.log.log import Log
from ehsg_events.log.transaction import Saved, T, Transaction

pytestmark = pytest.mark.timeout(400)  # on a machine that is at work elsewhere

SEED = 0
Calm = tuple[Shaken, list[Turn]]


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Calm]:
    """The calm day of a seed, before each of its storms."""
    place, script = calm_day(tmp_path_factory.mktemp("calm"), SEED)
    yield place, script
    place.log.close()


@pytest.mark.slow
def test_in_a_storm_the_record_and_the_screens_come_to_those_of_a_calm_day(
    calm: Calm, tmp_path: Path
) -> None:
    """Deliveries up to five times and in any order, a third of the calls sent away, many deaths."""
    after(*calm, tmp_path, SEED)


class Blind(Mortal):
    """Does not look whether a message stands there already."""

    def post(self, person: str, promise: Promise, prompt: Prompt, *, look: bool) -> str:
        return super().post(person, promise, prompt, look=False)


class Forgetful(Log):
    """Forgets what it has heard."""

    def record(
        self, stamp: Stamp, decide: Callable[[Transaction], T], *, once: bool = False
    ) -> Saved[T]:
        return super().record(stamp.model_copy(update={"key": uuid4().hex}), decide, once=once)


class Hasty(Log):
    """Remembers what it has heard only when that changed something."""

    def record(
        self, stamp: Stamp, decide: Callable[[Transaction], T], *, once: bool = False
    ) -> Saved[T]:
        return super().record(stamp, decide, once=False)


@pytest.mark.slow
@pytest.mark.parametrize("kind", [Kind(sender=Blind), Kind(log=Forgetful)])
def test_a_storm_brings_to_light_what_was_built_wrong(
    calm: Calm, tmp_path: Path, kind: Kind
) -> None:
    """So that the storm above is one."""
    with pytest.raises(AssertionError):
        after(*calm, tmp_path, SEED, kind)


@pytest.mark.slow
def test_some_storm_brings_to_light_that_what_changed_nothing_is_not_remembered(
    tmp_path: Path,
) -> None:
    """It shows in few; one that is known to show it is lived first."""
    with pytest.raises(AssertionError):
        through(tmp_path, range(3, 20), Kind(log=Hasty))


def through(folder: Path, seeds: range, kind: Kind) -> None:
    """One storm after the other."""
    for seed in seeds:
        weather(folder, seed, kind)


# -- one by one ------------------------------------------------------------------------------------
@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """An open round."""
    with slack(tmp_path) as place:
        yield place


@pytest.mark.parametrize("kind", ["error", "lost", "refused"])
def test_the_first_click_after_a_start_is_heard_though_slacks_web_api_is_down(
    place: Place, kind: Literal["error", "lost", "refused"]
) -> None:
    """What is acknowledged is recorded, and a click is not sent again."""
    question = place.begin()
    place.restart()
    place.workspace.trouble["auth.test"].append(Trouble(kind))
    assert place.person().click(question, "answer:5.1:3").status == 200
    assert place.interview().answers["5.1"].score == 3


def test_a_double_clicks_retry_does_not_undo_a_later_answer(place: Place) -> None:
    """What changed nothing was heard all the same."""
    question, me = place.begin(), place.person()
    me.click(question, "answer:5.1:3")
    double = me.click(question, "answer:5.1:3")
    me.click(question, "answer:5.1:4")
    me.again(double)
    assert place.interview().answers["5.1"].score == 4


def test_an_edit_that_comes_before_its_message_is_not_lost(place: Place) -> None:
    """The message failed at first and is sent again later, with the words before the edit."""
    me = place.person()
    me.click(place.begin(), "answer:5.1:3")
    place.outbox.deliver()
    with place.broken():
        ts, typed = me.type("Parents sit on the bord.")
    edit = me.edit(ts, "Parents sit on the board.")
    assert me.again(typed).status == 200
    if edit.status != 200:
        assert me.again(edit).status == 200
    assert place.words() == ["Parents sit on the board."]


def test_a_deletion_that_comes_before_its_message_is_not_lost(place: Place) -> None:
    """What somebody took back before it was heard is not kept."""
    me = place.person()
    me.click(place.begin(), "answer:5.1:3")
    place.outbox.deliver()
    with place.broken():
        ts, typed = me.type("I should not have said this.")
    gone = me.delete(ts)
    assert me.again(typed).status == 200
    if gone.status != 200:
        assert me.again(gone).status == 200
    assert place.words() == []


def test_what_was_said_just_before_a_death_and_answered_is_not_left_standing(place: Place) -> None:
    """Nobody recorded that it was said; it is looked for, and shows the answer like any other."""
    me = place.person()
    place.outbox.deliver()
    me.click(me.inbox[-1], "start")
    died = Dying(web_client(place.settings))
    with pytest.raises(Killed):
        Outbox(place.log, died, place.clock).deliver()
    place.restart()
    assert me.click(me.inbox[-1], "answer:5.1:3").status == 200
    place.clock.now += LEASE
    place.outbox.deliver()
    assert "you answered 3" in me.inbox[1].text
    assert "round 1/police-1/version 1" not in place.withheld()


class Dying(Mortal):
    """Dies right after Slack took a message."""

    def post(self, person: str, promise: Promise, prompt: Prompt, *, look: bool) -> str:
        super().post(person, promise, prompt, look=look)
        raise Killed
