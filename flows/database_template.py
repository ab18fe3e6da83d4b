"""An empty Prefect database, migrated once for each environment and copied from then on.

Prefect's hundred migrations take some fifteen seconds; copying their outcome takes none.
Run as `python -m flows.database_template FILE` it makes the file; that is how `template` calls it.
"""

from __future__ import annotations

import os
import sys
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from flows import child_process


def template_database() -> Path:
    """The empty database of the installed Prefect; made if it is not there."""
    kept = Path(sys.prefix) / "share" / "ehsg" / f"prefect-{version('prefect')}.db"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=kept.parent) as aside:
            made = Path(aside) / "empty.db"
            _make(made)
            made.replace(kept)
    return kept


def _make(file: Path) -> None:
    place = {"PREFECT_SERVER_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{file}"}
    child = child_process.start("flows.database_template", environment={**os.environ, **place})
    if child.wait():
        raise RuntimeError("Prefect could not make its empty database")
    child_process.end(child)


def main() -> None:
    """Migrate the database of the settings, in a process that ends with its parent."""
    child_process.when_parent_ends(lambda: os._exit(1))
    import asyncio

    from prefect.server.database import provide_database_interface

    asyncio.run(provide_database_interface().create_db())


if __name__ == "__main__":
    main()
