"""What people are still to be told, looked up by whom it is to be told. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain, count
from operator import itemgetter

from ehsg_events.reminders.still_due import Telling

STAND_IN = "stand-in-of-"  # begins the name of somebody's stand-in on the log


class Tellings:
    """Tellings in the order in which they were added; one person's are found without the others'."""

    def __init__(self) -> None:
        self._of: dict[str, list[tuple[int, Telling]]] = {}
        self._numbers = count()

    def __iter__(self) -> Iterator[Telling]:
        every = sorted(chain.from_iterable(self._of.values()), key=itemgetter(0))
        return (telling for _, telling in every)

    def to(self, person: str) -> list[Telling]:
        """What one person is to be told, in order."""
        return [telling for _, telling in self._of.get(person, ())]

    def said_by(self, cause: str, to: str) -> list[Telling]:
        """What a message tells whom it is addressed to.

        Args:
            cause: the key of the decision that promised the message.
            to: a pseudonym; a stand-in's is made of that of whom they stand in for.
        """
        mine = self.to(to)
        if to.startswith(STAND_IN):
            mine += self.to(to.removeprefix(STAND_IN))
        return [telling for telling in mine if telling.cause == cause and _is_said_to(telling, to)]

    def add(self, telling: Telling) -> None:
        """Add one, after all the others."""
        self._of.setdefault(telling.person, []).append((next(self._numbers), telling))

    def remove(self, tellings: Collection[Telling]) -> None:
        """Remove some; those that are not there are no mistake."""
        if not tellings:
            return
        for person in {telling.person for telling in tellings} & self._of.keys():
            self._of[person] = [kept for kept in self._of[person] if kept[1] not in tellings]

    def drop(self, subjects: Collection[str], person: str | None = None) -> None:
        """Remove some subjects, of one person or of everybody."""
        for whose in self._of if person is None else (person,):
            if mine := [telling for telling in self.to(whose) if telling.of in subjects]:
                self.remove(mine)

    def try_again(self, person: str) -> None:
        """Let nothing that one person is to be told count as failed."""
        mine = self._of.get(person, [])
        self._of[person] = [(n, telling._replace(failed=False)) for n, telling in mine]


def _is_said_to(telling: Telling, to: str) -> bool:
    """Whether a message to somebody may tell this."""
    if telling.of in ("link", "silence"):
        return False
    return to == (f"{STAND_IN}{telling.person}" if telling.of == "stand-in" else telling.person)
