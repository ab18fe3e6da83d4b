"""An empty Prefect database, migrated once for each environment and copied from then on.

Prefect's hundred migrations take some fifteen seconds; copying their result takes none.
`template_database` runs `python -m flows.database_template` to make the file.
"""

from __future__ import annotations

import os
import sys
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from flows import child_process
from guides import durable


def template_database() -> Path:
    """The file of an empty database for the installed Prefect; made if it is missing."""
    file = Path(sys.prefix) / "share" / "ehsg" / f"prefect-{version('prefect')}.db"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=file.parent) as folder:
            made = Path(folder) / "empty.db"
            _make(made)
            durable.put_in_place(made, file)
    return file


def _make(file: Path) -> None:
    url = {"PREFECT_SERVER_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{file}"}
    child = child_process.start("flows.database_template", environment={**os.environ, **url})
    if child.wait():
        raise RuntimeError("Prefect could not make its empty database")
    child_process.end(child)


def main() -> None:
    """Migrate the database that the environment names; the process ends with its parent."""
    child_process.when_parent_ends(lambda: os._exit(1))
    import asyncio

    from prefect.server.database import provide_database_interface

    asyncio.run(provide_database_interface().create_db())


if __name__ == "__main__":
    main()
