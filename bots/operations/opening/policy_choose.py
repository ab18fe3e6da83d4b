"""How the rounds to come are timed is chosen."""

from __future__ import annotations

from typing import Annotated

from bots.operations.form import Asked, Upload
from bots.operations.opening.terms_fields import (
    OfTimes,
    fields_of_times,
    policy_of,
    refuse_unless_one_way,
)
from bots.operations.operation import Doing, Done, Operation
from bots.operations.policy_status import policy_stands
from ehsg_events.commands import planning
from ehsg_events.policy.rules_file import read_policy
from ehsg_events.states.assessment import Assessment
from ehsg_events.values.policy import Policy


class Choice(OfTimes):
    """The answers to the questions, or a file instead."""

    file: Annotated[
        Upload | None,
        Asked(
            "YAML: a policy, instead of the rest; what it leaves out is as usual, and the rule stays.",
            example="policy.yaml",
            first=True,
        ),
    ] = None


def do(doing: Doing, form: Choice) -> Done:
    """Choose it for the rounds to come; the newest one keeps its own."""
    policy = _policy(form, doing.log.assessment(doing.assessment))
    planning.choose_policy(doing.log, doing.stamp, doing.assessment, policy)
    return policy_stands(doing.log, doing.assessment, doing.stamp.at)


def _policy(form: Choice, state: Assessment) -> Policy:
    refuse_unless_one_way(form, form.file, fields_of_times(state.policy))
    if form.file is not None:
        return read_policy(form.file.text(), form.file.name, state.rule)
    return policy_of(form, state.policy)


OPERATION = Operation(
    "policy choose",
    "Choose how the rounds to come are timed; one that is open keeps its own.",
    Choice,
    do,
)
