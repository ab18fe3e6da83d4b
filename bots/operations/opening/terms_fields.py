"""The terms as plain questions: what each answer makes of the rule and of the policy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, field_validator

from bots.operations.form import ALONE, Asked, Form, Mistakes, Upload
from ehsg_events.kernel import Refused
from ehsg_events.policy.contradictions import contradictions, impossible
from ehsg_events.policy.rules_file import by_agency, named_rules, usual
from ehsg_events.values.hours import Before, say_before
from ehsg_events.values.policy import LONGEST, Policy, Rule, Step, Terms

MOST_REMINDERS = 5
FILE = "file"  # instead of the answers
NOTHING_ANSWERED = "Answer one of the questions, or hand in a file instead."
NONE = "none"  # typed for no reminders
OF_THE_NAME = {"name", "rounds", "stop"}  # may differ under a rule's name
STEPS = {"nobody": (), "stand-in": ("backup",), "coordinator": ("coordinator",),
         "both": ("backup", "coordinator")}  # fmt: skip

Count = Literal["people", "agencies"]
Silence = Literal["nobody", "stand-in", "coordinator", "both"]
Shown = Literal["nothing", "figures", "figures-and-reasons"]


class _Questions(Form):
    """Plain questions; what is left out stays as it stands."""

    @field_validator("*", mode="before")
    @classmethod
    def _blank_is_left_out(cls, given: object) -> object:
        return None if given == "" else given


class OfAgreement(_Questions):
    """How agreement is measured: answered before anybody is asked, and never again."""

    count: Annotated[Count | None, Asked("Whether people count, or agencies once each.")] = None
    agreed: Annotated[
        int | None,
        Field(gt=50, le=100),
        Asked("How many of a hundred must stand within one level of the middle."),
    ] = None
    rounds: Annotated[
        int | None, Field(ge=1, le=9), Asked("How many rounds are held at the most.")
    ] = None


class OfTimes(_Questions):
    """How rounds are timed: answered as long as there are rounds to come."""

    days: Annotated[
        int | None, Field(ge=1, le=LONGEST), Asked("Working days that a first round lasts.")
    ] = None
    days_again: Annotated[
        int | None, Field(ge=1, le=LONGEST), Asked("Working days of a round that asks again.")
    ] = None
    reminders: Annotated[
        str | None,
        Asked("Working days before the end: '7, 3, 1', or none.", example="7, 3, 1"),
    ] = None
    silence: Annotated[Silence | None, Asked("Who is told that somebody stays silent.")] = None
    shown: Annotated[Shown | None, Asked("What a later round shows of the others.")] = None


class Answers(OfTimes, OfAgreement):
    """All of the questions, those of agreement first."""


def fields_of(terms: Terms) -> dict[str, str]:
    """The answers that the terms give to the questions; none where they are richer than those."""
    rule = terms.rule
    return {
        "count": rule.weights,
        "agreed": f"{100 * rule.agreed_share:.0f}",
        "rounds": str(rule.rounds),
        **fields_of_times(terms.policy),
    }


def fields_of_times(policy: Policy) -> dict[str, str]:
    """The answers that a policy gives to the questions of times; none where it is richer than those."""
    told = _told(policy)
    every: dict[str, str | None] = {
        "days": str(policy.working_days),
        "days_again": str(policy.feedback_working_days),
        "reminders": _said(policy.reminders),
        "silence": next((name for name, steps in STEPS.items() if steps == told), None),
        "shown": policy.shown,
    }
    return {name: text for name, text in every.items() if text is not None}


def _said(reminders: tuple[Before, ...]) -> str | None:
    if not all(isinstance(before, int) for before in reminders):
        return None
    return ", ".join(map(str, reminders)) or NONE


def terms_of(answers: Answers, stands: Terms) -> Terms:
    """The terms that stand, changed by the answers.

    Raises:
        Mistakes: an answer cannot be, or two contradict each other; each at its question.
    """
    given = _given(answers)
    rule = _rule(given, stands.rule)
    wrong = [Refused(sentence, field="agreed") for sentence in impossible(rule)]
    policy = _policy(given, stands.policy)
    wrong += [Refused(sentence, field=_at(given)) for sentence in contradictions(policy)]
    if wrong:
        raise Mistakes(*wrong)
    return Terms(rule=rule, policy=policy)


def policy_of(answers: OfTimes, stands: Policy) -> Policy:
    """The policy that stands, changed by the answers.

    Raises:
        Mistakes: an answer cannot be, or two contradict each other; each at its question.
    """
    given = _given(answers)
    policy = _policy(given, stands)
    if wrong := [Refused(sentence, field=_at(given)) for sentence in contradictions(policy)]:
        raise Mistakes(*wrong)
    return policy


def _given(answers: _Questions) -> dict[str, Any]:
    """What was answered; a form of these may have a file beside them."""
    return {name: value for name, value in answers if name != FILE and value not in (None, "")}


def refuse_unless_one_way(form: _Questions, file: Upload | None, stands: Mapping[str, str]) -> None:
    """Refuse a form that answers nothing, or that answers questions otherwise beside its file.

    Args:
        stands: the answers as they stand, which a page fills in whether she wants them or not.

    Raises:
        Refused: it does.
    """
    given = _given(form)
    if file is not None and any(str(value) != stands.get(name) for name, value in given.items()):
        raise Refused(ALONE, field=FILE)
    if file is None and not given:
        raise Refused(NOTHING_ANSWERED)


def _rule(given: Mapping[str, Any], stands: Rule) -> Rule:
    changed: dict[str, object] = {}
    if "count" in given:
        changed["weights"] = given["count"]
    if "agreed" in given and given["agreed"] != round(100 * stands.agreed_share):
        changed["agreed_share"] = given["agreed"] / 100
    if "rounds" in given:
        changed["rounds"] = given["rounds"]
    rule = stands.model_copy(update=changed)
    same = rule.model_dump(exclude=OF_THE_NAME) == stands.model_dump(exclude=OF_THE_NAME)
    return rule if same else rule.model_copy(update={"name": _name(rule)})


def _name(rule: Rule) -> str:
    """A rule's own name, or one of its own for numbers that nobody has named."""
    numbers = rule.model_dump(exclude=OF_THE_NAME)
    for name, known in named_rules().items():
        if known.model_dump(exclude=OF_THE_NAME) == numbers:
            return name
    base = by_agency() if rule.weights == "agencies" else usual().rule
    usually = base.model_dump(exclude={*OF_THE_NAME, "agreed_share"})
    mine = rule.model_dump(exclude={*OF_THE_NAME, "agreed_share"})
    here = "" if mine == usually else "-here"
    return f"{base.name}-{100 * rule.agreed_share:.0f}{here}"


