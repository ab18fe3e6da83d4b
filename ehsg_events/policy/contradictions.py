"""What contradicts itself in a rule or a policy, in sentences that say the way out. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time, timedelta

from ehsg_events.values.hours import Before, say_before, say_hours
from ehsg_events.values.policy import LONGEST, Policy, Rule

LEAST_QUORUM = 3  # scores: of fewer, an outcome is somebody's answer


def contradictions(policy: Policy) -> Iterator[str]:
    """What contradicts itself in a policy."""
    yield from _reminders(policy)
    yield from _times_of_day(policy)
    yield from _ladder(policy)
    yield from _never(policy)
    if not policy.safeguarding.strip():
        yield (
            "The route for a worry about a child is blank, and whoever types one would be told "
            "nothing. Write the area's own, or leave safeguarding out for the usual one."
        )
    if policy.sign_off_working_days is not None and policy.moderation_working_days is None:
        yield (
            "The time for sign-off begins when that for moderation ends, but moderation has none. "
            "Give moderation_working_days too, or set sign_off_working_days to null."
        )


def impossible(rule: Rule) -> Iterator[str]:
    """What a rule asks for that no scores could ever show, or that nobody would call agreed."""
    if rule.agreed_share <= 0.5:
        yield (
            f"With agreed_share {rule.agreed_share:g} a panel would be called agreed though half "
            f"of it, or more, stands elsewhere. Use more than 0.5; the usual rule has 0.75."
        )
    if rule.camp_share > 0.5:
        yield (
            f"Two camps of {rule.camp_share:g} of a panel each cannot be: together they are more "
            f"than everybody. Use a camp_share of at most 0.5; the usual rule has 0.25."
        )
    if rule.minority_share > 0.5:
        yield (
            f"A minority is less than half, so a minority_share of {rule.minority_share:g} is "
            f"never reached. Use at most 0.5; the usual rule has 0.15."
        )


def tells_on_people(rule: Rule) -> Iterator[str]:
    """What a rule would adopt from so few that an outcome tells what somebody answered."""
    if rule.quorum_scores < LEAST_QUORUM:
        yield (
            f"With quorum_scores {rule.quorum_scores} the outcome of one or two people would be their "
            f"own answer, for everybody to read. Use {LEAST_QUORUM} or more; the usual rule has 3."
        )


def _reminders(policy: Policy) -> Iterator[str]:
    many, cap = len(policy.reminders), policy.reminder_cap
    if many > cap:
        other = f"name {cap} reminders" if cap else "set reminders to []"
        yield (
            f"{many} reminders are planned, but nobody is reminded more than {cap} times. Raise "
            f"reminder_cap to {many}, or {other}."
        )


def _times_of_day(policy: Policy) -> Iterator[str]:
    """Reminders and feedback rounds outside the hours in which people may be written to."""
    chased, hours = say_hours(policy.hours), policy.hours
    if hours.start >= hours.end != time(0):
        yield f"The hours {chased} end before they begin. Write the earlier time first."
        return
    if policy.hours.nearest(policy.reminders_at) != policy.reminders_at:
        yield (
            f"Reminders go at {policy.reminders_at:%H:%M}, but people are chased only "
            f"{chased}. Move reminders_at into hours, or widen hours."
        )
    if policy.hours.nearest(policy.feedback_at) != policy.feedback_at:
        yield (
            f"A feedback round opens at {policy.feedback_at:%H:%M} and writes to everyone in it, "
            f"but people are written to only {chased}. Move feedback_at into hours, or widen hours."
        )


def _ladder(policy: Policy) -> Iterator[str]:
    """Escalation before the person's own first reminder, twice, or in the wrong order."""
    steps = [step.to for step in policy.escalation]
    far = [_far(step.before) for step in policy.escalation]
    if "backup" in steps and not policy.reminders:
        yield (
            "A person's manager or stand-in would be told of their silence, but the person is "
            "never reminded. Name a reminder, or leave backup out of escalation."
        )
    first = max(policy.reminders, key=_far, default=None)
    highest = max((step.before for step in policy.escalation), key=_far, default=None)
    if first is not None and highest is not None and _far(highest) > _far(first):
        yield (
            f"Others are told {say_before(highest)} before the deadline, but the person's first "
            f"reminder is {say_before(first)} before it. Remind the person first: use a "
            f"smaller number in escalation, or a larger one in reminders."
        )
    if len(set(steps)) < len(steps):
        yield "The same step is twice in escalation. Name backup and coordinator once each."
    elif steps == ["coordinator", "backup"] or far != sorted(far, reverse=True):
        yield (
            "The ladder goes from the person's own backup to the coordinator, nearer to the "
            "deadline at each step. Put backup first, with the larger number."
        )


def _never(policy: Policy) -> Iterator[str]:
    """Reminders and steps that fall on or after the deadline, or before any round begins."""
    longest = max(policy.working_days, policy.feedback_working_days)
    for before in policy.reminders:
        if _far(before) > timedelta(days=LONGEST):
            yield (
                f"A reminder {say_before(before)} before the deadline would never go: no round "
                f"lasts longer than {say_before(LONGEST)}. Use a smaller number."
            )
    for before in (*policy.reminders, *(step.before for step in policy.escalation)):
        if _far(before) <= timedelta(0):
            yield f"{say_before(before)} before the deadline is not before it. Use 1 or more."
    for step in policy.escalation:
        if isinstance(step.before, int) and step.before >= longest:
            yield (
                f"The {step.to} is to be told {say_before(step.before)} before the deadline, but "
                f"no round lasts longer than {say_before(longest)}: they never would be. Use a "
                f"smaller number in escalation, or a larger one in working_days."
            )


def _far(before: Before) -> timedelta:
    """How far before the deadline, for comparing; a working day counts as a day."""
    return before if isinstance(before, timedelta) else timedelta(days=before)
