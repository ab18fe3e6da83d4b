"""One assessment in each state it can be in, on one log behind one server, with people who read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import get_args
from uuid import UUID

from bots.web.rate_limit import RateLimiter
from ehsg_events.commands import outcomes, people, rounds
from ehsg_events.commands.opening import abandonment
from ehsg_events.commands.sitting import sit_down
from ehsg_events.events import Reads
from ehsg_events.interview import notes
from ehsg_events.log.log import Log
from ehsg_events.log.transaction import Transaction
from ehsg_events.states.streams import interview_stream
from ehsg_events.values.address import WRITABLE
from ehsg_events.values.policy import Rule, Terms
from support.area import CLOSES, OPENS, Area, person
from support.loopback import Clock
from support.web.desk import named, offered
from support.web.web import Site, web

HOSTILE = (
    "<script>document.title = 'Mine'</script><img src=x onerror=alert(1)> \u202egnp.exe "
    "</blockquote></main><a href='javascript:alert(1)'>here</a> {{ 7 * 7 }}"
)
AFTER = OPENS + timedelta(days=7)
PANEL = tuple(
    person(f"{agency.lower()}-{n}", f"{agency} & <b>partners</b>" * (agency == "Charity") or agency)
    for agency, many in (("Police", 3), ("Health", 3), ("Charity", 1))
    for n in range(1, many + 1)
)
ONE_ROUND = Terms(rule=Rule(rounds=1))


@dataclass
class Told(Area):
    """An assessment whose panel also writes."""

    def note(self, who: str, item: str, words: str) -> None:
        """Somebody writes words under an item, as evidence."""

        def decide(tx: Transaction) -> None:
            number, seat, state = sit_down(tx, self.id, who, tx.stamp.at)
            stream = interview_stream(self.id, number, who)
            sealed = tx.seal(words, stream, who)
            facts = notes.give_note(state, seat, item, "working-well", sealed, None)
            tx.decide(stream, *facts)

        self.log.record(self.stamp(OPENS, by=who, role="stakeholder"), decide)

    def split(self) -> None:
        """Everybody answers: agreed on 5.1, two camps on 5.2."""
        for member, first, second in zip(PANEL, "2223332", "0005555", strict=True):
            self.answer(member.id, "5.1", first)
            self.answer(member.id, "5.2", second)
        self.note("police-1", "5.2", HOSTILE)
        self.note("charity-1", "5.2", "Families tell us they meet a new face each time.")


def prepared(area: Told) -> None:
    """No round yet."""
    area.open(PANEL, terms=ONE_ROUND)


def opened(area: Told) -> None:
    """A round is open, and two have answered."""
    prepared(area)
    area.open_round()
    area.answers("5.2", police_1="0", health_1="5")
    area.answer("police-1", "5.1", "2")


def paused(area: Told) -> None:
    """The round rests."""
    opened(area)
    rounds.pause_round(area.log, area.stamp(), area.id, "half term")


def closed(area: Told) -> None:
    """The round is closed: agreed on one, two camps on the other."""
    prepared(area)
    area.open_round()
    area.split()
    rounds.close_round(area.log, area.stamp(AFTER), area.id)


def moderated(area: Told) -> None:
    """What was left was settled by hand."""
    closed(area)
    outcomes.moderate(area.log, area.stamp(AFTER), area.id, "5.2", "1", f"Seen. {HOSTILE}")


def signed_off(area: Told) -> None:
    """Everything stands."""
    moderated(area)
    outcomes.sign_off(area.log, area.stamp(AFTER), area.id, "Director", "Jo Quill")


def abandoned(area: Told) -> None:
    """Given up before anybody was asked, by and before people who were named in time."""
    prepared(area)
    opener = people.name_coordinator(
        area.log, area.stamp(), area.id, "Jane Quill", people.Contact()
    )
    for reads_as in get_args(Reads):
        people.name_reader(area.log, area.stamp(), area.id, "Rae Reed", reads_as)
    abandonment.abandon(area.log, area.stamp(AFTER, by=opener), area.id, "half term")


STATES: dict[str, Callable[[Told], None]] = {
    one.__name__: one
    for one in (prepared, opened, paused, closed, moderated, signed_off, abandoned)
}


@dataclass
class DeskSite(Site):
    """A server over one assessment in each state."""

    areas: dict[str, Told] = field(default_factory=dict)

    def sign_in(self, state: str, role: str) -> str:
        """The address of a new sign-in link of somebody in a role."""
        where = self.areas[state].id
        return f"{self.address}/sign-in/{offered(self, named(self, role, where), where)}"

    def seen(self, state: str, position: int) -> str:
        """The time of a fact, as it is asked for."""
        return next(
            r.stamp.at for r in self.areas[state].facts if r.position == position
        ).isoformat()


@contextmanager
def desk_site(folder: Path, *states: str, limiter: RateLimiter | None = None) -> Iterator[DeskSite]:
    """A server over one assessment in each of some states."""
    log, clock = Log(folder / "log"), Clock(AFTER + timedelta(days=1))
    place = DeskSite(log, clock, UUID(int=1))
    for number, state in enumerate(states or STATES, start=1):
        place.areas[state] = Told(log, UUID(int=number))
        STATES[state](place.areas[state])
    assert clock.now < CLOSES, "what is open is open still"
    with web(log, clock, limiter, WRITABLE) as place.address:
        yield place
    log.close()
