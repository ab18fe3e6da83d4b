"""Which surface takes nothing from us, told from the process that writes there to all others.

One small file for each in the data folder: it is there meanwhile, and holds the surface's code.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from bots.phrases.slack import letters_stopped, token_refused
from ehsg_events.kernel import Surface
from guides import durable

FILES: dict[Surface, str] = {"slack": "slack-refuses-us", "mail": "letters-stopped"}
SAYS: dict[Surface, Callable[[str], str]] = {"slack": token_refused, "mail": letters_stopped}
LONGEST = 80  # letters of a code
CODE = re.compile(rf"[A-Za-z0-9_.:, -]{{1,{LONGEST}}}")
NOT_IN_A_CODE = re.compile(r"[^A-Za-z0-9_.:, -]")
UNNAMED = "unknown"


def note(folder: Path, surface: Surface, code: str) -> None:
    """Note that a surface takes nothing from us; whatever is noted is told, as far as it is a code."""
    told = NOT_IN_A_CODE.sub("", code)[:LONGEST].strip() or UNNAMED
    durable.write(folder / FILES[surface], told.encode(), mode=durable.OWNER_ONLY)


def forget(folder: Path, surface: Surface) -> None:
    """Note that a surface takes what we send."""
    (folder / FILES[surface]).unlink(missing_ok=True)


def sentence(folder: Path) -> str | None:
    """What a coordinator is told of it, none while nothing is known to be wrong."""
    return " ".join(_sentences(folder)) or None


def of(folder: Path, surface: Surface) -> str | None:
    """What is wrong with one surface, none while nothing is known to be."""
    with suppress(OSError, UnicodeDecodeError):
        code = (folder / FILES[surface]).read_text().strip()
        if CODE.fullmatch(code):
            return SAYS[surface](code)
    return None


def _sentences(folder: Path) -> Iterator[str]:
    for surface in FILES:
        if says := of(folder, surface):
            yield says
