"""A rule and a policy in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from ehsg_events.dates import calendar
from ehsg_events.dates.worktime import say_worktime, worktime
from ehsg_events.values.hours import say_before
from ehsg_events.values.policy import Policy, Rule
from ehsg_events.values.proclaimed import NATIONS


def say_rule(rule: Rule) -> str:
    """How agreement is measured, for a coordinator to read before anybody is asked."""
    who = "the panel, every agency counting once," if rule.weights == "agencies" else "the panel"
    rounds = "1 round is" if rule.rounds == 1 else f"at most {rule.rounds} rounds are"
    return (
        f"By the rule {rule.name} a descriptor is agreed when at least {100 * rule.agreed_share:.3g}% "
        f"of {who} stand within one point of the middle score, unless two camps or a far minority "
        f"show; it needs {rule.quorum_scores} scores, and {rounds} held."
    )


def say_policy(policy: Policy) -> Iterator[str]:
    """A policy in sentences, for a coordinator to read before a round."""
    yield (
        f"A first round lasts {say_before(policy.working_days)} and closes at "
        f"{calendar.say_time(policy.deadline_at)} ({policy.zone}); a feedback round lasts "
        f"{say_before(policy.feedback_working_days)}."
    )
    yield from _reminding(policy)
    yield from _escalating(policy)
    yield SHOWN[policy.shown]
    for what, many in (
        ("Moderation", policy.moderation_working_days),
        ("Sign-off after it", policy.sign_off_working_days),
    ):
        if many is not None:
            yield f"{what} may take {say_before(many)}."
    yield from _keeping(policy)


def _keeping(policy: Policy) -> Iterator[str]:
    """How long names and words are kept, and who is complained to."""
    if policy.kept_until:
        day = calendar.say_day(policy.kept_until)
        yield f"Names and words are kept until {day}; {AFTERWARDS[policy.afterwards]}."
    if policy.kept_until and policy.afterwards != "review":
        yield DESTROYED[policy.destroyed]
    if policy.data_protection:
        yield f"The data protection officer is reached at {policy.data_protection}."


def _reminding(policy: Policy) -> Iterator[str]:
    """When people are reminded, and who is not."""
    *some, last = [say_before(before) for before in policy.reminders] or [""]
    spans = f"{', '.join(some)} and {last}" if some else last
    yield (
        f"Reminders go {spans} before the deadline, at {calendar.say_time(policy.reminders_at)} "
        f"where the person works, and at most {policy.reminder_cap} to a person."
        if policy.reminders
        else "Nobody is reminded by the clock."
    )
    yield (
        f"People are chased {say_worktime(worktime(policy))}, or when they say they work; never on "
        f"a bank holiday."
    )
    for holiday in policy.proclaimed:
        where = "" if holiday.nations == NATIONS else f", in {' and '.join(holiday.nations)}"
        day = calendar.say_day(holiday.day)
        yield f"Counted as a bank holiday, too: {day} ({holiday.name}{where})."
    for days in policy.quiet:
        first, end = calendar.say_day(days.first), calendar.say_day(days.last)
        yield f"Nobody is chased from {first} to {end}."
    if policy.only_who_matters:
        yield (
            "Nobody is chased whose answers could change no verdict and no middle score; the round "
            "says so of a person once it has closed."
        )


def _escalating(policy: Policy) -> Iterator[str]:
    """Who else is told of silence, and what happens to people whom Slack cannot reach."""
    for step in policy.escalation:
        who = "coordinator" if step.to == "coordinator" else "person's manager or stand-in"
        yield f"The {who} is told who is silent, {say_before(step.before)} before the deadline."
    if policy.fallback == "mail":
        yield "Whoever cannot be reached in Slack is written to by e-mail, if an address is known."
        yield "The coordinator gives a personal link to anybody whom no message reaches."
    if policy.fallback == "web":
        yield "The coordinator gives a personal link to anybody whom Slack cannot reach."


AFTERWARDS = {
    "forget-people": "then whoever was asked is forgotten, and scores and agencies stand",
    "forget-all": "then every name and word is destroyed, and scores and agencies stand",
    "review": "then the coordinator decides",
}
DESTROYED = {
    "by-itself": (
        "That is done by itself once the assessment is signed off, and two weeks after whoever is "
        "meant was listed and the coordinators were told; they can put it on hold."
    ),
    "by-hand": "That is done by the coordinator's hand.",
}
SHOWN = {
    "nothing": "A later round shows nothing of the others.",
    "figures": "A later round shows the group's scores, from five people of three agencies.",
    "figures-and-reasons": (
        "A later round shows the group's scores and reasons without names, from five people of "
        "three agencies."
    ),
}
