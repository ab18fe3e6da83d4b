"""Prefect's settings for this project: kept in the data folder, without telemetry, on its own."""

from __future__ import annotations

import os
from pathlib import Path

from ehsg_events.machine.children import without_secrets

FOLDER = "EHSG_DATA"  # where a flow finds the log
KEK = "EHSG_KEK_FILE"  # and its key-encryption key, if that lies elsewhere
PRIVATE = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_UI_V2_ENABLED": "false",  # the newer page carries an analytics key
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    "PREFECT_TELEMETRY_ENABLE_RESOURCE_METRICS": "false",
}
PLAIN = {
    "PREFECT_SERVER_EPHEMERAL_ENABLED": "false",  # if the server is missing, fail: start no other
    "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
    "PREFECT_TASKS_DEFAULT_NO_CACHE": "true",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_LOGGING_COLORS": "false",
    "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
    "PREFECT_WORKER_QUERY_SECONDS": "3",
    "PREFECT_WORKER_ENABLE_CANCELLATION": "false",  # what is due is done all the same
    "PREFECT_CLIENT_MAX_RETRIES": "2",  # a server that is gone comes back at another address
}
SERVER = {
    "PREFECT_API_BLOCKS_REGISTER_ON_START": "false",  # no flow here uses a block
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
    "PREFECT_SERVER_SERVICES_SCHEDULER_MIN_RUNS": "1",
    "PREFECT_SERVER_SERVICES_SCHEDULER_MIN_SCHEDULED_TIME": "PT5M",  # one coming tick is enough
}


def environment(folder: Path, address: str, login: str) -> dict[str, str]:
    """The environment of every process that uses the Prefect of a data folder.

    Settings for another Prefect are left out, so that no fact of ours is written there, and so
    are the secrets of Slack.

    Args:
        folder: the data folder.
        address: the server's own, such as http://127.0.0.1:4200.
        login: `name:password`; whoever can speak to the server can make it run a program.
    """
    given = without_secrets(os.environ)
    ours = {name: text for name, text in given.items() if not name.startswith("PREFECT_")}
    return {
        **ours,
        **PRIVATE,
        **PLAIN,
        **SERVER,
        FOLDER: str(folder),
        "PREFECT_HOME": str(home(folder)),
        "PREFECT_API_URL": f"{address}/api",
        "PREFECT_API_AUTH_STRING": login,
        "PREFECT_SERVER_API_AUTH_STRING": login,
        "PREFECT_SERVER_UI_API_URL": f"{address}/api",
        "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": address,
    }


def home(folder: Path) -> Path:
    """Where Prefect keeps its data; deleting it costs one redrawing of the schedule."""
    return folder / "prefect"
