"""A worker that runs flows in its own process, as they fall due.

Prefect's own starts a Python for each run, which costs three seconds of a processor before anything
is done: more than all that a round has to do in a day.
"""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from prefect import get_client
from prefect.client.schemas.actions import WorkPoolCreate, WorkPoolUpdate
from prefect.exceptions import Abort, ObjectAlreadyExists, ObjectNotFound
from prefect.flow_engine import run_flow
from prefect.types.entrypoint import EntrypointType
from prefect.workers.base import (
    BaseJobConfiguration,
    BaseVariables,
    BaseWorker,
    BaseWorkerResult,
)

from flows.round import EARLY, milestone, tick
from flows.schedule import DEPLOYMENT

if TYPE_CHECKING:
    from anyio.abc import TaskStatus
    from prefect.client.schemas.objects import FlowRun
    from prefect.flows import Flow

FLOWS: dict[str, Flow[..., Any]] = {flow.name: flow for flow in (milestone, tick)}
AT_ONCE = 2  # runs; more of them block each other in the SQLite of Prefect, for half a minute
MODULE = EntrypointType.MODULE_PATH
HERE = str(os.getpid())


class Ran(BaseWorkerResult):
    """A run that came to its end; how it ended is known to Prefect."""


class Worker(BaseWorker[BaseJobConfiguration, BaseVariables, Ran]):
    """Takes runs from the pool of this project a little before they are due."""

    type = DEPLOYMENT
    job_configuration = BaseJobConfiguration
    job_configuration_variables = BaseVariables

    def __init__(self) -> None:
        early = EARLY.total_seconds()
        super().__init__(DEPLOYMENT, name=DEPLOYMENT, limit=AT_ONCE, prefetch_seconds=early)

    async def run(
        self,
        flow_run: FlowRun,
        configuration: BaseJobConfiguration,  # noqa: ARG002 - nothing of it is chosen
        task_status: TaskStatus[Any] | None = None,
    ) -> Ran:
        """Run a flow here, beside the others.

        It may begin a little early: a milestone waits for its time by itself, a tick is let begin
        by Prefect only then.
        """
        flow = FLOWS[(await self.client.read_flow(flow_run.flow_id)).name]
        if task_status:
            task_status.started(HERE)
        with suppress(Abort):  # somebody cancelled it, or another has begun it
            await run_flow(flow, flow_run=flow_run, return_type="state")  # type: ignore[misc]
        return Ran(identifier=HERE, status_code=0)


async def deploy(every: timedelta) -> None:
    """Say to Prefect which flows there are, and how often ticks are wanted.

    Args:
        every: the time between two ticks.
    """
    async with get_client() as prefect:
        template = Worker.get_default_base_job_template()
        pool = WorkPoolCreate(name=DEPLOYMENT, type=Worker.type, base_job_template=template)
        try:
            await prefect.create_work_pool(pool)
        except ObjectAlreadyExists:  # and nobody pauses it from Prefect's page, unheard
            as_made = WorkPoolUpdate(is_paused=False, concurrency_limit=None)
            await prefect.update_work_pool(DEPLOYMENT, as_made)
        for flow in FLOWS.values():
            with suppress(ObjectNotFound):  # its runs are in no pool, if an earlier release made it
                made = await prefect.read_deployment_by_name(f"{flow.name}/{DEPLOYMENT}")
                if made.work_pool_name is None:
                    await prefect.delete_deployment(made.id)
    for flow, interval in ((milestone, None), (tick, every)):
        deployment = await flow.ato_deployment(
            DEPLOYMENT, interval=interval, work_pool_name=DEPLOYMENT, entrypoint_type=MODULE
        )
        await deployment.aapply()
