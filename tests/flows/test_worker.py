"""The worker takes runs from its pool, whatever an earlier release or somebody on Prefect's page left."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest
from support.places import ROOT, TESTS

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
LIVED = """
import asyncio, json, sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID
from ehsg_events.commands.opening.abandonment import abandon
from ehsg_events.commands.planning import plan_opening
from ehsg_events.log.log import Log
from flows.server import server
from support.area import Area

UNKNOWN = str(UUID(int=404))
EVERY = timedelta(minutes=5)

log = Log(Path(sys.argv[1]))
area = Area(log)
area.open(at=datetime.now(UTC))

def stamp(key):
    return area.stamp(datetime.now(UTC), key=key)

async def planned(prefect):
    runs = await prefect.read_flow_runs()
    return [run for run in runs if str(area.id) in run.tags and run.state.type.value == "SCHEDULED"]

async def lived():
    from prefect import get_client
    from prefect.client.schemas.actions import WorkPoolUpdate
    from prefect.states import Scheduled
    from prefect.types.entrypoint import EntrypointType
    from flows.round import milestone, tick
    from flows.worker import Worker, deploy

    async with get_client() as prefect:
        due = datetime.now(UTC) + timedelta(days=1)
        earlier = await milestone.ato_deployment("ehsg", entrypoint_type=EntrypointType.MODULE_PATH)
        of_no_pool = await earlier.aapply()
        await prefect.create_flow_run_from_deployment(
            of_no_pool, state=Scheduled(scheduled_time=due), idempotency_key="close",
            parameters={"assessment": UNKNOWN, "round": 1, "kind": "close", "due": due},
        )
        await deploy(EVERY)
        left = [run.name for run in await prefect.read_flow_runs() if run.deployment_id == of_no_pool]
        await prefect.update_work_pool("ehsg", WorkPoolUpdate(is_paused=True, concurrency_limit=0))
        await deploy(EVERY)
        ticks = await prefect.read_deployment_by_name("tick/ehsg")
        made = [
            await prefect.create_flow_run_from_deployment(ticks.id, parameters=given)
            for given in ({"assessment": UNKNOWN}, {})
        ]
        plan_opening(log, stamp("plan"), area.id, due, due + timedelta(days=14))
        await Worker().start(run_once=True, printer=lambda *_: None)
        ended = [(await prefect.read_flow_run(run.id)).state for run in made]
        coming = [len(await planned(prefect))]
        abandon(log, stamp("abandon"), area.id, "the wrong guide")
        await tick()
        coming.append(len(await planned(prefect)))
        names = [worker.name for worker in await prefect.read_workers_for_work_pool("ehsg")]
    return {"coming": coming, "left": left, "ended": [[s.type.value, s.message] for s in ended], "workers": names}

with server(Path(sys.argv[1])):
    print(json.dumps(asyncio.run(lived())))
"""


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What came of it."""
    folder = tmp_path_factory.mktemp("worker") / "data"
    command = [sys.executable, "-c", LIVED, str(folder)]
    path = {"PYTHONPATH": os.pathsep.join(map(str, (ROOT, TESTS)))}
    ran = subprocess.run(
        command, env={**os.environ, **path}, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    told: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    return told


def test_what_an_earlier_release_scheduled_is_not_left_where_nobody_takes_it(
    lived: dict[str, Any],
) -> None:
    """Its runs are in no pool; the tick at the start draws them anew."""
    assert lived["left"] == []


def test_a_run_that_fails_is_told_as_failed_and_the_next_one_runs(lived: dict[str, Any]) -> None:
    """Of the failure only its kind is told, since Prefect keeps it in clear."""
    (failed, message), (completed, _) = lived["ended"]
    assert (failed, completed) == ("FAILED", "COMPLETED")
    assert "Refused" in message


def test_a_pool_that_was_paused_works_again_from_the_next_start_on(lived: dict[str, Any]) -> None:
    """Else one switch on a page would stop every round, and nobody would hear of it."""
    assert all(state != "SCHEDULED" for state, _ in lived["ended"])


def test_there_is_one_worker_however_often_it_is_started(lived: dict[str, Any]) -> None:
    """By one name."""
    assert lived["workers"] == ["ehsg"]


def test_what_was_to_come_is_taken_from_the_schedule_once_an_assessment_has_ended(
    lived: dict[str, Any],
) -> None:
    """By the tick that comes next, also if the one before it drew it while it was at work."""
    assert lived["coming"] == [1, 0]
