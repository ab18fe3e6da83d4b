"""When a surface that takes nothing is asked again: soon, and ever more rarely while it relapses."""

from __future__ import annotations

from support.area import OPENS

from bots.delivery.outage import PAUSE, Outage
from bots.delivery.sender import Down


def relapse(outage: Outage) -> float:
    """The surface takes nothing; after how many pauses it is asked again. Then it answers."""
    outage.begin(Down("no connection"), OPENS)
    assert outage.ask_again is not None
    waits = (outage.ask_again - OPENS) / PAUSE
    outage.end()
    return waits


def test_the_first_time_it_is_asked_again_after_one_pause_and_after_each_relapse_twice_as_long() -> (
    None
):
    """A surface that answers and takes nothing is not asked without end."""
    outage = Outage(None)
    assert [relapse(outage) for _ in range(8)] == [1, 2, 4, 8, 16, 32, 32, 32]


def test_once_it_took_a_message_what_went_before_is_over() -> None:
    """The next outage is a first one."""
    outage = Outage(None)
    relapse(outage)
    outage.took()
    assert relapse(outage) == 1


def test_each_outage_is_told_once_and_its_end_too() -> None:
    """Another reason is another outage."""
    told: list[str | None] = []
    outage = Outage(lambda down: told.append(down.reason if down else None))
    for reason in ("no connection", "no connection", "invalid_auth"):
        outage.begin(Down(reason), OPENS)
    outage.end()
    outage.end()
    assert told == ["no connection", "invalid_auth", None]
