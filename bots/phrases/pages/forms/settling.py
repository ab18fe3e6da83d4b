"""What the page says that leads from one descriptor to be settled to the next."""

from __future__ import annotations

from bots.phrases.labels import counted

SAME = "Fill in this reason for the next one as well. You see it there and can change it."
FILLED_IN = "This is the reason that you gave last. Change it where it is another."
NOTHING_LEFT = "Nothing is left for you to settle."
TO_FINISH = "Choices, sharing, actions and the signature"
EVERY_ONE = "Choose another descriptor"


def left(many: int, *, among_them: bool, again: int = 0) -> str:
    """How many descriptors are left to be settled.

    Args:
        among_them: whether the one before her is one of them.
        again: how many the next round asks again, while nothing else is left.
    """
    if not many:
        return asked_again(again) if again else NOTHING_LEFT
    others = many - among_them
    if not among_them:
        return f"{counted(others, 'descriptor')} left to settle."
    return f"Left to settle: this one and {counted(others, 'other')}." if others else LAST


def asked_again(many: int) -> str:
    """That what is not agreed is not hers to settle yet, and that she may."""
    these, them = ("descriptor is", "it") if many == 1 else ("descriptors are", "them")
    return f"{many} {these} asked again in the next round. You can settle {them} yourself instead."


LAST = "This is the last one left to settle."
