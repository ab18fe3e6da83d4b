"""Who is not asked is told so once, in plain words, and learns of nobody."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.slack.edge import Place, slack
from support.slack.windows import home, name_coordinator

from bots.phrases.coordinator import COORDINATORS_TYPE
from bots.phrases.slack import NOT_FOR_YOU
from bots.slack.block_kit.blocks import Address
from bots.slack.loopback.person import Person


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """An open round, whose invitations have been said."""
    with slack(tmp_path) as place:
        place.begin()
        yield place


def answered(place: Place, person: Person, times: int = 1) -> list[str]:
    """What somebody has been told, once so much has been."""
    assert place.waits_for(lambda: len(person.inbox) >= times)
    return [message.text for message in person.inbox]


def test_a_stranger_who_types_is_told_once_an_hour(place: Place) -> None:
    """However often they type."""
    stranger = place.person("U0STRANGER")
    for words in ("start", "hello?", "help"):
        stranger.type(words)
    assert answered(place, stranger) == [NOT_FOR_YOU]
    place.clock.on(minutes=61)
    stranger.type("start")
    assert answered(place, stranger, times=2) == [NOT_FOR_YOU] * 2


def test_another_persons_button_is_answered_the_same_to_everyone(place: Place) -> None:
    """On the panel or not: who is on it cannot be found out by pressing."""
    question, colleague = place.person().inbox[-1], place.person("U0HEALTH")
    before = len(colleague.inbox)
    stranger = place.person("U0STRANGER")
    for presser in (stranger, colleague):
        presser.click(place.newest() if not question.buttons else question, "answer:5.1:5")
    assert answered(place, stranger) == [NOT_FOR_YOU]
    assert answered(place, colleague, before + 1)[-1] == NOT_FOR_YOU


def test_a_coordinators_button_does_nothing_for_others(place: Place) -> None:
    """Nor for a stakeholder who forges its value."""
    name_coordinator(place)
    here = Address(place.assessment, 1, "coordinator-1")
    forged = {"type": "button", "action_id": "desk-0", "value": here.value("nudge")}
    me = place.person()
    before = len(me.inbox)
    for _ in range(2):
        assert me.press({**forged, "text": {"type": "plain_text", "text": "x"}}).status == 200
    assert answered(place, me, before + 1)[-1] == NOT_FOR_YOU
    assert not place.facts("StakeholderReminded")


def test_a_coordinator_who_types_is_told_where_their_desk_is(place: Place) -> None:
    """They are asked nothing, but they are no strangers."""
    ed = name_coordinator(place)
    ed.type("progress")
    assert answered(place, ed) == [COORDINATORS_TYPE]


def test_an_edit_or_a_deletion_of_a_stranger_is_met_with_silence(place: Place) -> None:
    """One answer to what was typed is enough."""
    stranger = place.person("U0STRANGER")
    ts, _ = stranger.type("hello")
    answered(place, stranger)
    place.clock.on(hours=2)
    stranger.edit(ts, "hello!")
    stranger.delete(ts)
    home(place, stranger)
    assert len(stranger.inbox) == 1


def test_who_cannot_be_reached_breaks_nothing_and_is_named_nowhere(
    place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    """A guest of another workspace without a shared channel."""
    place.workspace.left.add("U0STRANGER")
    with caplog.at_level(logging.DEBUG):
        assert place.person("U0STRANGER", "T0ELSEWHERE").type("start")[1].status == 200
        assert place.waits_for(lambda: "conversations.open" in place.workspace.calls)
        home(place, place.person())
    assert "U0STRANGER" not in caplog.text
    assert "T0ELSEWHERE" not in caplog.text
