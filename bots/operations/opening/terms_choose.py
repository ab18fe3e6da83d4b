"""The terms of an assessment are chosen, before anybody is asked."""

from __future__ import annotations

from typing import Annotated

from bots.operations.form import Asked, Upload
from bots.operations.opening.terms_fields import Answers, fields_of, refuse_unless_one_way, terms_of
from bots.operations.operation import Doing, Done, Operation
from bots.operations.policy_status import meaning_here
from ehsg_events.commands.opening import terms as command
from ehsg_events.events import StakeholderAdded
from ehsg_events.log.published_guides import guide_of
from ehsg_events.panel.coverage import panel_warnings
from ehsg_events.policy.policy_sentences import say_policy, say_rule
from ehsg_events.policy.rules_file import read_rules
from ehsg_events.states.assessment import Assessment
from ehsg_events.values.policy import Terms


class Choice(Answers):
    """The answers to the questions, or a file instead."""

    file: Annotated[
        Upload | None,
        Asked(
            "YAML: rule and policy, instead of the rest; what it leaves out is as usual.",
            example="terms.yaml",
            first=True,
        ),
    ] = None


def do(doing: Doing, form: Choice) -> Done:
    """Choose them; what is not answered stays, what a file leaves out is as usual."""
    log, where = doing.log, doing.assessment
    command.choose_terms(log, doing.stamp, where, _terms(form, log.assessment(where)))
    state = log.assessment(where)
    sentences = [say_rule(state.rule), *say_policy(state.policy)]
    means = meaning_here(log, where, doing.stamp.at)
    warnings = list(panel_warnings(guide_of(state, doing.folder), _asked(state), state.rule))
    document = {
        "assessment": str(where),
        "rule": state.rule.model_dump(mode="json"),
        "policy": state.policy.model_dump(mode="json"),
        "sentences": sentences,
        "means": means,
        "warnings": warnings,
    }
    return Done(
        "The rules are chosen.", document, warnings, "\n".join([*sentences, *means.values()])
    )


def _terms(form: Choice, state: Assessment) -> Terms:
    stands = Terms(rule=state.rule, policy=state.policy)
    refuse_unless_one_way(form, form.file, fields_of(stands))
    if form.file is not None:
        return read_rules(form.file.text(), form.file.name)
    return terms_of(form, stands)


def _asked(state: Assessment) -> list[StakeholderAdded]:
    return [member for person, member in state.panel.items() if person not in state.released]


OPERATION = Operation(
    "terms choose",
    "Choose how agreement is measured and how rounds are timed, before the first round opens.",
    Choice,
    do,
)
