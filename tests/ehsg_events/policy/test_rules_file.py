"""Rule and policy as a coordinator writes them: what cannot be kept is refused with what helps."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ehsg_events.kernel import Refused
from ehsg_events.policy.contradictions import contradictions
from ehsg_events.policy.policy_sentences import say_policy
from ehsg_events.policy.rules_file import by_agency, read_policy, read_rules, usual
from ehsg_events.values.hours import Days, Hours, read_hours
from ehsg_events.values.policy import Policy, Step

BACKUP, COORDINATOR = Step(to="backup", before=2), Step(to="coordinator", before=1)
HOURS = timedelta(hours=2)


def refusal(text: str) -> str:
    """What a rules file is refused with."""
    with pytest.raises(Refused) as refused:
        read_rules(text, "rules.yaml")
    return str(refused.value)


def usual_but(**changed: Any) -> Policy:
    """The usual policy with something else in it."""
    return usual().policy.model_copy(update=changed)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"reminder_cap": 2}, "Raise reminder_cap to 3, or name 2 reminders."),
        ({"reminder_cap": 0}, "Raise reminder_cap to 3, or set reminders to []."),
        ({"reminders_at": time(8)}, "Move reminders_at into hours, or widen hours."),
        ({"feedback_at": time(18)}, "Move feedback_at into hours, or widen hours."),
        ({"reminders": ()}, "Name a reminder, or leave backup out of escalation."),
        ({"reminders": (1,)}, "the person's first reminder is 1 working day before it"),
        ({"reminders": (HOURS,)}, "the person's first reminder is 2 hours before it"),
        ({"escalation": (COORDINATOR, COORDINATOR)}, "Name backup and coordinator once each."),
        ({"escalation": (COORDINATOR, BACKUP)}, "Put backup first, with the larger number."),
        (
            {"escalation": (Step(to="backup", before=HOURS), COORDINATOR)},
            "Put backup first, with the larger number.",
        ),
        (
            {"escalation": (Step(to="backup", before=12),), "reminders": (13, 1)},
            "no round lasts longer than 10 working days: they never would be",
        ),
        ({"escalation": (Step(to="coordinator", before=0),)}, "0 working days before the deadline"),
        ({"reminders": (3, timedelta(0))}, "0 hours before the deadline is not before it"),
        ({"reminders": (4000, 3, 1), "reminder_cap": 3}, "A reminder 4000 working days before"),
        ({"hours": Hours(start=time(17), end=time(9))}, "Write the earlier time first."),
        ({"safeguarding": " "}, "The route for a worry about a child is blank"),
        ({"moderation_working_days": None}, "Give moderation_working_days too"),
    ],
)
def test_a_policy_that_cannot_be_kept_is_refused_with_what_helps(
    changed: dict[str, Any], sentence: str
) -> None:
    """One sentence for each contradiction, and no other beside it."""
    (said,) = contradictions(usual_but(**changed))
    assert sentence in said


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"reminders": (), "escalation": ()},
        {"reminders": (), "escalation": (COORDINATOR,)},
        {"working_days": 5},
        {"escalation": (BACKUP, Step(to="coordinator", before=HOURS))},
        {"hours": read_hours("Sat,Sun 09:30-24:00"), "feedback_at": time(10)},
        {"moderation_working_days": None, "sign_off_working_days": None},
    ],
)
def test_a_policy_that_can_be_kept_is_no_contradiction(changed: dict[str, Any]) -> None:
    """However unusual it is."""
    assert list(contradictions(usual_but(**changed))) == []


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ("{name: ours, agreed_share: 0.5}", "Use more than 0.5; the usual rule has 0.75."),
        ("{name: ours, camp_share: 0.6}", "Use a camp_share of at most 0.5"),
        ("{name: ours, minority_share: 0.7}", "Use at most 0.5; the usual rule has 0.15."),
        ("{agreed_share: 0.8}", "Give yours a name of its own"),
        ("{name: ' '}", "The rule has no name."),
    ],
)
def test_a_rule_that_no_panel_could_show_is_refused(rule: str, sentence: str) -> None:
    """Two camps of more than half each cannot be."""
    assert sentence in refusal(f"rule: {rule}")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "rules.yaml: the file is empty."),
        ("- a", "rules.yaml says neither `rule:` nor `policy:`."),
        ("policy:\n  zone: a: b", "rules.yaml, line 2, column 10: there is a colon inside a text"),
        ("policy:\n  zone: a\n  zone: b", "line 3, column 3: the key zone is there twice"),
        ("rule: nope", "rules.yaml: no rule is called nope. Named are: within-one, within-one-by"),
        ("policy:", "line 1, column 1: policy: write its parts beneath it"),
        ("policy:\n  zome: x", "line 2, column 3: policy.zome: there is no such word here."),
        ("policy:\n  zone: Europe/Londn", "line 2, column 3: policy.zone: no time zone is Europe"),
        ("policy:\n  reminders: [3, soon]", "line 2, column 18: policy.reminders.1: write working"),
        ("policy:\n  deadline_at: 17:00", "line 2, column 3: policy.deadline_at: write a time in"),
        ("policy:\n  hours: {start: 9:00}", "policy.hours.start: write a time in quotes"),
        ("policy:\n  hours: {days: [7]}", "policy.hours.days.0: Input should be less than or"),
        ("policy:\n  hours: Mon 9", "line 2, column 3: policy.hours: Mon 9 is not a time when"),
        ("policy:\n  quiet: [2026-10-30 to 2026-10-26]", "2026-10-26 is before 2026-10-30"),
        ("policy:\n  escalation: [{to: boss, before: 1}]", "policy.escalation.0.to: Input should"),
    ],
)
def test_a_mistake_in_a_rules_file_is_named_at_its_place(text: str, said: str) -> None:
    """File, line and column, and what would be right."""
    assert said in refusal(text)


def test_the_policy_of_a_file_is_read_beside_the_rule_that_stands() -> None:
    """A file without a rule, or with the same, chooses the policy alone."""
    for rule in ("", "rule: within-one-by-agency\n"):
        policy = read_policy(f"{rule}policy:\n  working_days: 15", "rules.yaml", by_agency())
        assert policy == usual_but(working_days=15)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("rule: within-one-by-agency\npolicy: {}", r"\(within-one\) in name, weights\."),
        ("rule: {rounds: 3}\npolicy: {}", r"\(within-one\) in rounds\. How agreement is measured"),
        ("rule: within-one", "rules.yaml has no policy"),
    ],
)
def test_a_rule_cannot_be_chosen_again(text: str, said: str) -> None:
    """What was fixed before anyone answered stays; which part differs is said."""
    with pytest.raises(Refused, match=said):
        read_policy(text, "rules.yaml", usual().rule)


PARTS = [*usual().policy.model_dump(), "rule", "nonsense"]
WRITTEN = (
    "Mon-Fri",
    "10:00",
    "25:00",
    "10:00Z",
    "2 hours",
    "0 hours",
    "-PT1H",
    "2026-10-26",
    "web",
)
cells = st.one_of(st.none(), st.booleans(), st.integers(-3, 200), st.floats())
parts = st.recursive(
    cells | st.sampled_from(WRITTEN),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["to", "before", "days", "start"]), inner, max_size=2)
    ),
    max_leaves=4,
)


@given(st.dictionaries(st.sampled_from(PARTS), parts, max_size=3))
def test_any_policy_is_read_out_or_refused(policy: dict[str, Any]) -> None:
    """Never a traceback, whatever somebody writes."""
    with suppress(Refused):
        assert list(say_policy(read_rules(json.dumps({"policy": policy}), "rules.yaml").policy))


def test_a_policy_is_read_out_in_sentences() -> None:
    """All that it says of the rounds to come."""
    quiet = Days.model_validate("2026-10-26 to 2026-10-30")
    said = list(say_policy(usual_but(quiet=(quiet,))))
    assert "7 working days, 3 working days and 1 working day before the deadline" in said[1]
    assert "Nobody is chased from Monday 26 October 2026 to Friday 30 October 2026." in said
    assert said[-1] == "Sign-off after it may take 10 working days."


def test_a_policy_without_anything_says_so() -> None:
    """Nobody is reminded; nothing is shown."""
    bare = usual_but(reminders=(), escalation=(), fallback="none", shown="nothing")
    said = list(say_policy(bare))
    assert "Nobody is reminded by the clock." in said
    assert "A later round shows nothing of the others." in said
