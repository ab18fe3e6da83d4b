"""What is said while a folder is served: what falls due, and what was done; nothing that is personal."""

from __future__ import annotations

import stat
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from support.area import CLOSES, OPENS
from support.post_office import Town, town
from support.story.states import STATES, Told

from bots.cli.serve import journal
from bots.cli.serve.happening import falls_due
from bots.delivery.sender import Impossible
from ehsg_events.commands import rounds
from ehsg_events.log.log import Log
from ehsg_events.rounds.milestones import coming
from ehsg_events.states.streams import assessment_stream

PATIENCE = 30  # seconds
PERSONAL = ("Quill", "Moss", "Fern", "North", "Boss", "@", "half term")


def area_in(state: str, folder: Path) -> Told:
    """An assessment in a state."""
    area = Told(Log(folder), UUID(int=1))
    STATES[state](area)
    return area


@pytest.mark.parametrize("state", STATES)
def test_each_assessment_that_is_open_has_a_line_at_the_start(tmp_path: Path, state: str) -> None:
    """Where it stands, and what falls due next by itself; none once nothing will."""
    area = area_in(state, tmp_path)
    lines = list(journal.at_start(area.log, OPENS + timedelta(minutes=1)))
    if state in ("signed_off", "abandoned"):
        assert lines == []
        return
    (line,) = lines
    assert "Sefton: " in line
    assert "Next: " in line
    assert not any(word in line for word in ("Surname", "Seen"))


def test_of_what_has_ended_nothing_is_read_but_that(tmp_path: Path) -> None:
    """A log of two hundred assessments would keep whoever starts the server waiting for half a minute."""
    area = area_in("signed_off", tmp_path)
    with closing(Log(area.log.folder)) as fresh:
        assert list(journal.at_start(fresh, OPENS + timedelta(minutes=1))) == []
        kept = fresh.states._kept
        assert set(kept) == {assessment_stream(area.id).id}


def test_everything_that_is_to_come_is_said_in_the_order_in_which_it_falls_due(
    tmp_path: Path,
) -> None:
    """The next few, and the last: the close."""
    area = area_in("opened", tmp_path)
    situation = area.log.situation(area.id)
    _, milestones = coming(situation.assessment, situation.newest)
    line = falls_due(situation, OPENS + timedelta(minutes=1))
    assert milestones[-1].kind == "close"
    assert line.index("a reminder") < line.rindex("close")
    assert "open until 5pm" in line


def lived(place: Town) -> Iterator[str]:
    """A round that is opened, reminded, moved, closed and opened anew, with a letter that fails."""
    log, where = place.log, place.assessment
    before = log.store.last_position()
    place.delivered()
    place.advances(days=3, hours=3)
    place.office.before.append(Impossible("550 5.1.1"))
    place.outbox.deliver()
    later = rounds_deadline(place) + timedelta(days=1)
    rounds.extend_round(log, place.stamp("more"), where, later, "half term", ask=False)
    place.advances(days=13)
    return journal.done_between(log, before, log.store.last_position())


def rounds_deadline(place: Town) -> datetime:
    """When the newest round closes."""
    return place.log.rounds(place.assessment)[-1].deadline


def test_each_thing_that_is_done_has_a_line_with_pseudonyms_alone(tmp_path: Path) -> None:
    """Neither names nor addresses nor words; people who are reminded together stand in one."""
    lines = list(lived(town(tmp_path)))
    told = "\n".join(lines)
    for said in (
        "Sefton: ",
        "to be reminded: police-1",
        "could not be sent: 550 5.1.1",
        "is open until",
        "was closed, by the",
    ):
        assert said in told
    assert not any(word in told for word in PERSONAL)


def wait_for(true: Callable[[], bool]) -> None:
    """Wait until something is so."""
    until = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_what_is_done_while_it_is_served_is_said_and_noted(tmp_path: Path) -> None:
    """On the terminal, and with its time in a file that nobody else may read."""
    area, said = area_in("opened", tmp_path), list[str]()
    file = tmp_path / journal.FILE
    with journal.beside(area.log, said.append):
        assert len(said) == 1
        rounds.close_round(area.log, area.stamp(CLOSES - timedelta(days=1)), area.id)
        wait_for(lambda: any("was closed" in line for line in said))
    noted = file.read_text(encoding="utf-8").splitlines()
    assert [line.split("Z ", 1)[1] for line in noted] == said
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_where_nothing_can_be_noted_it_is_said_all_the_same(tmp_path: Path) -> None:
    """The file is in the way of nothing."""
    area, said = area_in("opened", tmp_path), list[str]()
    (tmp_path / journal.FILE).mkdir()
    with journal.beside(area.log, said.append):
        assert said
