"""What several threads want at the same moment is done by one of them for all, and by the next for the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Lock
from typing import Generic, TypeVar

W = TypeVar("W")


class _Turn(Generic[W]):
    """A thread's place in the queue: what it wants, and the lock that it sleeps on."""

    def __init__(self, work: W) -> None:
        self.work = work
        self.over = False
        self.taken: list[_Turn[W]] = []  # for whom it works, once it leads
        self.asleep = Lock()
        self.asleep.acquire()

    def ends(self) -> None:
        """Wake its thread, which has nothing left to do."""
        self.over = True
        self.asleep.release()


class Batching(Generic[W]):
    """Does work in batches, one at a time: the thread that leads does whatever waits.

    Whoever comes meanwhile waits. When the batch is done all of it go their way, without a lock they
    would have to wait for, and the first who came meanwhile leads.

    No thread is left asleep, whatever ends the one that leads: what it did not come to do has been
    taken all the same, so the work itself must say whether it was done.

    Args:
        do: does a batch, in the order in which it came.
    """

    def __init__(self, do: Callable[[Sequence[W]], object]) -> None:
        self._do = do
        self._guard = Lock()  # held for a few instructions, never while anything is done
        self._waiting: list[_Turn[W]] = []
        self._leader: _Turn[W] | None = None

    @property
    def waiting(self) -> int:
        """How many wait for the next batch."""
        return len(self._waiting)

    def done(self, work: W) -> None:
        """Return once the work was taken and its batch is over."""
        turn = _Turn(work)
        try:
            if not self._leads_at_once(turn):
                turn.asleep.acquire()
            if self._leader is turn:
                self._lead(turn)
        finally:
            if not turn.over:
                self._leave_surely(turn)

    def _leads_at_once(self, turn: _Turn[W]) -> bool:
        with self._guard:
            self._waiting.append(turn)
            if self._leader is None:
                self._leader = turn
            return self._leader is turn

    def _lead(self, turn: _Turn[W]) -> None:
        with self._guard:
            turn.taken, self._waiting = self._waiting, []
        self._do([one.work for one in turn.taken])

    def _leave_surely(self, turn: _Turn[W]) -> None:
        """Leave; a Ctrl-C that comes just here would leave everybody asleep, so then once more."""
        try:
            self._leave(turn)
        except BaseException:
            self._leave(turn)
            raise

    def _leave(self, turn: _Turn[W]) -> None:
        """Hand over and wake whom it worked for, as far as that is still to be done."""
        with self._guard:
            if turn in self._waiting:  # it was interrupted: nobody has taken its work, or will
                self._waiting.remove(turn)
            if self._leader is turn:
                self._leader = self._waiting[0] if self._waiting else None
                if self._leader is not None:
                    self._leader.asleep.release()
        for one in turn.taken:
            if not one.over:
                one.ends()
