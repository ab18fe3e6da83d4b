"""Who else signed the ledger: what is said of its witnesses, on the page and at the command line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from bots.phrases.labels import counted
from ehsg_events.ledger.cosignatures import Cosigned, Standing

PROVES = (
    "A witness is somebody else's server, and cosigns only what goes on from all that it cosigned before. "
    "So what one of them cosigned can be altered or made anew only with its help, or else it refuses all "
    "that follows. It does not know what the facts say, nor whether they are true."
)


def witnessed(standing: Standing, say: Callable[[datetime], str]) -> Iterator[str]:
    """How many witnesses cosigned the newest checkpoint that may be told, and when; and what that proves.

    Args:
        say: a time in words.
    """
    witnesses, newest, enough = standing
    asked = len(witnesses.each)
    many = f"{asked} witness{'es' if asked > 1 else ''}"
    facts = f"the checkpoint of {counted(newest.signed.size, 'fact')}"
    if newest.last is None:
        yield f"None of {many} has cosigned {facts} so far."
    else:
        yield f"{newest.by} of {many} cosigned {facts}, the last at {say(newest.last)}."
    if not standing.reached:
        if witnesses.needed:
            yield f"At least {witnesses.needed} must have: that is not reached."
        yield _before(enough, say)
    yield PROVES


def _before(enough: Cosigned | None, say: Callable[[datetime], str]) -> str:
    if enough is None or enough.last is None:
        return "No earlier checkpoint was cosigned by enough of them."
    return (
        f"The newest that enough of them cosigned has {counted(enough.signed.size, 'fact')}: "
        f"{enough.by} did, the last at {say(enough.last)}."
    )
