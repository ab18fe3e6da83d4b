"""Rule and policy as a coordinator chooses them, before anyone answers: read, and held together."""

from __future__ import annotations

from collections.abc import Iterator
from math import isclose
from typing import Any

from pydantic import ValidationError

from ehsg_events import calendar
from ehsg_events.hours import say_before, say_hours
from ehsg_events.kernel import Refused
from ehsg_events.rules import Policy, Rule, Step, Terms

THIS = {"name", "rounds", "stop"}  # what may differ under a rule's name: it is printed beside it


def usual() -> Terms:
    """What a new assessment is given where its coordinator chose nothing else."""
    ladder = (Step(to="backup", before=2), Step(to="coordinator", before=1))
    return Terms(
        rule=Rule(stop="settled-stable-or-limit"),
        policy=Policy(
            escalation=ladder,
            fallback="web",
            only_who_matters=True,
            shown="figures-and-reasons",
            moderation_working_days=10,
            sign_off_working_days=10,
        ),
    )


def by_agency() -> Rule:
    """Each agency counts once."""
    return usual().rule.model_copy(update={"name": "within-one-by-agency", "weights": "agencies"})


def named_rules() -> dict[str, Rule]:
    """The rules that have a name of their own."""
    return {rule.name: rule for rule in (usual().rule, by_agency())}


def read_rules(text: str, file: str) -> Terms:
    """Read a rules file: a named rule or its parts, and the policy; the rest is as usual.

    Raises:
        Refused: the file is not YAML, says something no rule has, or contradicts itself.
    """
    terms = _parsed(text, file)
    wrong = [*_borrowed_name(terms.rule), *contradictions(terms.policy)]
    if wrong:
        raise Refused("\n".join(f"{file}: {sentence}" for sentence in wrong))
    return terms


def contradictions(policy: Policy) -> Iterator[str]:
    """What cannot all be kept of a policy, each with what would help."""
    many, cap = len(policy.reminders), policy.reminder_cap
    if many > cap:
        yield (
            f"{many} reminders are planned, but nobody is reminded more than {cap} times. Raise "
            f"reminder_cap to {many}, or name {cap} reminders."
        )
    if policy.hours.nearest(policy.reminders_at) != policy.reminders_at:
        yield (
            f"Reminders go at {policy.reminders_at:%H:%M}, but people are chased only "
            f"{say_hours(policy.hours)}. Move reminders_at into hours, or widen hours."
        )
    yield from _ladder(policy)


def _ladder(policy: Policy) -> Iterator[str]:
    """A ladder is climbed after the person was reminded, and from its lowest step."""
    days = [step.before for step in policy.escalation if isinstance(step.before, int)]
    reminders = [before for before in policy.reminders if isinstance(before, int)]
    if days and reminders and max(days) > max(reminders):
        yield (
            f"Others are told {say_before(max(days))} before the deadline, but the person's first "
            f"reminder is {say_before(max(reminders))} before it. Remind the person first: use a "
            f"smaller number in escalation, or a larger one in reminders."
        )
    steps = [step.to for step in policy.escalation]
    if steps.count("backup") > 1 or steps.count("coordinator") > 1:
        yield "The same step is twice in escalation. Name backup and coordinator once each."
    if steps == ["coordinator", "backup"] or days != sorted(days, reverse=True):
        yield (
            "The ladder goes from the person's own backup to the coordinator, nearer to the "
            "deadline at each step. Put backup first, with the larger number."
        )


def _borrowed_name(rule: Rule) -> Iterator[str]:
    """A name that is printed beside figures means the same numbers everywhere."""
    known = named_rules().get(rule.name)
    if not rule.name.strip():
        yield "The rule has no name. It is printed beside every figure: give it one."
    if known and not _same(known.model_dump(exclude=THIS), rule.model_dump(exclude=THIS)):
        yield (
            f"The rule called {rule.name} has other numbers than the one known by that name. Give "
            f"yours a name of its own, such as {rule.name}-here."
        )


def _same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two rules say the same; two thirds cannot be written out."""
    return all(
        isclose(value, other[name], abs_tol=1e-4)
        if isinstance(value, float)
        else value == other[name]
        for name, value in one.items()
    )


def _parsed(text: str, file: str) -> Terms:
    import yaml  # slow to load, and needed here alone

    try:
        content = yaml.safe_load(text) or {}
    except yaml.YAMLError as mistake:
        raise Refused(f"{file} is not YAML: {mistake}") from None
    if isinstance(content, dict):
        content = {**content, **_with_the_usual(content, file)}
    try:
        return Terms.model_validate(content)
    except ValidationError as mistake:
        wrong = "; ".join(
            f"{'.'.join(str(part) for part in one['loc']) or 'the file'}: {one['msg']}"
            for one in mistake.errors()
        )
        raise Refused(f"{file}: {wrong}. The README shows every rule and policy.") from None


def _with_the_usual(content: dict[str, Any], file: str) -> dict[str, Any]:
    """What the file leaves out, as usual; a rule may be given by its name alone."""
    terms = usual()
    rule, policy = content.get("rule", {}), content.get("policy", {})
    if isinstance(rule, str):
        if rule not in named_rules():
            raise Refused(
                f"{file}: no rule is called {rule}. Named are: {', '.join(named_rules())}."
            )
        rule = dict(named_rules()[rule])
    return {
        "rule": {**dict(terms.rule), **rule} if isinstance(rule, dict) else rule,
        "policy": {**dict(terms.policy), **policy} if isinstance(policy, dict) else policy,
    }


def say_policy(policy: Policy) -> Iterator[str]:
    """A policy in sentences, as a coordinator reads it before a round."""
    at, closes = calendar.say_time(policy.reminders_at), calendar.say_time(policy.deadline_at)
    yield (
        f"A first round lasts {say_before(policy.working_days)} and closes at {closes} ({policy.zone}); "
        f"a feedback round lasts {say_before(policy.feedback_working_days)}."
    )
    spans = " and ".join(say_before(before) for before in policy.reminders)
    yield (
        f"Reminders go {spans} before the deadline, at {at} where the person "
        f"works, and at most {policy.reminder_cap} to a person."
        if policy.reminders
        else "Nobody is reminded by the clock."
    )
    yield f"People are chased {say_hours(policy.hours)}, or when they say they work; never on a bank holiday."
    for days in policy.quiet:
        yield f"Nobody is chased from {calendar.say_day(days.first)} to {calendar.say_day(days.last)}."
    if policy.only_who_matters:
        yield "Who could change no verdict and no middle score is spared."
    for step in policy.escalation:
        told = "the coordinator" if step.to == "coordinator" else "the person's manager or stand-in"
        yield f"Of silence {told} is told {say_before(step.before)} before the deadline."
    if policy.fallback == "web":
        yield "Whom Slack cannot reach the coordinator gives a personal link."
    yield SHOWN[policy.shown]
    for what, many in (
        ("Moderation", policy.moderation_working_days),
        ("Sign-off after it", policy.sign_off_working_days),
    ):
        if many is not None:
            yield f"{what} may take {say_before(many)}."


SHOWN = {
    "nothing": "A later round shows nothing of the others.",
    "figures": "A later round shows the group's scores, from five people of three agencies.",
    "figures-and-reasons": (
        "A later round shows the group's scores and reasons without names, from five people of "
        "three agencies."
    ),
}
