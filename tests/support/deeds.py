"""What people do in one seed: those who are asked, and their coordinator; drawn, then done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple, get_args

from bots.interview import record
from bots.interview.said import Said
from ehsg_events.commands import assessments, hand_over, nudge, planning, rounds, telling
from ehsg_events.commands import panel as joining
from ehsg_events.commands import people as coordinators
from ehsg_events.events import Means
from ehsg_events.kernel import Role, Stamp
from support.machines import Machine
from support.world import person

if TYPE_CHECKING:
    from support.life import Life

CHOICES = ("0", "2", "2", "2", "3", "dont-know", "not-my-area", "skip")
SAID = ("answer", "click", "withdraw")
BY_HAND = {
    "open": 2, "plan": 0.5, "pause": 1.5, "resume": 3, "extend": 3, "close": 0.7, "reopen": 1.5,
    "join": 2, "release": 1.5, "hand over": 2, "nudge": 3, "tell": 3,
}  # fmt: skip
Deed = Callable[[Machine, Stamp], object]


class Doing(NamedTuple):
    """Something somebody does; tried again it has the same key."""

    name: str
    key: str
    by: str
    role: Role
    deed: Deed

    def stamp(self, at: datetime) -> Stamp:
        """Who does it, now."""
        return Stamp(
            at=at, by=self.by, role=self.role, surface="web", cause=self.name, key=self.key
        )


def opening(life: Life) -> dict[str, Deed]:
    """The assessment is opened, with a coordinator in Slack or without."""
    panel, terms = life.world.panel, life.world.terms
    lead = {"name": _named(life)} if life.dice.random() < 0.5 else {}
    return {
        "found": lambda m, s: assessments.open_assessment(
            m.log, s, life.id, "Area", "short@1", panel, terms
        ),
        **lead,
    }


def _named(life: Life) -> Deed:
    return lambda m, s: coordinators.name_coordinator(
        m.log, s, life.id, "Sam S", coordinators.Contact("T0A/U1LEAD")
    )


def said(life: Life, name: str) -> tuple[str, Deed]:
    """Somebody answers, clicks or withdraws; who, and what."""
    who, item = life.question()
    value = life.dice.choice(CHOICES)
    token = life.dice.choice(("start", f"answer:{item}:{value}", "pause", "pause", "resume"))
    clicked = Said("choice", "withdraw-yes" if name == "withdraw" else token)
    # on a page what changes nothing leaves no fact, so only its key says that it was heard
    surface = "web" if token in ("pause", "resume") else "slack"

    def answer(machine: Machine, stamp: Stamp) -> None:
        record.answer(machine.log, stamp, life.id, who, item, value, None)

    def click(machine: Machine, stamp: Stamp) -> None:
        heard = stamp.model_copy(update={"surface": surface, "cause": "choice"})
        record.hear(machine.log, heard, life.id, who, clicked)

    return who, answer if name == "answer" else click


def by_hand(life: Life, name: str) -> Deed:  # noqa: C901 - one case for each thing
    """What a coordinator does; everything is chosen now, so that again is the same."""
    who, later = life.anyone(), life.now + timedelta(hours=life.dice.randint(-20, 200))
    new, because, until = person(life.dice, life.number()), "because it is so", life.world.until
    match name:
        case "open":
            return lambda m, s: rounds.open_round(m.log, s, life.id, until)
        case "plan":
            lasts = later + timedelta(days=life.dice.randint(1, 9))
            return lambda m, s: planning.plan_opening(m.log, s, life.id, later, lasts)
        case "pause":
            return lambda m, s: rounds.pause_round(m.log, s, life.id, because)
        case "resume":
            return lambda m, s: rounds.resume_round(m.log, s, life.id)
        case "extend":
            return lambda m, s: rounds.extend_round(m.log, s, life.id, later, because)
        case "close":
            return lambda m, s: rounds.close_round(m.log, s, life.id)
        case "reopen":
            return lambda m, s: rounds.reopen_round(m.log, s, life.id, later, because)
        case "join":
            return lambda m, s: joining.join(m.log, s, life.id, new)
        case "release":
            return lambda m, s: joining.release(m.log, s, life.id, who, because)
        case "hand over":
            to = life.dice.choice((new, life.anyone()))
            return lambda m, s: hand_over.hand_over(m.log, s, life.id, who, to)
        case "tell":
            means = life.dice.choice(get_args(Means))
            return lambda m, s: telling.told(
                m.log, s, life.id, who, means, "reminder", frozenset({"slack"})
            )
    people = life.dice.choice(((), (who,)))
    return lambda m, s: nudge.nudge(m.log, s, life.id, people)
