"""The schedule in Prefect, redrawn from the log: it shows what is to come, and holds no facts."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from prefect import get_client
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.actions import ArtifactCreate
from prefect.client.schemas.filters import (
    ArtifactCollectionFilter,
    ArtifactCollectionFilterKey,
    FlowFilter,
    FlowFilterName,
    FlowRunFilter,
    FlowRunFilterExpectedStartTime,
    FlowRunFilterTags,
)
from prefect.client.schemas.objects import FlowRun, State
from prefect.exceptions import ObjectNotFound
from prefect.states import Crashed, Scheduled

from ehsg_events.log.log import Log
from flows.appointments import (
    Appointment,
    Change,
    Run,
    appointments,
    change,
    cleanup,
    name,
    tags,
)
from flows.page import Page, pages

DEPLOYMENT = "ehsg"
PAGE = 200  # how many runs Prefect lists at once, at most


async def redraw(log: Log, assessment: UUID, now: datetime) -> None:
    """Make the schedule of an assessment and the page of each round match the log."""
    tagged = FlowRunFilter(tags=FlowRunFilterTags(all_=[str(assessment)]))
    async with get_client() as prefect:
        runs = await _runs(prefect, "milestone", tagged)
        wanted = change(await asyncio.to_thread(appointments, log, assessment), runs, now)
        await _clear(prefect, wanted)
        if wanted.add:
            deployment = await prefect.read_deployment_by_name(f"milestone/{DEPLOYMENT}")
            for appointment in wanted.add:
                await add(prefect, log, deployment.id, appointment)
        await _show(prefect, await asyncio.to_thread(pages, log, assessment))


async def clear_ticks(now: datetime) -> None:
    """Delete ticks that nobody was there to run, and mark those that died as crashed."""
    until = FlowRunFilterExpectedStartTime.model_validate({"before_": now})
    overdue = FlowRunFilter(expected_start_time=until)
    async with get_client() as prefect:
        await _clear(prefect, cleanup(await _runs(prefect, "tick", overdue), now))


async def _runs(prefect: PrefectClient, flow: str, which: FlowRunFilter) -> list[Run]:
    of_flow = FlowFilter(name=FlowFilterName(any_=[flow]))
    runs: list[FlowRun] = []
    while len(runs) % PAGE == 0:
        page = await prefect.read_flow_runs(
            flow_filter=of_flow, flow_run_filter=which, limit=PAGE, offset=len(runs)
        )
        runs += page
        if not page:
            break
    return [_run(run) for run in runs]


def _run(run: FlowRun) -> Run:
    assert run.state is not None, "Prefect gives every run a state"
    due = run.expected_start_time or run.state.timestamp
    key = run.idempotency_key or ""
    return Run(run.id, key, due, run.state.type.value, run.state.timestamp)


async def _clear(prefect: PrefectClient, wanted: Change) -> None:
    for run in wanted.delete:
        with suppress(ObjectNotFound):  # a concurrent tick has deleted it first
            await prefect.delete_flow_run(run.id)
    for run in wanted.crashed:
        dead: State = Crashed(message="Its process ended. The tick does its work.")
        with suppress(ObjectNotFound):
            await prefect.set_flow_run_state(run.id, dead, force=True)


async def add(prefect: PrefectClient, log: Log, deployment: UUID, appointment: Appointment) -> None:
    """Schedule a run for an appointment."""
    await prefect.create_flow_run_from_deployment(
        deployment,
        parameters=appointment._asdict(),
        state=Scheduled(scheduled_time=appointment.due),
        name=name(log, appointment),
        tags=tags(log, appointment),
        idempotency_key=appointment.key,
    )


async def _show(prefect: PrefectClient, wanted: Sequence[Page]) -> None:
    """Replace the pages whose text has changed."""
    keys = ArtifactCollectionFilterKey(any_=[page.key for page in wanted])
    which = ArtifactCollectionFilter(key=keys)
    shown = await prefect.read_latest_artifacts(artifact_filter=which) if wanted else []
    texts = {artifact.key: artifact.data for artifact in shown}
    for page in wanted:
        if texts.get(page.key) != page.text:
            made = ArtifactCreate(type="markdown", key=page.key, data=page.text)
            await prefect.create_artifact(made)
