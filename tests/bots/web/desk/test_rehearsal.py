"""The rehearsal from a page: in a process of its own, one at a time, and nothing of it anywhere else."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from tempfile import gettempdir
from uuid import UUID, uuid4

import httpx
import pytest
from support.area import Area
from support.story.states import AFTER, PANEL, DeskSite, desk_site
from support.web.desk import named, signed_in
from support.web.filling import boxes_of

from bots.phrases.pages import rehearsal as phrases
from bots.rehearsal.rehearsing import PREFIX
from bots.rehearsed import Day, Forecast
from bots.web.desk.rehearsal.running import PROGRAM, REHEARSALS, Rehearsals
from ehsg_events.events import MessageFact
from ehsg_events.kernel import Refused
from ehsg_events.log.log import Log

WAITS = (sys.executable, "-c", "import sys; sys.stdin.read()")  # until whoever started it is gone
DEAF = (sys.executable, "-c", "import time; time.sleep(600)")
SAYS_NOTHING = (sys.executable, "-c", "")
REFUSES = (sys.executable, "-c", 'print(\'{"refused": "No round is to come."}\')')
WHERE = UUID(int=1)


def left_behind() -> set[str]:
    """What rehearsals have left in the folder for passing things."""
    return {one.name for one in Path(gettempdir()).glob(f"{PREFIX}*")}


# -- one at a time, with an end ----------------------------------------------------------------------
def test_while_one_runs_another_is_refused_and_the_end_of_the_server_is_its_end(
    tmp_path: Path,
) -> None:
    """Of this assessment or of any other; then the next may run."""
    rehearsals = Rehearsals(WAITS)
    rehearsals.start(tmp_path, WHERE, 0.2, AFTER)
    ran = rehearsals.of(tmp_path, WHERE)
    assert ran is not None
    assert (ran.runs, ran.since) == (True, AFTER)
    for assessment in (WHERE, uuid4()):
        with pytest.raises(Refused, match="Another rehearsal runs"):
            rehearsals.start(tmp_path, assessment, 0.2, AFTER)
    rehearsals.end()
    ended = rehearsals.of(tmp_path, WHERE)
    assert ended is not None
    assert (ended.runs, ended.forecast, ended.refused) == (False, None, phrases.WITHOUT_RESULT)
    rehearsals.start(tmp_path, uuid4(), 0.2, AFTER)
    rehearsals.end()


@pytest.mark.parametrize("program", [WAITS, SAYS_NOTHING])
def test_one_that_comes_to_no_end_or_to_nothing_is_over_and_said_to_be(
    program: tuple[str, ...], tmp_path: Path
) -> None:
    """Within its bound."""
    rehearsals = Rehearsals(program, longest=0.05)
    rehearsals.start(tmp_path, WHERE, 0.2, AFTER)
    rehearsals.wait()
    ran = rehearsals.of(tmp_path, WHERE)
    assert ran is not None
    assert (ran.runs, ran.refused) == (False, phrases.WITHOUT_RESULT)


def test_one_that_does_not_listen_is_ended_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However it was written."""
    monkeypatch.setattr("bots.web.desk.rehearsal.running.PATIENCE", 0.05)
    rehearsals = Rehearsals(DEAF)
    rehearsals.start(tmp_path, WHERE, 0.2, AFTER)
    rehearsals.end()
    assert rehearsals.of(tmp_path, WHERE) is not None


def test_a_refusal_of_the_rehearsal_is_told_as_it_is(tmp_path: Path) -> None:
    """Such as that no round is to come."""
    rehearsals = Rehearsals(REFUSES)
    rehearsals.start(tmp_path, WHERE, 0.2, AFTER)
    rehearsals.wait()
    ran = rehearsals.of(tmp_path, WHERE)
    assert ran is not None
    assert ran.refused == "No round is to come."


