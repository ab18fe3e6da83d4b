"""The ledger kept while a folder is served: it follows the log, and is signed as often as is promised.

Each witness is asked by a thread of its own, so one that hangs holds up neither the signing nor others.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, nullcontext
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from ehsg_events.kernel import Refused
from ehsg_events.ledger.ledger_file import LedgerFile
from ehsg_events.ledger.others.cosignatures import NOBODY, Witness, Witnesses, cosigned_at
from ehsg_events.ledger.others.trusted_time import ask_for_newest
from ehsg_events.ledger.others.witnesses import NotCosigned, ask
from ehsg_events.ledger.sequencer import Altered, Sequencer, ledger_file, sequencer
from ehsg_events.log.log import Log
from ehsg_events.machine.background import BackgroundThread
from ehsg_events.machine.reports import Reports

WAIT = 1.0  # seconds between two looks at whether it is over
GATHER = (
    0.25  # seconds in which what comes together is added together: whoever writes feels less of it
)
PAUSE = 0.005  # seconds for others after each batch of a long log
NOT_KEPT = "The ledger is not kept just now. What is recorded is not lost: it is added as soon as that goes."
KEY = "What is recorded is signed with the ledger's key {key}"
NOT_TIMED = "No service says just now what time it is."
NOT_ASKED = "The witness {name} is not asked just now."
reports = Reports(logging.getLogger("ehsg.ledger"))


Told = Callable[[], int | None]  # how many facts may be told of now; none where that is all


def _all() -> None:
    """Everything may be told of."""


@contextmanager
def beside(
    log: Log,
    witnesses: Witnesses = NOBODY,
    told: Told = _all,
    clock: str | None = None,
    say: Callable[[str], object] = lambda _: None,
) -> Iterator[None]:
    """Keep the ledger of a log until the block ends; at its end all that is known is signed.

    Args:
        witnesses: who is asked to cosign its checkpoints.
        told: what they may learn: how long the log has grown would tell a score from a "don't know".
        clock: the address of a service that says what time it was when a round closed.
        say: receives a line with the ledger's key.
    """
    over = threading.Event()
    failed = partial(_failed, log)

    def keep() -> None:
        with sequencer(log, _now()) as at_work:
            say(KEY.format(key=at_work.terms.keys[-1]))
            while not over.is_set():
                _keep(at_work)
                log.store.wait(at_work.file.size(), WAIT)
                over.wait(GATHER)
            at_work.catch_up()
            at_work.sign(_now())

    with (
        _witnessed(log, witnesses, told),
        _timed(log, clock) if clock else nullcontext(),
        BackgroundThread("ledger", keep, over, failed),
    ):
        yield


@contextmanager
def _witnessed(log: Log, witnesses: Witnesses, told: Told) -> Iterator[None]:
    """Ask each witness until the block ends, and once more then: the last checkpoint is signed by now."""
    over, place = threading.Event(), ledger_file(log.folder)
    with ExitStack() as asking:
        for one in witnesses.each:
            failed = partial(_not_asked, log, one)
            act = partial(_keep_asking, place, one, told, over)
            asking.enter_context(BackgroundThread(f"witness {one.key.name}", act, over, failed))
        yield
        over.set()  # all at once, so that those that hang are waited for together


@contextmanager
def _timed(log: Log, url: str) -> Iterator[None]:
    """Have a service of trusted time tell of each close until the block ends, and once more then."""
    over, place = threading.Event(), ledger_file(log.folder)

    def look() -> None:
        if place.exists():
            with closing(LedgerFile(place)) as file:
                ask_for_newest(url, log, file)

    def keep() -> None:
        while not over.wait(WAIT):
            look()
        look()

    with BackgroundThread("trusted time", keep, over, partial(_not_timed, log)):
        yield


def _keep_asking(place: Path, witness: Witness, told: Told, over: threading.Event) -> None:
    while not over.wait(WAIT):
        _ask(place, witness, told)
    _ask(place, witness, told)


def _ask(place: Path, witness: Witness, told: Told) -> None:
    """Ask for the newest checkpoint that may be told, in whichever file it is by now."""
    if not place.exists():
        return
    with closing(LedgerFile(place, read_only=True)) as file:
        newest = file.newest()
        upto = told()  # after it was read: a round that it covers the opening of is seen
        newest = newest if upto is None else file.newest(upto)
    if newest is not None and cosigned_at(newest.note, witness.key) is None:
        with closing(LedgerFile(place)) as file:
            ask(file, newest, witness, _now())


def _keep(at_work: Sequencer) -> None:
    urgent = at_work.catch_up(PAUSE)
    if urgent or at_work.is_due(_now()):
        at_work.sign(_now())


def _failed(log: Log, failure: Exception) -> None:
    if isinstance(failure, Altered):
        reports.say(str(failure), logging.ERROR)
    else:
        reports.failed(NOT_KEPT, failure, log.folder)


def _not_asked(log: Log, witness: Witness, failure: Exception) -> None:
    if isinstance(failure, NotCosigned):
        reports.say(str(failure), logging.WARNING)
    else:
        reports.failed(NOT_ASKED.format(name=witness.key.name), failure, log.folder)


def _not_timed(log: Log, failure: Exception) -> None:
    if isinstance(failure, Refused):
        reports.say(str(failure), logging.WARNING)
    else:
        reports.failed(NOT_TIMED, failure, log.folder)


def _now() -> datetime:
    return datetime.now(UTC)
