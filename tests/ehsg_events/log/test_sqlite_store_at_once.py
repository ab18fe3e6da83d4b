"""Many writers on one log, in threads and processes, and the followers they wake."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from support.log.store import HERE, child, note, rows

from ehsg_events.log.log import Log
from ehsg_events.log.store import Twice
from ehsg_events.states.streams import interview_stream


# -- many at once ------------------------------------------------------------------------------
def test_sixteen_threads_lose_nothing(log: Log) -> None:
    """They share transactions; each gets the positions of its own facts."""
    start = Barrier(16)

    def write(number: int) -> list[tuple[int, int, int]]:
        stream = interview_stream(HERE, 1, f"p-{number}")
        start.wait()
        found = []
        for version in range(1, 21):
            (saved,) = log.save(note(version, stream), key=f"{number}-{version}")
            found.append((saved.notification.id, number, version))
        return found

    with ThreadPoolExecutor(16) as pool:
        told = [one for many in pool.map(write, range(16)) for one in many]
    held = [(r.position, int((r.stream.stakeholder or "")[2:]), r.version) for r in log.all()]
    assert sorted(told) == held
    assert len(held) == 320


def test_of_many_threads_with_one_key_one_is_recorded(log: Log) -> None:
    """A double click, a retry, a redelivery: all at the same moment."""
    start = Barrier(8)

    def press(number: int) -> bool:
        start.wait()
        try:
            log.save(note(1, interview_stream(HERE, 1, f"p-{number}")), key="click")
        except Twice:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(press, range(8))) == 1
    assert rows(log, "stored_events") == 1


PRESSES = """
import sys
from pathlib import Path
from support.log.store import note
from ehsg_events.log.log import Log
log = Log(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
won = 0
for n in range(1, 31):
    try:
        log.save(note(n), key=f"click-{n}")
        won += 1
    except Exception as lost:
        assert "already recorded" in str(lost) or "UNIQUE" in str(lost), lost
print(won)
"""


def test_of_two_processes_with_one_key_one_records(log: Log) -> None:
    """Thirty clicks seen by both: thirty facts."""
    both = [child(log, PRESSES) for _ in range(2)]
    for process in both:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    won = [int(process.communicate()[0]) for process in both]
    assert sum(won) == rows(log, "stored_events") == 30


# -- followers ---------------------------------------------------------------------------------
def test_a_follower_is_woken_by_a_save_beside_it(log: Log) -> None:
    """And one that is behind does not wait at all."""
    with ThreadPoolExecutor(1) as pool:
        woken = pool.submit(log.store.wait, 0, 30)
        log.save(note(1), key="k1")
        assert woken.result(timeout=10)
    assert log.store.wait(0, 0)


def test_a_follower_of_a_quiet_log_gives_up(log: Log) -> None:
    """After the time it was given."""
    assert not log.store.wait(0, 0.02)


FOLLOWS = """
import sys
from pathlib import Path
from ehsg_events.log.log import Log
log = Log(Path(sys.argv[1]))
print("ready", flush=True)
assert log.store.wait(0, 30)
print([r.position for r in log.all()])
"""


def test_a_follower_in_another_process_is_woken(log: Log) -> None:
    """By nothing but the file."""
    follower = child(log, FOLLOWS)
    log.save(note(1), key="k1")
    assert follower.communicate(timeout=20)[0] == "[1]\n"
