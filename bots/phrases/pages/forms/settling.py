"""What the page says that leads from one descriptor to be settled to the next."""

from __future__ import annotations

from bots.phrases.labels import counted

SAME = "Fill in this reason for the next one as well. You see it there and can change it."
FILLED_IN = "This is the reason that you gave last. Change it where it is another."
NOTHING_LEFT = "Nothing is left for you to settle."
TO_FINISH = "Choices, sharing, actions and the signature"
EVERY_ONE = "Choose another descriptor"


def left(many: int, *, among_them: bool) -> str:
    """How many descriptors are left to be settled.

    Args:
        among_them: whether the one before her is one of them.
    """
    if not many:
        return NOTHING_LEFT
    others = many - among_them
    if not among_them:
        return f"{counted(others, 'descriptor')} left to settle."
    return f"Left to settle: this one and {counted(others, 'other')}." if others else LAST


LAST = "This is the last one left to settle."
