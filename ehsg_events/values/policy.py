"""What is chosen before a round opens and recorded with it: consensus rule and round policy."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import Annotated, Literal, Self, TypeVar

from pydantic import Field, field_validator, model_validator

from ehsg_events.kernel import Frozen, Refused
from ehsg_events.language.catalogue import marked
from ehsg_events.values.hours import Before, Days, Hours, TimeOfDay, read_hours, read_zone
from ehsg_events.values.proclaimed import Proclaimed

Share = Annotated[float, Field(gt=0, le=1)]
Read = TypeVar("Read")
LONGEST = 120  # working days that a round, or what follows it, may last


class Rule(Frozen):
    """How agreement is measured, by a name that is printed beside every figure.

    A descriptor is agreed when at least `agreed_share` of the panel stands within one level of
    the middle score, unless two camps or a far minority show. Quorum comes first.
    """

    name: str = "within-one"
    weights: Literal["people", "agencies"] = "people"
    agreed_share: Share = 0.75
    camp_share: Share = 0.25
    minority_share: Share = 0.15
    quorum_scores: int = Field(default=3, ge=1, le=10_000)
    quorum_invited: Share = 0.6
    quorum_agencies: Share = 2 / 3
    rounds: int = Field(default=2, ge=1, le=9)
    settled_changed: float = Field(default=1 / 6, ge=0, le=1)
    stop: Literal["settled-or-limit", "settled-stable-or-limit"] = "settled-or-limit"


SAFEGUARDING = marked(
    "Follow your organisation's safeguarding procedure now. If anybody is in danger this minute, "
    "call 999."
)


class Step(Frozen):
    """A step of the ladder: who is told that somebody is silent, and how long before the end."""

    to: Literal["backup", "coordinator"]
    before: Before


Afterwards = Literal["forget-people", "forget-all", "review"]


class Policy(Frozen):
    """How a round is timed, in working days of the zone's calendar, and what it says on the way.

    The default of a field is what held before the field existed, so that a recorded policy never
    changes its meaning. A new assessment is given `rules_file.usual` instead.

    Args:
        reminders: working days, or a span such as `2 hours`, before the deadline.
        hours: when people are chased, each in their own zone, unless the panel says otherwise.
        quiet: days on which nobody is chased.
        escalation: who else is told, in order, when somebody stays silent.
        fallback: what becomes of people whom Slack cannot reach: the coordinator gives them a
            link, or they are written to by e-mail if an address is known, and given one otherwise.
        shown: what a later round shows of the others.
        only_who_matters: chase nobody whose answers could change no verdict and no middle score.
        moderation_working_days: how long moderation may take, and `sign_off_working_days` after it.
        safeguarding: the area's own route for a worry about a child, shown when one is typed.
        proclaimed: bank holidays that no calendar knows; those in England are no working days.
        kept_until: the last day on which names and words are kept; none where only the council's
            schedule says.
        afterwards: what is done then: whoever was asked is forgotten, or every name and word is, or
            the coordinator decides.
        destroyed: whether that is done by itself, once it was announced, or by the coordinator.
        data_protection: how the council's data protection officer is reached.
    """

    zone: str = "Europe/London"
    working_days: int = Field(default=10, ge=1, le=LONGEST)
    deadline_at: TimeOfDay = time(17)
    reminders: tuple[Before, ...] = (7, 3, 1)
    reminders_at: TimeOfDay = time(10)
    hours: Hours = Hours()
    quiet: tuple[Days, ...] = ()
    reminder_cap: int = Field(default=3, ge=0, le=5)
    escalation: tuple[Step, ...] = ()
    fallback: Literal["none", "web", "mail"] = "none"
    only_who_matters: bool = False
    feedback_working_days: int = Field(default=5, ge=1, le=LONGEST)
    feedback_at: TimeOfDay = time(9)
    shown: Literal["figures-and-reasons", "figures", "nothing"] = "figures"
    moderation_working_days: int | None = Field(default=None, ge=1, le=LONGEST)
    sign_off_working_days: int | None = Field(default=None, ge=1, le=LONGEST)
    safeguarding: str = SAFEGUARDING
    proclaimed: tuple[Proclaimed, ...] = ()
    kept_until: date | None = None
    afterwards: Afterwards = "forget-people"
    destroyed: Literal["by-hand", "by-itself"] = "by-hand"
    data_protection: str = Field(default="", max_length=300)

    @field_validator("zone")
    @classmethod
    def _the_zone_exists(cls, zone: str) -> str:
        return _read(read_zone, zone)

    @field_validator("hours", mode="before")
    @classmethod
    def _hours_are_written(cls, given: object) -> object:
        return _read(read_hours, given) if isinstance(given, str) else given

    @model_validator(mode="after")
    def _reminders_fall_inside_the_round(self) -> Self:
        shortest = min(self.working_days, self.feedback_working_days)
        days = [before for before in self.reminders if isinstance(before, int)]
        if any(day < 1 for day in days):
            raise ValueError("a reminder is at least 1 working day before the deadline")
        if len(set(self.reminders)) != len(self.reminders):
            raise ValueError("the same reminder is there twice")
        if days and len(days) == len(self.reminders) and min(days) >= shortest:
            raise ValueError(
                f"every reminder is {min(days)} or more working days before the "
                f"deadline, but a round lasts only {shortest}: use a smaller number"
            )
        return self


def _read(reader: Callable[[str], Read], text: str) -> Read:
    """Read a text; a refusal becomes the ValueError that pydantic expects."""
    try:
        return reader(text)
    except Refused as refusal:
        raise ValueError(str(refusal)) from None


class Terms(Frozen):
    """The rules file of an assessment: everything that is fixed before anyone answers."""

    rule: Rule = Field(default_factory=Rule)
    policy: Policy = Field(default_factory=Policy)
