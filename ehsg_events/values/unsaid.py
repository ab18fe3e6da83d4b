"""Why a promised message was not said, in the words that stand on the log."""

from __future__ import annotations

from typing import Literal

Unsaid = Literal[
    "a link was made",
    "asked again",
    "asked-for-later",
    "coordinates no more",
    "finished",
    "forgotten",
    "gone on",
    "named no more",
    "nothing is to be voted on",
    "nothing to show",
    "nothing waits",
    "overtaken",
    "paused",
    "put to the vote again",
    "reached again",
    "reached by another surface",
    "released",
    "stands in no more",
    "started already",
    "stopped",
    "the deadline was moved",
    "the message it changes was never sent",
    "the notice says it",
    "the round is closed",
    "the round is open again",
    "the round is paused",
    "the sign-off was withdrawn",
    "told by hand",
    "too late",
    "was never asked",
    "withdrawn",
]
UNREACHED: tuple[Unsaid, ...] = ("reached by another surface", "forgotten")  # and so told nobody
