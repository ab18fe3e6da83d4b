"""Words for handing on: somebody asks, the coordinator agrees or declines."""

from __future__ import annotations

from datetime import datetime

from ehsg_events.commands import colleague as taking_over
from ehsg_events.commands import hand_over
from ehsg_events.commands.sitting import sit_down
from ehsg_events.interview import answers
from ehsg_events.log.transaction import Transaction
from ehsg_events.panel.member import Member
from ehsg_events.states.streams import interview_stream
from support.area import OPENS, Area


def asks_to_hand_on(
    area: Area, person: str, colleague: str = "Bo in my team", at: datetime = OPENS
) -> None:
    """Somebody says that a colleague is the right person."""

    def decide(tx: Transaction) -> None:
        number, seat, state = sit_down(tx, area.id, person, tx.stamp.at)
        stream = interview_stream(area.id, number, person)
        words = tx.seal(colleague, stream, person)
        tx.decide(stream, *answers.ask_to_hand_on(state, seat, words))

    area.log.record(area.stamp(at, by=person, role="stakeholder"), decide)


def somebody_new(area: Area, person: str, name: str = "Bo Berg", **told: str) -> Member:
    """A colleague whom nobody on the panel knows."""
    return taking_over.colleague(area.log, area.id, person, name, **told)


def agrees(
    area: Area, person: str, to: Member | str | None = None, at: datetime = OPENS
) -> tuple[str, ...]:
    """The coordinator lets a colleague take over, a new one if none is named."""
    taker = to or somebody_new(area, person)
    return hand_over.agree(area.log, area.stamp(at), area.id, person, taker)


def declines(area: Area, person: str, because: str = "Only you know") -> None:
    """The coordinator asks them to answer after all."""
    hand_over.decline(area.log, area.stamp(), area.id, person, because)


def waiting(area: Area) -> list[str]:
    """Who has asked and waits."""
    return [one.stakeholder for one in hand_over.asked(area.log, area.id)]
