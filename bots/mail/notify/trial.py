"""The way of a letter through GOV.UK Notify tried out; nothing of it is recorded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bots.delivery.sender import Down, Impossible, Later, NotSent
from bots.mail.notify.sender import TIMEOUT, NotifySender
from bots.mail.notify.settings import Settings
from bots.mail.trial import TOOK_IT, Tried, letter_to_try

NOTIFY, LETTER = "Notify", "letter"  # the steps
TAKES_US = "GOV.UK Notify takes our key and has the template."
NOT_FROM_US = (
    "GOV.UK Notify does not take letters from us ({reason}). Look at the key, the template and whether "
    "this machine may call it; docs/mail.md says what each must be."
)
NOT_TO_THEM = "GOV.UK Notify takes no letters to this address ({reason}). Look whether it is right."
NOT_NOW = "GOV.UK Notify asks to come again later ({reason}), which is what the product does. Try once more."
IN_DOUBT = "GOV.UK Notify did not say in time whether it took the letter. Look for it, and on Notify's pages."


def tried(
    settings: Settings, to: str | None, now: datetime, timeout: float = TIMEOUT
) -> Iterator[Tried]:
    """Try whether Notify takes us, and a letter, up to the first step that goes wrong.

    Args:
        to: who is sent a test letter; without them nobody is.
        now: the letter's date.
    """
    sender, step = NotifySender(settings, timeout), NOTIFY
    try:
        sender.check()
        yield Tried(step, True, TAKES_US)  # noqa: FBT003
        if to is not None:
            step, letter = LETTER, letter_to_try(to, now)
            sender.hand_over(to, str(letter.id), letter)
            yield Tried(step, True, TOOK_IT)  # noqa: FBT003
    except NotSent as trouble:
        yield Tried(step, False, _way_out(trouble))  # noqa: FBT003


def _way_out(trouble: NotSent) -> str:
    """What stopped a letter, and what helps."""
    match trouble:
        case Impossible():
            said = NOT_TO_THEM
        case Later():
            said = NOT_NOW
        case Down():
            said = NOT_FROM_US
        case _:
            said = IN_DOUBT
    return said.format(reason=trouble)
