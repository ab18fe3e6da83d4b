"""What a coordinator decides in Slack, typed or in a window, and carried out as everywhere."""

from __future__ import annotations

import re
from typing import Any, Literal, NamedTuple
from uuid import UUID

from bots.operations.form import filled
from bots.operations.operation import Doing
from bots.operations.registry import OPERATIONS
from ehsg_events.kernel import Stamp
from ehsg_events.log.log import Log
from ehsg_events.values.address import WRITABLE

Kind = Literal[
    "progress",
    "nudge",
    "extend",
    "pause",
    "resume",
    "close",
    "sure?",
    "term",
    "agree",
    "decline",
    "help",
]
FORMS: dict[Kind, re.Pattern[str]] = {
    "progress": re.compile(r"(?:progress|status)?", re.I),
    "nudge": re.compile(r"(?:nudge|remind)(?:\s++(?P<agency>.+))?", re.I),
    "extend": re.compile(
        r"extend\s+(?P<deadline>\S+(?:\s\d?\d:\d\d)?)(?:\s+because\b:?)?(?P<because>.*)",
        re.I | re.S,
    ),
    "pause": re.compile(r"pause\b(?:\s+because\b:?)?(?P<because>.*)", re.I | re.S),
    "resume": re.compile(r"resume|go on", re.I),
    "close": re.compile(r"close\s+yes", re.I),
    "sure?": re.compile(r"close", re.I),
    "term": re.compile(
        r"term\s++(?P<term>\S++(?:\s++(?!means\b)\S++)*+)\s++means\b:?(?P<means>.*)", re.I | re.S
    ),
    "help": re.compile(r"help|\?", re.I),
}
OFFERED: dict[Kind, str] = {  # what can be decided here, and the operation that does it
    "nudge": "nudge",
    "extend": "round extend",
    "pause": "round pause",
    "resume": "round resume",
    "close": "round close",
    "term": "local term",
    "agree": "hand-on agree",
    "decline": "hand-on decline",
}


class Order(NamedTuple):
    """One thing a coordinator wants done, with what was filled in for it."""

    kind: Kind
    given: dict[str, Any]


def read_order(text: str) -> Order | None:
    """What was typed after `/ehsg`, none when it is no command."""
    for kind, form in FORMS.items():
        match = form.fullmatch(text.strip())
        if match is not None:
            given = {name: (value or "").strip() for name, value in match.groupdict().items()}
            return Order(kind, given)
    return None


def carry_out(log: Log, stamp: Stamp, assessment: UUID, order: Order) -> str:
    """Do it, and say what was done.

    Raises:
        Refused: a rule said no.
    """
    operation = OPERATIONS[OFFERED[order.kind]]
    doing = Doing(log.folder, lambda: log, stamp, assessment, writable=WRITABLE)
    done = operation.do(doing, filled(operation.form, order.given, doing.safeguarding))
    separator = "\n" if order.kind == "nudge" else " "
    return separator.join([done.says, *done.notes])
