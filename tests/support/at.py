"""Commands run at a time of their own: the command line's clock is one that a test moves."""

from __future__ import annotations

import pkgutil
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, tzinfo
from importlib import import_module
from typing import Self
from unittest.mock import patch

import bots.cli


@contextmanager
def commands_at(clock: Callable[[], datetime]) -> Iterator[None]:
    """Let every command believe that it is as late as the clock says."""

    class Moved(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            now = clock().astimezone(tz)
            return cls.fromisoformat(now.isoformat())

    with ExitStack() as patches:
        for found in pkgutil.walk_packages(bots.cli.__path__, "bots.cli."):
            if not found.name.endswith("__main__"):
                import_module(found.name)
            module = sys.modules.get(found.name)
            if getattr(module, "datetime", None) is datetime:
                patches.enter_context(patch.object(module, "datetime", Moved))
        yield
