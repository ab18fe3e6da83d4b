"""How the rounds to come are timed is chosen."""

from __future__ import annotations

from typing import Annotated

from bots.operations.form import Asked, Form, Upload
from bots.operations.operation import Doing, Done, Operation
from bots.operations.policy_status import policy_stands
from ehsg_events.commands import planning
from ehsg_events.policy.rules_file import read_policy


class Choice(Form):
    """The policy, as a file."""

    file: Annotated[
        Upload,
        Asked("YAML, with a policy; the rule stays as it is.", example="policy.yaml", first=True),
    ]


def do(doing: Doing, form: Choice) -> Done:
    """Choose it for the rounds to come; the newest one keeps its own."""
    rule = doing.log.assessment(doing.assessment).rule
    policy = read_policy(form.file.text(), form.file.name, rule)
    planning.choose_policy(doing.log, doing.stamp, doing.assessment, policy)
    return policy_stands(doing.log, doing.assessment, doing.stamp.at)


OPERATION = Operation(
    "policy choose",
    "Choose how the rounds to come are timed; one that is open keeps its own.",
    Choice,
    do,
)
