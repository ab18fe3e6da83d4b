"""A rule that is only supposed: the one there is, with some of its numbers changed. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import ValidationError

from ehsg_events.kernel import Refused
from ehsg_events.policy.contradictions import impossible
from ehsg_events.values.rules import Rule


def other_rule(rule: Rule, parts: Mapping[str, object]) -> Rule:
    """A rule with other numbers in some of its parts, under a name of its own.

    Raises:
        Refused: no rule has such a number, or nobody would call it agreed.
    """
    if not parts:
        return rule
    try:
        found = Rule.model_validate({**dict(rule), **parts, "name": f"{rule.name}, supposed"})
    except ValidationError as mistake:
        said = (f"{one['loc'][0]}: {one['msg']}" for one in mistake.errors())
        raise Refused(f"{'. '.join(said)}. The README shows every part of a rule.") from None
    if wrong := [*impossible(found)]:
        raise Refused("\n".join(wrong))
    return found
