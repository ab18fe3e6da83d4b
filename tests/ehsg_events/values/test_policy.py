"""Rule and policy: contradictions are refused before anyone is asked anything."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from ehsg_events.policy.rules_file import named_rules, usual
from ehsg_events.values.policy import Policy, Rule


@pytest.mark.parametrize(
    ("policy", "mistake"),
    [
        ({"reminders": (0,)}, "at least 1 working day before"),
        ({"reminders": (-3,)}, "at least 1 working day before"),
        ({"reminders": (3, 3)}, "the same reminder is there twice"),
        ({"reminders": (7, 5)}, "a round lasts only 5"),
        ({"working_days": 2, "reminders": (2,)}, "a round lasts only 2"),
        ({"zone": "Europe/Londn"}, "no time zone is Europe/Londn"),
        ({"zone": "../../etc/passwd"}, "no time zone is"),
        ({"zone": "Africa"}, "no time zone is"),
        ({"deadline_at": 1020}, "write a time in quotes"),
        ({"working_days": 0}, "greater than or equal to 1"),
        ({"reminder_cap": 6}, "less than or equal to 5"),
        ({"deadline": "17:00"}, "Extra inputs"),
    ],
)
def test_a_policy_that_contradicts_itself_is_refused(
    policy: dict[str, object], mistake: str
) -> None:
    """With what is wrong in words."""
    with pytest.raises(ValidationError, match=mistake):
        Policy.model_validate(policy)


def test_a_policy_without_reminders_is_a_policy() -> None:
    """Some partnerships ring people up."""
    assert Policy(reminders=()).reminders == ()


@pytest.mark.parametrize(
    "rule",
    [{"agreed_share": 0}, {"agreed_share": 1.01}, {"quorum_scores": 0}, {"rounds": 0}],
)
def test_a_rule_outside_its_bounds_is_refused(rule: dict[str, object]) -> None:
    """A share is above 0 and at most 1."""
    with pytest.raises(ValidationError):
        Rule.model_validate(rule)


def test_a_named_rule_is_found_by_the_name_it_prints() -> None:
    """Whoever reads a figure can look its rule up."""
    assert all(rule.name == name for name, rule in named_rules().items())
    assert usual().rule.name in named_rules()
