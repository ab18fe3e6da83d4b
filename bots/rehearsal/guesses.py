"""How the real panel might behave in the coming round: who answers when, and what.

Everything follows from the seed and the pseudonym, so that a rehearsal can be repeated.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from bots.interview.said import Said
from bots.interview.talk import Talk
from ehsg_events.dates import calendar
from ehsg_events.interview.questions import WHICH_FIRST
from ehsg_events.states.interview import SCORE
from ehsg_events.states.round import Round
from guides.model import Guide

Temper = Literal["prompt", "when reminded", "silent"]
DONT_KNOW = 0.06
AFTER_A_REMINDER = timedelta(hours=2)


@dataclass(frozen=True)
class Guess:
    """How a panel is guessed to behave.

    Args:
        seed: determines everything that is left to chance.
        silent: the share of people who never answer.
    """

    seed: int
    silent: float

    def temper(self, person: str) -> Temper:
        """What a person is like: of those who answer, half wait for a reminder."""
        drawn = self._dice(person).random()
        if drawn < self.silent:
            return "silent"
        return "prompt" if drawn < (1 + self.silent) / 2 else "when reminded"

    def acts_at(self, person: str, round: Round) -> datetime | None:
        """When a person would answer in a round; none if they would not, as things stand."""
        match self.temper(person):
            case "prompt":
                return self._soon(person, round)
            case "when reminded" if person in round.last_reminded:
                return round.last_reminded[person] + AFTER_A_REMINDER
        return None

    def _soon(self, person: str, round: Round) -> datetime:
        """One to four working days after the opening, some time in their hours."""
        dice = self._dice(f"{person}/{round.number}")
        worktime = round.worktime(person)
        day = calendar.local_day(round.opened, worktime.zone)
        day = calendar.working_days(day, dice.randint(1, 4))
        return calendar.moment(day, worktime.hours.start, worktime.zone) + timedelta(
            minutes=dice.randint(0, 300)
        )

    def says(self, person: str, talk: Talk) -> Said | None:
        """What a person does next in a talk, none once they are done."""
        state, ask = talk.interview, talk.ask
        if state.withdrawn or talk.sitting.closed:
            return None
        if not state.started:
            return Said("choice", "start")
        if ask is None:
            return None
        if ask == WHICH_FIRST or ask.field != SCORE:
            return Said("choice", f"next:{ask.item}:{ask.field}")
        return Said(
            "choice", f"answer:{ask.item}:{self.score(person, talk.sitting.guide, ask.item)}"
        )

    def score(self, person: str, guide: Guide, item: str) -> str:
        """A level near a middle that is drawn for the item; always the same for the same person."""
        dice = self._dice(f"{person}/{item}")
        if item not in guide.descriptors or dice.random() < DONT_KNOW:
            return "dont-know"
        levels = guide.scale_of(item).levels
        middle = self._dice(item).randrange(len(levels))
        index = (dice.choice((-1, 0, 0, 0, 1)) + middle) % len(levels)
        return levels[index].value

    def _dice(self, key: str) -> random.Random:
        return random.Random(f"{self.seed}/{key}")  # noqa: S311 - not a secret
