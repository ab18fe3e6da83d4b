"""The coordinator says that she has sent letters herself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from bots.interview.record import talk_of
from bots.operations.form import Asked, Form, Upload
from bots.operations.letters.table import Sent as SentLetter
from bots.operations.letters.table import read_back
from bots.operations.operation import Doing, Done, Operation
from ehsg_events.commands import telling
from ehsg_events.dates import calendar


class Sent(Form):
    """The table that was written with the letters."""

    file: Annotated[
        Upload, Asked("The table beside the letters.", example="letters.csv", first=True)
    ]


def do(doing: Doing, form: Sent) -> Done:
    """Record all of them at once; what was told before, or means nothing now, is left out.

    Whoever was told a deadline that has moved since is still to be told the new one.
    """
    sent = read_back(form.file, doing.log.assessment(doing.assessment))
    rows = [one.told for one in sent if _holds(doing, one)]
    told = telling.all_told(doing.log, doing.stamp, doing.assessment, rows, doing.writable)
    left, moved = len({row[:2] for row in rows}) - len(told), len(sent) - len(rows)
    document = {
        "told": [{"person": fact.spoken_to, "of": fact.of, "by": fact.means} for fact in told],
        "waited_no_more": left,
        "deadline_moved": moved,
    }
    return Done(" ".join(_says(len(told), left, moved)), document)


def _holds(doing: Doing, sent: SentLetter) -> bool:
    """Whether the deadline that a letter named, if any, still is the one that counts."""
    if not sent.deadline:
        return True
    round = doing.log.newest_round(doing.assessment)
    theirs = talk_of(doing.log, doing.assessment, sent.told.person, doing.stamp.at)[1]
    now = (theirs.sitting.deadline, calendar.say(round.deadline, round.policy.zone))
    return sent.deadline in now


def _says(told: int, left: int, moved: int) -> Iterator[str]:
    yield f"Recorded as sent by you: {told} letter{'' if told == 1 else 's'}."
    if left:
        yield f"{left} waited no more: told before, or of no use now."
    if moved:
        yield f"{moved} named a deadline that has moved since: write them anew, and send those."


OPERATION = Operation(
    "letters sent",
    "Record that you sent letters yourself: what they tell waits no more.",
    Sent,
    do,
)
