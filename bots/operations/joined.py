"""Which Slack workspace we are joined to, told from the process that listens there to all others.

A small file in the data folder, made anew whenever Slack says who we are. It holds no secret.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from guides import durable
from projections.steering_characters import visible

FILE = "slack-joined"
LONGEST = 80  # letters of a name


def note(folder: Path, workspace: str) -> None:
    """Note the workspace by its name."""
    named = " ".join(visible(workspace).split())[:LONGEST]
    durable.write(folder / FILE, named.encode(), mode=durable.OWNER_ONLY)


def forget(folder: Path) -> None:
    """Note that it is not known yet."""
    (folder / FILE).unlink(missing_ok=True)


def workspace(folder: Path) -> str | None:
    """The workspace's name, none while it is not known."""
    with suppress(OSError, UnicodeDecodeError):
        return visible((folder / FILE).read_text(encoding="utf-8"))[:LONGEST] or None
    return None
