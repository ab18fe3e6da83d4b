"""Focus: a child that died is starting_server anew, until whoever keeps it lets it go."""

from __future__ import annotations

import errno
import subprocess
import sys

import pytest
from support.places import ROOT
from support.processes import alive, kill, within

from ehsg_events.kernel import Refused
from flows.child_process import NOTE, SERVED, Supervised


def waits() -> subprocess.Popen[str]:
    """A child that ends when its parent lets go."""
    return subprocess.Popen(
        [sys.executable, "-c", "import sys; sys.stdin.read()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def refuses() -> subprocess.Popen[str]:
    """A child that never comes to be."""
    raise Refused("It did not start.")


def test_a_child_that_was_killed_is_begun_anew() -> None:
    """Nobody has to do anything; let go, it ends for good."""
    kept = Supervised(waits)
    first = kept.child.pid
    kept.watch()
    kill([first])
    assert within(20, lambda: kept.child.pid != first and kept.child.poll() is None)
    kept.end()
    assert alive([first, kept.child.pid]) == []


def test_a_child_whose_parent_was_killed_writes_no_traceback() -> None:
    """Whom it would have told it is ready is gone; nobody else reads it."""
    program = "import sys; sys.stdin.read(); from flows.child_process import tell; tell('ready')"
    command = [sys.executable, "-c", program]
    pipe = subprocess.PIPE
    child = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, cwd=ROOT)
    assert child.stdin
    assert child.stdout
    assert child.stderr
    child.stdout.close()
    child.stdin.close()
    assert (child.stderr.read(), child.wait(60)) == ("", 0)
    child.stderr.close()


def test_a_child_is_begun_anew_although_the_machine_let_none_start_for_a_moment() -> None:
    """The thread that watches over it is begun again, too."""
    tries: list[int] = []

    def begins() -> subprocess.Popen[str]:
        tries.append(1)
        if len(tries) == 2:
            raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")
        return waits()

    kept = Supervised(begins)
    first = kept.child.pid
    kept.watch()
    kill([first])
    assert within(20, lambda: kept.child.pid != first and kept.child.poll() is None)
    kept.end()
    assert len(tries) == 3


def test_notes_of_a_child_and_of_its_children_are_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a flow has to say reaches whoever runs the server; where nobody listens it is not said."""
    program = "import sys; from flows.child_process import note; note('Full.'); sys.stdin.read()"
    monkeypatch.setenv(SERVED, "1")
    heard: list[str] = []
    kept = Supervised(
        lambda: subprocess.Popen(
            [sys.executable, "-c", program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        ),
        heard.append,
    )
    kept.watch()
    assert within(20, lambda: heard == [f"{NOTE}Full."])
    kept.end()


def test_what_does_not_start_at_all_is_refused() -> None:
    """A mistake in the settings is said at once, and not tried again for ever."""
    with pytest.raises(Refused, match="did not start"):
        Supervised(refuses)
