"""The windows in which a coordinator gives a reason, a day or a name, and what they filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bots.phrases import coordinator as phrases
from bots.phrases.slack import CANCEL
from bots.slack.block_kit.blocks import Address
from bots.slack.block_kit.windows import choice_box, day_box, long_box, short_box, window, words
from bots.slack.coordinator.orders import Kind, Order
from ehsg_events.commands.hand_over import Request
from ehsg_events.states.assessment import Assessment

DECIDE = "decide"  # the callback of all these windows
DAY, BECAUSE, TO, NAME, SLACK, WORK = "day", "because", "to", "name", "slack", "work"
WINDOWS: dict[str, Kind] = {
    "extend": "extend", "pause": "pause", "close": "close", "agree": "agree", "decline": "decline",
}  # fmt: skip
TITLES: dict[Kind, tuple[str, str]] = {
    "extend": (phrases.EXTEND_TITLE, phrases.DO_EXTEND),
    "pause": (phrases.PAUSE_TITLE, phrases.DO_PAUSE),
    "close": (phrases.CLOSE_TITLE, phrases.DO_CLOSE),
    "agree": (phrases.AGREE_TITLE, phrases.DO_AGREE),
    "decline": (phrases.DECLINE_TITLE, phrases.DO_DECLINE),
}
FIELDS = {DAY: "deadline", WORK: "works_as"}  # what the boxes are called in an operation's form
BOXES: dict[Kind, tuple[str, ...]] = {
    "extend": (DAY, BECAUSE), "pause": (BECAUSE,), "close": (), "decline": (BECAUSE,),
    "agree": (TO, NAME, SLACK, WORK),
}  # fmt: skip
BOX: dict[Kind, str] = {"extend": DAY, "pause": BECAUSE, "agree": NAME, "decline": BECAUSE}


def desk_window(
    state: Assessment, address: Address, token: str, waiting: Sequence[Request]
) -> dict[str, Any]:
    """The window that a button of a coordinator opens.

    Args:
        waiting: the requests to hand on, of which one may be decided in it.
    """
    kind, _, person = token.partition(":")
    reason = long_box(BECAUSE, phrases.BECAUSE, hint=phrases.BECAUSE_HINT)
    title, submit = TITLES[WINDOWS[kind]]
    boxes = {
        "extend": [day_box(DAY, phrases.NEW_DAY), reason],
        "close": words(phrases.SURE),
        "agree": _to_whom(state, person),
    }.get(kind, [reason])
    requests = [request for request in waiting if request.stakeholder == person]
    lines = [phrases.desk_title(state.area), *map(phrases.hand_on_request, requests)]
    about = words("\n".join(lines))
    value = address.value(token)
    return window(DECIDE, value, title, submit, CANCEL, [*about, *boxes])


def filled_in(token: str, boxes: Mapping[str, str]) -> Order:
    """What a coordinator decided in such a window."""
    kind, _, person = token.partition(":")
    given = {FIELDS.get(box, box): boxes.get(box, "") for box in BOXES[WINDOWS[kind]]}
    return Order(WINDOWS[kind], given | ({"person": person} if person else {}))


def _to_whom(state: Assessment, person: str) -> list[dict[str, Any]]:
    others = [
        (f"{member.stakeholder}: {member.works_as}, {member.agency}"[:70], member.stakeholder)
        for member in state.panel.values()
        if member.stakeholder != person
    ]
    from_panel = [choice_box(TO, phrases.ON_PANEL, others)] if others else []
    return [
        *from_panel,
        short_box(NAME, phrases.NEW_NAME),
        short_box(SLACK, phrases.NEW_SLACK, phrases.NEW_SLACK_HINT, most=50),
        short_box(WORK, phrases.NEW_WORK, phrases.NEW_WORK_HINT),
    ]
