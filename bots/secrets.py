"""Secrets as they are set: in the environment, or in a file that it names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ehsg_events.kernel import Refused


def secret(environment: Mapping[str, str], name: str) -> str:
    """A secret that is set as `NAME`, or stands in the file that `NAME_FILE` names; empty if neither.

    Raises:
        Refused: the file cannot be read.
    """
    file = environment.get(f"{name}_FILE")
    try:
        return (Path(file).read_text() if file else environment.get(name, "")).strip()
    except (OSError, UnicodeDecodeError):
        raise Refused(f"{name}_FILE names a file that cannot be read.") from None
