"""Small tasks that may wait until Slack is answered, and whose loss costs nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from ehsg_events.machine.reports import Reports

AT_ONCE = 4  # threads
reports = Reports(logging.getLogger("ehsg.slack"))


class BackgroundTasks:
    """Runs tasks in background threads; of a failure only the kind is logged."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="aside")

    def do(self, what: str, task: Callable[[], object]) -> None:
        """Do something soon.

        Args:
            what: is said in a log line when it fails, such as "a Home tab was not drawn".
        """

        def safely() -> None:
            try:
                task()
            except Exception as failure:  # noqa: BLE001 - whatever it is, nobody waits for it
                reports.failed(f"{what[0].upper()}{what[1:]}.", failure)

        self._pool.submit(safely)
