"""After an outage nobody gets a pile: of a notice, reminders and a moved deadline, one is said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from support.slack.edge import Place, every_message_has_one_end, slack

from bots.interview.record import answer
from ehsg_events.commands import rounds


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """An open round; afterwards every message has had one end."""
    with slack(tmp_path) as place:
        yield place
        every_message_has_one_end(place)


def test_after_an_outage_who_was_never_told_gets_the_notice_and_no_pile(place: Place) -> None:
    """It says the deadline as it stands; three reminders and a moved deadline add nothing."""
    days_pass(place, 14)
    move_deadline(place)
    place.outbox.deliver()
    (text,) = place.texts()
    assert "Taking part is voluntary" in text
    assert place.interview().started is False
    assert list(reasons(place).values()) == ["overtaken"] * 4


def test_after_an_outage_the_newest_nudge_is_said_and_no_older_one(place: Place) -> None:
    """To who was told before, one reminder and not three."""
    place.begin()
    days_pass(place, 14)
    place.outbox.deliver()
    nudges = [text for text in place.texts() if "a reminder" in text]
    assert len(nudges) == 1
    assert set(reasons(place)) == {"remind-7", "remind-3"}


def test_a_deadline_moved_after_the_reminders_overtakes_them(place: Place) -> None:
    """The new deadline is what a person needs to know now."""
    place.begin()
    before = len(place.texts())
    days_pass(place, 14)
    move_deadline(place)
    place.outbox.deliver()
    (text,) = place.texts()[before:]
    assert "deadline has moved" in text
    assert set(reasons(place)) == {"remind-7", "remind-3", "remind-1"}


def test_who_began_elsewhere_during_an_outage_gets_the_newest_reminder(place: Place) -> None:
    """The notice is not said to them any more, so it says nothing for the reminders."""
    stamp = place.stamp("desk", "stakeholder").model_copy(update={"by": "police-1"})
    answer(place.log, stamp, place.assessment, "police-1", "5.1", "2", None)
    days_pass(place, 14)
    place.outbox.deliver()
    (text,) = place.texts()
    assert "a reminder" in text
    assert reasons(place) == {
        "notice": "started already", "remind-7": "overtaken", "remind-3": "overtaken"
    }  # fmt: skip


def days_pass(place: Place, days: int) -> None:
    """The round goes on day by day while nothing is delivered."""
    for day in range(days):
        place.clock.on(days=1)
        rounds.advance(place.log, place.stamp(f"tick {day}"), place.assessment)


def move_deadline(place: Place) -> None:
    """Give people a month more."""
    later = place.clock() + timedelta(days=30)
    stamp = place.stamp("extend")
    rounds.extend_round(place.log, stamp, place.assessment, later, "half term")


def reasons(place: Place) -> dict[str, str]:
    """Why police-1 was not told something, by what it was."""
    found = ((name or "", why) for name, why in place.withheld().items())
    mine = {n.rpartition("/")[2]: why for n, why in found if "/police-1/" in n}
    return {name.removeprefix("reminder "): why for name, why in mine.items()}
