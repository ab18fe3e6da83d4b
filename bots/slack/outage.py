"""Says that Slack takes nothing from us, and that it does again; other processes read it too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bots.delivery.sender import Down
from bots.operations import outages
from bots.phrases.slack import NOT_REACHED, REACHED_AGAIN, token_refused


class Announcer:
    """Tells whoever runs the server, and notes in the data folder what coordinators are to know.

    Args:
        say: receives each sentence.
    """

    def __init__(self, folder: Path, say: Callable[[str], object]) -> None:
        self._folder, self._say = folder, say
        outages.forget(folder, "slack")  # what an earlier process noted of an earlier token

    def __call__(self, down: Down | None) -> None:
        """Say that Slack takes nothing, or with none that it does again."""
        if down is not None and down.refuses_us:
            outages.note(self._folder, "slack", down.reason)
            self._say(token_refused(down.reason))
        else:
            outages.forget(self._folder, "slack")
            self._say(REACHED_AGAIN if down is None else NOT_REACHED)