def test_a_rehearsal_for_which_nobody_waits_any_more_ends_and_leaves_nothing(log: Log) -> None:
    """As when the server was killed: its standard input is at an end."""
    area = Area(log)
    area.open(PANEL)
    left = left_behind()
    words = (str(log.folder), str(area.id), "0.2")
    ran = subprocess.run(
        (*PROGRAM, *words), check=False, stdin=subprocess.DEVNULL, capture_output=True
    )
    assert (ran.returncode, ran.stdout) == (1, b"")
    assert left_behind() <= left


# -- on the page -------------------------------------------------------------------------------------
@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DeskSite]:
    """An assessment before its first round."""
    with desk_site(tmp_path, "prepared") as place:
        yield place


@pytest.fixture
def mine(desk: DeskSite) -> httpx.Client:
    """A coordinator's browser."""
    where = desk.areas["prepared"].id
    return signed_in(desk, named(desk, "coordinator", where), where)


def press(mine: httpx.Client, silent: str = "20") -> httpx.Response:
    """Press the button."""
    fields = boxes_of(mine.get("/read/rehearsal").text) | {"silent": silent}
    return mine.post("/read/rehearsal", data=fields)


def test_a_rehearsal_is_started_waited_for_and_shown_and_nothing_else_comes_of_it(
    desk: DeskSite, mine: httpx.Client
) -> None:
    """No fact, no message, nothing left on the disk; without JavaScript."""
    facts, left = desk.recorded, left_behind()
    came = press(mine)
    assert (came.status_code, came.url.path) == (200, "/read/rehearsal")
    assert phrases.STARTED in came.text
    assert f'<a href="rehearsal">{phrases.LOOK_AGAIN}</a>' in came.text
    assert 'http-equiv="refresh"' not in came.text
    REHEARSALS.wait()
    page = unescape(mine.get("/read/rehearsal").text)
    ran = REHEARSALS.of(desk.log.folder, desk.areas["prepared"].id)
    assert ran is not None
    assert ran.forecast is not None, ran.refused
    assert phrases.headline(ran.forecast) in page
    for day in ran.forecast.days:
        assert day.said in page
        assert phrases.sent(day) in page
    assert desk.recorded == facts
    assert not [one for one in desk.recorded if isinstance(one.fact, MessageFact)]
    assert left_behind() <= left
    assert "Given" not in page, "the copy knows no names"


@pytest.mark.parametrize("silent", ["", "many", "-1", "101", "0.5"])
def test_a_share_that_is_none_is_refused_at_its_field_and_nothing_runs(
    desk: DeskSite, mine: httpx.Client, silent: str
) -> None:
    """With what was typed."""
    came = press(mine, silent)
    assert came.status_code == 422
    assert 'href="#silent"' in came.text
    assert REHEARSALS.of(desk.log.folder, desk.areas["prepared"].id) is None


def test_a_day_with_very_much_to_do_is_counted_and_not_listed() -> None:
    """A panel of hundreds without an address would fill the page."""
    work = tuple(f"remind person-{n} by hand" for n in range(500))
    day = Day(day="2026-09-08", said="Tuesday", messages={}, letters={}, work=work)
    said = phrases.tasks(day)
    assert said.endswith(f"; {500 - phrases.MOST} more")
    assert said.count("remind") == phrases.MOST


def test_where_nothing_gets_stuck_nothing_is_said_of_it() -> None:
    """And the page says that it does nowhere."""
    fine = Forecast(
        round=1, kind="first", opened="", closes="", invited=1, finished=1, days=(), per_person={},
        letters={}, by_agency={}, never_quorum=(), no_quorum=(), to_moderate=(), rules={},
    )  # fmt: skip
    assert list(phrases.stuck(fine)) == []
    stuck = fine.model_copy(update={"never_quorum": ("5.1",), "to_moderate": ("5.2",)})
    assert ["5.1" in line or "5.2" in line for line in phrases.stuck(stuck)] == [True, True]
