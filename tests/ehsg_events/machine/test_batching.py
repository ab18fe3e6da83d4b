"""Work that waits is done by one thread for all, and no thread is left asleep, whatever ends one."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event, get_ident

import pytest
from support.places import TESTS

from ehsg_events.machine.batching import Batching


class Gated:
    """Does nothing but remember, and each batch waits until it is let go on."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.leaders: list[int] = []
        self.begun: list[Event] = [Event() for _ in range(9)]
        self.gates: list[Event] = [Event() for _ in range(9)]
        self.fails: dict[int, BaseException] = {}
        self.batching = Batching[str](self.do)
        self.pool = ThreadPoolExecutor(9)

    def do(self, batch: Sequence[str]) -> None:
        """Remember a batch, and wait at its gate."""
        number = len(self.batches)
        self.batches.append(list(batch))
        self.leaders.append(get_ident())
        self.begun[number].set()
        self.gates[number].wait()
        if number in self.fails:
            raise self.fails[number]

    def comes(self, name: str) -> Future[int]:
        """Somebody comes who wants a thing done, and waits; their thread, once that is done."""

        def want() -> int:
            self.batching.done(name)
            return get_ident()

        alone, before = not self.batches, self.batching.waiting
        coming = self.pool.submit(want)
        while not self.batches if alone else self.batching.waiting == before:
            time.sleep(0.001)
        return coming

    def three(self) -> tuple[Future[int], Future[int], Future[int]]:
        """Three came; the first is done, and the batch of the others has begun."""
        first, second, third = (self.comes(name) for name in "abc")
        self.goes_on(0)
        first.result()
        self.begun[1].wait()
        return first, second, third

    def goes_on(self, number: int) -> None:
        """Let a batch go on once it has begun."""
        self.begun[number].wait()
        self.gates[number].set()


@pytest.fixture
def gated() -> Iterator[Gated]:
    """Batches that wait to be let go on."""
    made = Gated()
    with made.pool:
        yield made
        for gate in made.gates:
            gate.set()


def test_all_that_came_meanwhile_are_the_next_batch(gated: Gated) -> None:
    """In their order, and the first of them leads."""
    first, *others = [gated.comes(name) for name in "abcd"]
    gated.goes_on(0)
    gated.goes_on(1)
    threads = [one.result() for one in (first, *others)]
    assert gated.batches == [["a"], ["b", "c", "d"]]
    assert gated.leaders == threads[:2]
    assert gated.batching.waiting == 0


def test_whoever_is_done_waits_for_no_other_batch(gated: Gated) -> None:
    """They go their way while the next batch is still at its gate, those who led and those who did not."""
    _, second, third = gated.three()
    fourth = gated.comes("d")
    gated.goes_on(1)
    gated.begun[2].wait()
    assert second.result()
    assert third.result()
    assert not fourth.done()
    assert gated.batches == [["a"], ["b", "c"], ["d"]]


def test_nobody_is_done_before_their_batch_is_over(gated: Gated) -> None:
    """A thing that is taken is not yet done."""
    _, second, third = gated.three()
    assert not second.done()
    assert not third.done()


@pytest.mark.parametrize("death", [ValueError(), KeyboardInterrupt(), SystemExit()])
def test_a_leader_that_is_ended_hands_over(gated: Gated, death: BaseException) -> None:
    """It hears of it alone; those it worked for go their way, and whoever came meanwhile leads."""
    gated.fails[1] = death
    _, second, third = gated.three()
    fourth = gated.comes("d")
    gated.goes_on(1)
    gated.goes_on(2)
    with pytest.raises(type(death)):
        second.result()
    assert third.result()
    assert fourth.result()
    assert gated.batches == [["a"], ["b", "c"], ["d"]]


INTERRUPTED = """
import collections, itertools, os, signal, sys, threading, time
from ehsg_events.machine.batching import Batching

sys.setswitchinterval(1e-5)
done, many, stopped, inside, over = [], collections.Counter(), 0, False, threading.Event()

def do(batch):
    time.sleep(0)
    done.extend(batch)

batching = Batching(do)

def interrupt(*_):
    global inside
    if inside:
        inside = False
        raise KeyboardInterrupt

def works(name):
    for number in itertools.count():
        if over.is_set():
            return
        batching.done((name, number))
        many[name] += 1

def disturbs():
    while not over.is_set():
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.0001)

signal.signal(signal.SIGINT, interrupt)
threads = [threading.Thread(target=works, args=(name,)) for name in "abc"]
threads.append(threading.Thread(target=disturbs))
for thread in threads:
    thread.start()
for number in itertools.count():
    try:
        inside = True
        batching.done(("main", number))
        inside = False
        many["main"] += 1
    except KeyboardInterrupt:
        stopped += 1
    if stopped == 4000:
        break
over.set()
for thread in threads:
    thread.join()
assert not batching.waiting
assert len(set(done)) == len(done)
assert all(many[name] for name in "abc")
"""


def test_ctrl_c_at_any_moment_leaves_nobody_asleep() -> None:
    """Real signals, in whatever line they come: all others go on, and nothing is done twice."""
    program = [sys.executable, "-c", INTERRUPTED]
    ran = subprocess.run(
        program, cwd=TESTS, capture_output=True, text=True, timeout=60, check=False
    )
    assert ran.returncode == 0, ran.stderr