def _policy(given: Mapping[str, Any], stands: Policy) -> Policy:
    changed = {
        name: given[field]
        for field, name in (
            ("days", "working_days"),
            ("days_again", "feedback_working_days"),
            ("shown", "shown"),
        )
        if field in given
    }
    reminders: tuple[Before, ...] = stands.reminders
    if "reminders" in given and given["reminders"].strip() != _said(reminders):
        reminders = _reminders(given["reminders"])
        changed |= {"reminders": reminders, "reminder_cap": max(3, len(reminders))}
    if "silence" in given and STEPS[given["silence"]] != _told(stands):
        changed["escalation"] = tuple(_ladder(STEPS[given["silence"]], reminders))
    try:
        return Policy.model_validate({**dict(stands), **changed})
    except ValidationError as invalid:
        sentences = (error["msg"].removeprefix("Value error, ") for error in invalid.errors())
        raise Mistakes(*(Refused(f"{one}.", field=_at(given)) for one in sentences)) from None


def _told(policy: Policy) -> tuple[str, ...]:
    return tuple(step.to for step in policy.escalation)


def _reminders(typed: str) -> tuple[int, ...]:
    """The working days that were typed, whatever stands between them."""
    if typed.strip().casefold() == NONE:
        return ()
    if not re.fullmatch(r"[\d ,;]+|[\d ,;]*\d and \d+", typed.strip()):
        raise Refused(
            "Write working days before the end of the round, such as 7, 3, 1, or none.",
            field="reminders",
        )
    days = sorted({int(day) for day in re.findall(r"\d{1,4}", typed)}, reverse=True)
    if not 1 <= len(days) <= MOST_REMINDERS or days[-1] < 1 or days[0] > LONGEST:
        raise Refused(
            f"Nobody is reminded more than {MOST_REMINDERS} times, each 1 to "
            f"{say_before(LONGEST)} before the end.",
            field="reminders",
        )
    return tuple(days)


def _ladder(steps: tuple[str, ...], reminders: tuple[Before, ...]) -> Iterator[Step]:
    """The steps of the ladder, none before the person was reminded themselves."""
    first = max((before for before in reminders if isinstance(before, int)), default=2)
    for step in steps:
        yield Step(to=step, before=min(2, first) if step == "backup" else 1)  # type: ignore[arg-type]


def _at(given: Mapping[str, Any]) -> str:
    """The question whose answer a contradiction most likely comes from."""
    return next((name for name in ("reminders", "silence", "days") if name in given), "days_again")
