"""Being reminded when one asks to be: the decision, and what can be wrong with the time."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from ehsg_events.dates import calendar
from ehsg_events.dates.spoken_times import read_time
from ehsg_events.events import ReminderWished
from ehsg_events.interview.refusals import Facts, refuse_if_over
from ehsg_events.kernel import Refused
from ehsg_events.language.catalogue import gettext as _
from ehsg_events.language.catalogue import marked
from ehsg_events.states.interview import Interview, Sitting

SUCH_AS = marked(
    "such as: remind me on Thursday at 2, remind me tomorrow, or remind me on 3 December"
)


class Window(NamedTuple):
    """Between when and when somebody can be reminded: now and the deadline, in their own zone.

    `is_reached` says whether a message of ours reaches them.
    """

    now: datetime
    deadline: datetime
    zone: str
    is_reached: bool


def wish(
    state: Interview, sitting: Sitting, said: str, window: Window | None, typed: datetime | None
) -> Facts:
    """Ask to be reminded at a time that is said in words.

    Args:
        window: none where nobody is ever reminded, as in a preview.
        typed: when it was typed, if it came later.

    Raises:
        Refused: the time is not understood, has passed, or is not before the deadline.
    """
    refuse_if_over(state, sitting)
    if state.completed:
        raise Refused(_("You have finished, so there is nothing to remind you of. Thank you."))
    if window is None or sitting.kind == "workshop":
        raise Refused(_("Nobody is reminded here, so nothing was recorded."))
    at = read_time(said, typed or window.now, window.zone)
    if at is None:
        raise Refused(
            _(
                "I did not understand when to remind you. Say a day and, if you like, an hour, "
                "{such_as}.",
                such_as=_(SUCH_AS),
            )
        )
    when = calendar.say(at, window.zone)
    if at <= window.now:
        raise Refused(
            _(
                "That was {when}, which has passed. Say a later time, {such_as}.",
                when=when,
                such_as=_(SUCH_AS),
            )
        )
    if at >= window.deadline:
        raise Refused(
            _(
                "That would be {when}, and you can answer until {deadline}. Say an earlier "
                "time, {such_as}.",
                when=when,
                deadline=sitting.deadline,
                such_as=_(SUCH_AS),
            )
        )
    return () if at == state.remind_at else (ReminderWished(remind_at=at),)
