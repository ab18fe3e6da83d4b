"""A thread that failed is begun again, the same way everywhere."""

from __future__ import annotations

import re
import threading

import pytest
from support.places import ROOT
from support.processes import within

from ehsg_events.machine.background import BackgroundThread

ITS_PLACE = "ehsg_events/machine/background.py"
NOTHING_TO_BEGIN_AGAIN = {  # threads whose one call cannot fail, or whose process ends with them
    "bots/http/listening.py",
    "bots/rehearsal/__main__.py",
    "bots/web/desk/rehearsal/running.py",
    "flows/child_process.py",
    "bots/slack/loopback/workspace.py",
}
PACKAGES = ("bots", "flows", "projections", "ehsg_events")


def test_it_is_begun_again_until_it_is_done() -> None:
    """Every failure is told."""
    tries: list[int] = []
    told: list[Exception] = []

    def act() -> None:
        tries.append(1)
        if len(tries) < 4:
            raise OSError("not now")

    thread = BackgroundThread("tried", act, threading.Event(), told.append, first=0.001)
    thread.start()
    thread.join()
    assert (len(tries), len(told)) == (4, 3)


def test_told_to_stop_it_is_not_begun_again() -> None:
    """Even while it waits after a failure."""
    stop, told = threading.Event(), list[Exception]()

    def act() -> None:
        raise OSError("not now")

    thread = BackgroundThread("stopped", act, stop, told.append, first=3600)
    thread.start()
    assert within(10, lambda: bool(told))
    stop.set()
    assert within(10, lambda: not thread.is_alive())
    assert len(told) == 1


def test_as_a_context_it_works_beside_the_block_and_ends_with_it() -> None:
    """However the block ends."""
    stop, began = threading.Event(), threading.Event()

    def act() -> None:
        began.set()
        stop.wait()

    thread = BackgroundThread("beside", act, stop, lambda _: None)

    def work_beside() -> None:
        with thread:
            assert began.wait(10)
            assert thread.is_alive()
            raise LookupError

    with pytest.raises(LookupError):
        work_beside()
    assert not thread.is_alive()


def test_nobody_begins_a_thread_in_another_way() -> None:
    """Or it would end for good at its first failure."""
    files = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    own = {
        str(path.relative_to(ROOT))
        for path in files
        if re.search(
            r"\bThread\(", path.read_text(encoding="utf-8").replace("BackgroundThread(", "")
        )
    }
    assert own == {ITS_PLACE} | NOTHING_TO_BEGIN_AGAIN
