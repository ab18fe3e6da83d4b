"""A rehearsal whose rounds are advanced in its own process, so that many can be begun and killed.

Everything else is as in `ehsg demo`: the stage, its people, the workspace, the outbox, the log. What
Prefect adds to each start is several seconds, and is lived through where it is what is looked at.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from uuid import UUID, uuid4

from bots.cli.begin.demo import SEED
from bots.cli.show.rehearsal import GUIDE
from bots.rehearsal.cast import TEAM, Cast
from bots.rehearsal.clock import Clock
from bots.rehearsal.stage import last_moment, next_rehearsal
from bots.rehearsal.staging import staged
from bots.slack.loopback.workspace import Message, Workspace
from ehsg_events.commands import rounds
from ehsg_events.kernel import Stamp
from ehsg_events.log.log import Log
from ehsg_events.states.situation import Situation
from guides import library

PROGRAM = """
import sys
from pathlib import Path
from support.rehearsed import rehearse
rehearse(Path(sys.argv[1]), *map(float, sys.argv[2:]))
"""


class MortalWorkspace(Workspace):
    """A workspace that ends its process once it has kept a new message and so many bytes.

    Nobody is told any more that the message was taken, so it is on the screen and not on the log.
    """

    dies_at = float("inf")  # bytes

    def keep(self, message: Message) -> None:
        """Put a message on the screen, and end the process if these are enough."""
        new = message.ts not in self.messages[message.channel]
        super().keep(message)
        assert self._memory is not None
        if new and message.metadata and self._memory.stat().st_size >= self.dies_at:
            os.kill(os.getpid(), signal.SIGKILL)


def _unseen(*_: object) -> None:
    """Nobody watches, and nobody takes a player's place."""


def rehearse(
    folder: Path,
    dies_at: float = float("inf"),
    tell: Callable[[date, Situation], None] = _unseen,
) -> None:
    """Play the demo's rehearsal to its end; one that was killed continues where it stopped.

    Args:
        dies_at: how many bytes the workspace keeps before the process ends.
        tell: receives each day that is over, and how things stand then.
    """
    log = Log(folder)
    assessment = next_rehearsal(log, SEED)
    clock = Clock(last_moment(log))
    cast = Cast(SEED, library.guide(GUIDE).guide, assessment.hex[:8].upper(), None)
    memory = folder / f"slack-{assessment}.jsonl"

    def tick(assessment: UUID, at: datetime) -> None:
        key = f"tick/{uuid4()}/{assessment}"
        stamp = Stamp(at=at, by="clock", role="clock", surface="flow", cause="tick", key=key)
        rounds.advance(log, stamp, assessment)

    with MortalWorkspace(TEAM, lambda: clock().timestamp(), memory) as workspace:
        workspace.dies_at = dies_at
        staged(log, assessment, cast, clock, workspace, tick, tell, _unseen).run()
    log.close()
