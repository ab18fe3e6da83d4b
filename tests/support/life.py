"""Everything that happens to a round in one seed: what people do, the clock, and the machines."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path
from uuid import UUID

from bots.messages.promise import Promise
from ehsg_events.commands import rounds
from ehsg_events.kernel import Refused, Role, Stamp
from ehsg_events.states.round import Round
from ehsg_events.states.streams import assessment_stream, round_stream
from flows.appointments import Appointment, appointments
from support.deeds import BY_HAND, Deed, Doing, by_hand, opening, said
from support.machines import Fate, Killed, Machine, MortalLog, RecordingSender, start
from support.world import ITEMS, world

HAPPENS = {
    "tick": 26, "deliver": 24, "milestone": 8, "answer": 16, "click": 9, "withdraw": 1,
    "repeat": 9, "restart": 2, **BY_HAND,
}  # fmt: skip


class Life:
    """One seed, lived through in a folder."""

    def __init__(self, folder: Path, dice: random.Random) -> None:
        self.folder, self.dice, self.world = folder, dice, world(dice)
        self.now, self.id = self.world.opens, UUID(int=dice.getrandbits(64))
        self.fate = Fate(dice)
        self.sender = RecordingSender(self.fate, lambda: self.now, self._end)
        self.machines = [self._start(), self._start()]
        self.complaints: list[str] = []
        self._owed: list[Doing] = []
        self._done: list[Doing] = []
        self._known: dict[str, Appointment] = {}
        self._numbers = count(len(self.world.panel))

    @property
    def log(self) -> MortalLog:
        """The log, as the first machine has it open."""
        return self.machines[0].log

    def live(self) -> None:
        """From the opening until nothing more is open."""
        for name, deed in opening(self).items():
            self._try(self._doing(name, deed), 0)
        slack = (member.slack for member in self.world.panel)
        self.sender.gone = {one for one in slack if one and self.dice.random() < 0.1}
        self._do("plan" if self.dice.random() < 0.2 else "open")
        self.fate.raging = True
        for _ in range(self.dice.randint(35, 85)):
            self._time_passes()
            self._do(self._any())
            newest = self._newest()
            if newest and newest.closed and self.dice.random() < 0.15:
                break
        self._settle()

    def waiting(self) -> Iterator[Promise]:
        """What the first machine still has to say."""
        for queue in self.machines[0].outbox._promises.waiting.values():
            yield from queue.values()

    def close(self) -> None:
        """Stop both machines."""
        for one in self.machines:
            one.log.close()

    # -- time ----------------------------------------------------------------------------------
    def _time_passes(self) -> None:
        """Minutes, hours, an outage of days, a step to a milestone; or the clock is put back."""
        roll = self.dice.random()
        if roll < 0.06:
            self.now -= timedelta(minutes=self.dice.choice((1, 20, 90)))
            self.fate.tally["clock put back"] += 1
        elif roll < 0.13 and self._known:
            due = self.dice.choice([*self._known.values()]).due
            self.now = max(self.now, due + timedelta(seconds=self.dice.choice((-3600, -2, 0, 2))))
        elif roll < 0.17:
            self.now += timedelta(days=self.dice.randint(1, 4))
            self.fate.tally["outages"] += 1
        elif roll < 0.55:
            self.now += timedelta(minutes=self.dice.randint(0, 20))
        else:
            self.now += timedelta(minutes=self.dice.randint(30, 420))

    def _settle(self) -> None:
        """The storm is over: what is owed is done, the round ends, and all is said that can be."""
        self.fate.raging = False
        for doing in [*self._owed]:
            self._try(doing, 0)
        if self.dice.random() < 0.7:
            self._do("resume")
        for step in range(400):  # whoever works on one morning a week is found there in the end
            newest = self._newest()
            if newest and not newest.closed and step > 4:
                self.now = max(self.now, newest.deadline)
            self.now += timedelta(hours=self.dice.randint(4, 9) if step < 40 else 2)
            self._do("tick", 0)
            self._do("deliver", 0)
            if step > 4 and not [*self.waiting()] and (not newest or newest.closed):
                return

    # -- machines ------------------------------------------------------------------------------
    def _start(self) -> Machine:
        return start(self.folder, self.fate, self.sender)

    def _end(self) -> int:
        return self.machines[0].log.store.last_position()

    def _do(self, name: str, which: int | None = None) -> None:
        """Do something on one machine, while something else may happen on the other."""
        place = self.dice.randrange(2) if which is None else which
        doing = self._drawn(name)
        if self.fate.raging and self.dice.random() < 0.15:
            same = self.dice.random() < 0.4
            other = self._drawn(name if same else self._any())
            self.fate.rival = lambda: self._try(other, 1 - place, "raced")
        self._try(doing, place)
        self.fate.rival = None

    def _try(self, doing: Doing, place: int, how: str = "done") -> None:
        before = self._end()
        try:
            doing.deed(self.machines[place], doing.stamp(self.now))
        except Refused as refusal:
            self.fate.tally[f"{doing.name} refused"] += 1
            if doing.by == "clock":
                self.complaints.append(f"the clock is never refused: {refusal}")
        except Killed:
            self._restart(place)
            self._owed += [doing] if doing.deed is not _stop else []
        else:
            self.fate.tally[f"{doing.name} {how}"] += 1
            self._refuse_to_hear_twice(doing, before)
            self._done.append(doing)

    def _refuse_to_hear_twice(self, doing: Doing, before: int) -> None:
        """A click that was taken is over, even if it changed nothing: again it changes nothing."""
        known = doing.name == "click" and doing.key in {one.key for one in self._done}
        if known and any(one.stamp.key == doing.key for one in self.log.all(before)):
            self.complaints.append(f"what was heard is not heard again: {doing.key}")

    def _restart(self, place: int) -> None:
        self.machines[place].log.close()
        self.machines[place] = self._start()

    # -- what there is to do -------------------------------------------------------------------
    def _any(self) -> str:
        return self.dice.choices([*HAPPENS], [*HAPPENS.values()])[0]

    def _drawn(self, name: str) -> Doing:
        match name:
            case "tick":
                return self._doing(name, self._tick, "clock", "clock")
            case "milestone":
                return self._milestone()
            case "deliver":
                return self._doing(name, lambda machine, _: machine.outbox.deliver())
            case "restart":
                return self._doing(name, _stop)
            case "repeat":
                return self._repeat()
            case "answer" | "click" | "withdraw":
                who, deed = said(self, name)
                return self._doing(name, deed, who, "stakeholder")
        return self._doing(name, by_hand(self, name))

    def _doing(
        self, name: str, deed: Deed, by: str = "coordinator", role: Role = "coordinator"
    ) -> Doing:
        return Doing(name, f"{name}/{self.dice.getrandbits(64):x}", by, role, deed)

    def _tick(self, machine: Machine, stamp: Stamp) -> None:
        for one in appointments(machine.log, self.id):
            self._known[one.key] = one
        run = stamp.model_copy(update={"key": f"tick/{self.number()}"})  # never the same twice
        rounds.advance(machine.log, run, self.id)
        newest = self._newest()
        if newest and not (newest.closed or newest.paused) and newest.deadline <= stamp.at:
            self.complaints.append(f"the first tick after the deadline closes: {stamp.at}")

    def _milestone(self) -> Doing:
        """One that was drawn once; it may be early, late, stale, or here for the second time."""
        if not self._known:
            return self._drawn("tick")
        one = self.dice.choice([*self._known.values()])

        def fire(machine: Machine, stamp: Stamp) -> None:
            if one in appointments(machine.log, self.id):
                rounds.advance(machine.log, stamp, self.id)

        return Doing("milestone", one.key, "clock", "clock", fire)

    def _repeat(self) -> Doing:
        """Something comes again that was done before, or was not acknowledged."""
        if self._owed:
            return self._owed.pop()
        clicks = [one for one in self._done if one.name == "click"]
        known = clicks if clicks and self.dice.random() < 0.5 else self._done[-9:]
        return self.dice.choice(known) if known else self._drawn("tick")

    # -- what stands ---------------------------------------------------------------------------
    def question(self) -> tuple[str, str]:
        """Somebody and something they are asked, most often; else anybody and anything."""
        newest = self._newest()
        invited = newest.invited.items() if newest else ()
        asked = [(person, item) for person, items in invited for item in items]
        if asked and self.dice.random() < 0.9:
            return self.dice.choice(asked)
        return self.anyone(), self.dice.choice(ITEMS)

    def number(self) -> int:
        """A number that was not given before."""
        return next(self._numbers)

    def anyone(self) -> str:
        """Somebody on the panel."""
        state = self.log.read(assessment_stream(self.id))
        assert state is not None, "it is opened first"
        return self.dice.choice([*state.panel])

    def _newest(self) -> Round | None:
        numbers, found = count(1), None
        while one := self.log.states.fold(round_stream(self.id, next(numbers)))[1]:
            found = one
        return found


def _stop(_machine: Machine, _stamp: Stamp) -> None:
    raise Killed
