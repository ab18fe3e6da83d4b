"""Rounds on a simulated clock keep every promise, and a fault that is planted is found.

A seed that fails is lived again with `python -m pytest tests/long/rounds.py -k '[N]'`.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from support.machines import MortalLog
from support.simulation import Broken, lived, memory

from bots.delivery import recipients
from bots.delivery.claims import Claims
from bots.delivery.outbox import Outbox
from bots.delivery.sending import Sending
from bots.delivery.withheld import Withheld
from bots.interview.talk import Prompt
from ehsg_events import due
from ehsg_events.dates import worktime
from ehsg_events.events import StakeholderReminded
from ehsg_events.log.log import Log
from ehsg_events.log.sqlite_store import SQLiteStore
from ehsg_events.reminders import reminders
from ehsg_events.states.streams import message_stream

pytestmark = pytest.mark.timeout(400)  # on a machine that is at work elsewhere

__all__ = ["memory"]
SEEDS, EACH = 10, 5
ENOUGH = 150  # seeds in which a planted fault must show
Plant = Callable[[pytest.MonkeyPatch], None]


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, SEEDS, EACH))
def test_a_round_keeps_its_promises_whatever_happens(memory: Path, first: int) -> None:
    """Clocks that step, machines that stop, connections that break, people who come and go."""
    for seed in range(first, first + EACH):
        lived(memory, seed)


def test_a_seed_is_the_same_every_time(memory: Path) -> None:
    """What happened, counted, does not depend on the day or the machine."""
    assert lived(memory, 5) == lived(memory, 5)


# -- planted ---------------------------------------------------------------------------------------
def says_without_looking_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The outbox says a reminder that it would have withheld."""
    look = recipients.tell

    def blind(*asked: Any) -> Prompt | Withheld:
        said = look(*asked)
        kept_back = isinstance(said, Withheld) and asked[2].kind == "reminder"
        return Prompt("reminder", "Please answer.") if kept_back else said

    defaults = Outbox.__init__.__kwdefaults__
    assert defaults is not None
    monkeypatch.setitem(defaults, "compose", blind)


def does_not_look_whether_it_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is in doubt is said again."""
    speak = Sending._attempt
    monkeypatch.setattr(Sending, "_attempt", lambda self, said, **_: speak(self, said, look=False))


def claims_what_another_has_claimed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A claim has no name of its own, and pins nothing."""
    number, stamp = count(), Claims._stamp

    def anyhow(_claims: Claims, tx: Any, promise: Any, _version: int, fact: Any) -> None:
        tx.decide(message_stream(promise.assessment, promise.name), fact)

    monkeypatch.setattr(Claims, "_is_at", lambda *_: True)
    monkeypatch.setattr(Claims, "_decide", anyhow)
    monkeypatch.setattr(
        Claims,
        "_stamp",
        lambda self, *asked: stamp(self, *asked).model_copy(update={"key": f"any {next(number)}"}),
    )


def works_at_night(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody's hours are kept."""
    monkeypatch.setattr(worktime, "may_chase", lambda *_: True)


def reminds_of_everything_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reminders that are overtaken go out all the same."""

    def remind(state: Any, over: Any, now: Any, _given: Any) -> tuple[StakeholderReminded, ...]:
        return tuple(
            StakeholderReminded(reminded=person, milestone=kind)
            for person, kinds in reminders.waits(state, now).items()
            for kind in kinds
            if worktime.may_chase(state.policy, state.worktime(person), now)
            and not any(reminders.nothing_wanted(state, over, person).values())
        )

    monkeypatch.setattr(due, "remind", remind)


def forgets_what_was_too_late(monkeypatch: pytest.MonkeyPatch) -> None:
    """At the deadline nothing is said of the reminders that found no moment."""
    monkeypatch.setattr(due, "missed", lambda *_: ())


def forgets_which_causes_were_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    """The key of a cause is not written beside its facts."""
    write = SQLiteStore._write_one

    def keyless(self: SQLiteStore, cursor: Any, save: Any) -> None:
        save.key = None
        write(self, cursor, save)

    monkeypatch.setattr(SQLiteStore, "_write_one", keyless)


def forgets_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A click that changed nothing is not over."""
    record = Log.record
    monkeypatch.setattr(Log, "record", lambda self, stamp, decide, **_: record(self, stamp, decide))


def writes_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first fact of a decision is committed before the rest."""
    save = Log.save

    def pieces(self: MortalLog, *objs: Any, **kwargs: Any) -> Any:
        if len(objs) < 2:
            return save(self, *objs, **kwargs)
        first = save(self, objs[0], **kwargs)
        self._fate.strikes("between two pieces")
        return first + save(self, *objs[1:], key=None, sealed=(), unmoved={})

    monkeypatch.setattr(Log, "save", pieces)


FAULTS: dict[Plant, str] = {
    says_without_looking_again: "nobody is chased once",
    does_not_look_whether_it_stands: "every message is said once",
    claims_what_another_has_claimed: "every message is said once",
    works_at_night: "nobody is chased outside their own hours",
    reminds_of_everything_missed: "of several overdue reminders one is given",
    forgets_what_was_too_late: "every planned nudge was given, or withheld with a rule",
    forgets_which_causes_were_heard: "a transaction is written as a whole or not at all",
    forgets_once: "what was heard is not heard again",
    writes_in_pieces: "a transaction is written as a whole or not at all",
}

FIRST: dict[Plant, int] = {  # the first seed that shows it, where it is not the first of all
    says_without_looking_again: 3, does_not_look_whether_it_stands: 2, works_at_night: 1,
    claims_what_another_has_claimed: 1, reminds_of_everything_missed: 1, writes_in_pieces: 1,
    forgets_which_causes_were_heard: 1, forgets_once: 75,
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("plant", FAULTS, ids=lambda plant: plant.__name__)
def test_a_planted_fault_is_found(
    memory: Path, monkeypatch: pytest.MonkeyPatch, plant: Plant
) -> None:
    """Some seed breaks the promise, and says which seed and which promise."""
    plant(monkeypatch)
    said = (broken(memory, seed) for seed in range(FIRST.get(plant, 0), ENOUGH))
    first = next((one for one in said if FAULTS[plant] in one), "")
    assert first.startswith("seed ")


def broken(memory: Path, seed: int) -> str:
    """What a seed says of the promise it broke, nothing if it broke none."""
    try:
        lived(memory, seed)
    except Broken as promise:
        return str(promise)
    return ""
