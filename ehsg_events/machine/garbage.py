"""How often Python looks for garbage: seldom, since what is read of a log stays."""

from __future__ import annotations

import gc

NEW = 50_000  # objects made until the newest are looked through; Python's own is 700 to 2,000
OLDER = 20  # times that, until older ones are, too


def collect_seldom() -> None:
    """Look for garbage less often in this process.

    A long log is a million small objects that stay. Looking through them again and again, for the
    few circles that this code leaves, was two fifths of the time of reading it.
    """
    gc.set_threshold(NEW, OLDER, OLDER)
