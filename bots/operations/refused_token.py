"""Whether Slack refuses our token, told from the process that writes to Slack to all others.

One small file in the data folder: it is there while Slack refuses us, and holds Slack's code.
"""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

from bots.phrases.slack import token_refused
from guides import durable

FILE = "slack-refuses-us"
CODE = re.compile(r"[a-z0-9_]{1,80}")


def note(folder: Path, code: str) -> None:
    """Note that Slack refuses our token."""
    durable.write(folder / FILE, code.encode(), mode=durable.OWNER_ONLY)


def forget(folder: Path) -> None:
    """Note that Slack takes what we send."""
    (folder / FILE).unlink(missing_ok=True)


def sentence(folder: Path) -> str | None:
    """What a coordinator is told of it, none while nothing is known to be wrong."""
    with suppress(OSError, UnicodeDecodeError):
        code = (folder / FILE).read_text().strip()
        return token_refused(code) if CODE.fullmatch(code) else None
    return None
