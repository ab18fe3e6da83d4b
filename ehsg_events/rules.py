"""What is chosen before a round opens and recorded with it: consensus rule and round policy."""

from __future__ import annotations

from datetime import time
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, ValidationError, field_validator, model_validator

from ehsg_events.kernel import Frozen, Refused

Share = Annotated[float, Field(gt=0, le=1)]


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
    quorum_scores: int = Field(default=3, ge=1)
    quorum_invited: Share = 0.6
    quorum_agencies: Share = 2 / 3
    rounds: int = Field(default=2, ge=1, le=9)
    settled_changed: float = Field(default=1 / 6, ge=0, le=1)


SAFEGUARDING = (
    "Follow your organisation's safeguarding procedure now. If anybody is in danger this minute, "
    "call 999."
)


class Policy(Frozen):
    """How a round is timed, in working days of the zone's calendar, and what it says on the way.

    `safeguarding` is the area's own route for a worry about a child, shown when one is typed.
    """

    zone: str = "Europe/London"
    working_days: int = Field(default=10, ge=1, le=120)
    deadline_at: time = time(17)
    reminders: tuple[int, ...] = (7, 3, 1)
    reminders_at: time = time(10)
    reminder_cap: int = Field(default=3, ge=0, le=5)
    feedback_working_days: int = Field(default=5, ge=1, le=120)
    feedback_at: time = time(9)
    safeguarding: str = SAFEGUARDING

    @field_validator("zone")
    @classmethod
    def _the_zone_exists(cls, zone: str) -> str:
        try:
            return ZoneInfo(zone).key
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError(f"no time zone is {zone}: write it like Europe/London") from None

    @field_validator("deadline_at", "reminders_at", "feedback_at", mode="before")
    @classmethod
    def _the_time_is_text(cls, at: object) -> object:
        if isinstance(at, int | float):  # YAML reads a bare 17:00 as the number 1020
            raise ValueError('write a time in quotes, like "17:00"')  # noqa: TRY004 - pydantic's
        return at

    @model_validator(mode="after")
    def _reminders_fall_inside_the_round(self) -> Self:
        shortest = min(self.working_days, self.feedback_working_days)
        if any(days < 1 for days in self.reminders):
            raise ValueError("a reminder is at least 1 working day before the deadline")
        if len(set(self.reminders)) != len(self.reminders):
            raise ValueError("the same reminder is there twice")
        if self.reminders and min(self.reminders) >= shortest:
            raise ValueError(
                f"every reminder is {min(self.reminders)} or more working days before the "
                f"deadline, but a round lasts only {shortest}: use a smaller number"
            )
        return self


class Terms(Frozen):
    """The rules file of an assessment: everything that is fixed before anyone answers."""

    rule: Rule = Field(default_factory=Rule)
    policy: Policy = Field(default_factory=Policy)


def by_agency() -> Rule:
    """Each agency counts once."""
    return Rule(name="within-one-by-agency", weights="agencies")


def named_rules() -> dict[str, Rule]:
    """The rules that have a name of their own."""
    return {rule.name: rule for rule in (Rule(), by_agency())}


def read_rules(text: str, file: str) -> Terms:
    """Read a rules file: a named rule or its parts, and the policy.

    Raises:
        Refused: the file is not YAML, or says something no rule has.
    """
    import yaml  # slow to load, and needed here alone

    try:
        content = yaml.safe_load(text) or {}
    except yaml.YAMLError as mistake:
        raise Refused(f"{file} is not YAML: {mistake}") from None
    if isinstance(content, dict) and isinstance(content.get("rule"), str):
        named = named_rules()
        if content["rule"] not in named:
            raise Refused(
                f"{file}: no rule is called {content['rule']}. Named are: {', '.join(named)}."
            )
        content["rule"] = named[content["rule"]]
    try:
        return Terms.model_validate(content)
    except ValidationError as mistake:
        wrong = "; ".join(
            f"{'.'.join(str(part) for part in one['loc']) or 'the file'}: {one['msg']}"
            for one in mistake.errors()
        )
        raise Refused(f"{file}: {wrong}. The README shows every rule and policy.") from None
