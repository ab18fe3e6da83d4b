"""The rules file: the rule and policy a coordinator chooses, read and checked before use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import isclose
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from ehsg_events.kernel import Refused
from ehsg_events.policy.contradictions import contradictions, impossible, tells_on_people
from ehsg_events.values.policy import Policy, Rule, Step, Terms

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from guides.yaml_text import Page

GUIDANCE = "docs/coordinator.md"  # where every part of a rules file is shown
THIS = {"name", "rounds", "stop"}  # may differ under a rule's name, as they are printed beside it
PLAINER = {  # our words for some of pydantic's errors, by their type
    "extra_forbidden": "there is no such word here",
    "model_type": "write its parts beneath it, one on a line",
}


def usual() -> Terms:
    """The terms of a new assessment, for all that its coordinator did not choose."""
    ladder = (Step(to="backup", before=2), Step(to="coordinator", before=1))
    return Terms(
        rule=Rule(stop="settled-stable-or-limit"),
        policy=Policy(
            escalation=ladder,
            fallback="mail",
            only_who_matters=True,
            shown="figures-and-reasons",
            moderation_working_days=10,
            sign_off_working_days=10,
            destroyed="by-itself",
        ),
    )


def by_agency() -> Rule:
    """The usual rule, but each agency counts once."""
    return usual().rule.model_copy(update={"name": "within-one-by-agency", "weights": "agencies"})


def named_rules() -> dict[str, Rule]:
    """The rules that have a name of their own."""
    return {rule.name: rule for rule in (usual().rule, by_agency())}


def read_rules(text: str, file: str) -> Terms:
    """Read a rules file: a named rule or its parts, and the policy; what is left out is as usual.

    Raises:
        Refused: the file is not YAML, says something no rule has, or contradicts itself.
    """
    _, terms = _read(text, file)
    return terms


def read_policy(text: str, file: str, rule: Rule) -> Policy:
    """Read the policy of the rounds to come from a rules file; what it leaves out is as usual.

    Args:
        rule: how this assessment measures agreement; it cannot change any more.

    Raises:
        Refused: as `read_rules`, or the file has no policy, or another rule.
    """
    given, terms = _read(text, file)
    if "policy" not in given:
        raise Refused(f"{file} has no policy. {GUIDANCE} shows what stands under `policy:`.")
    known, named = rule.model_dump(), terms.rule.model_dump()
    other = [part for part in known if not _same({part: known[part]}, named)]
    if "rule" in given and other:
        raise Refused(
            f"{file}: its rule differs from this assessment's ({rule.name}) in "
            f"{', '.join(other)}. How agreement is measured was fixed before anyone answered, and "
            f"stays. Leave `rule:` out of the file, or open another assessment with it."
        )
    return terms.policy


def read_rule(text: str, file: str) -> Rule:
    """Read a rule from a rules file; what it leaves out is as usual.

    Raises:
        Refused: as `read_rules`, or the file has no rule.
    """
    given, terms = _read(text, file)
    if "rule" not in given:
        raise Refused(f"{file} has no rule. {GUIDANCE} shows what stands under `rule:`.")
    return terms.rule


def _read(text: str, file: str) -> tuple[dict[str, Any], Terms]:
    """A file's own content, and its terms once what it leaves out is filled in as usual."""
    page = _page(text, file)
    terms = _terms(page, file)
    wrong = [
        *_borrowed_name(terms.rule),
        *impossible(terms.rule),
        *tells_on_people(terms.rule),
        *contradictions(terms.policy),
    ]
    if wrong:
        raise Refused("\n".join(f"{file}: {sentence}" for sentence in wrong))
    return page.content, terms


def _borrowed_name(rule: Rule) -> Iterator[str]:
    """A blank name, or a known rule's name on other numbers; figures are printed with the name."""
    known = named_rules().get(rule.name)
    if not rule.name.strip():
        yield "The rule has no name. It is printed beside every figure: give it one."
    if known and not _same(known.model_dump(exclude=THIS), rule.model_dump(exclude=THIS)):
        yield (
            f"The rule called {rule.name} has other numbers than the one known by that name. Give "
            f"yours a name of its own, such as {rule.name}-here."
        )


def _same(parts: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two rules are equal; floats only nearly, since nobody can write out two thirds."""
    return all(
        isclose(value, other[name], abs_tol=1e-4)
        if isinstance(value, float)
        else value == other[name]
        for name, value in parts.items()
    )


def _page(text: str, file: str) -> Page:
    from guides.yaml_text import Unreadable, read_page  # slow to load, and needed here alone

    try:
        page = read_page(text)
    except Unreadable as mistake:
        position = mistake.place
        where = f", line {position.line}, column {position.column}" if position else ""
        raise Refused(f"{file}{where}: {mistake.what}.") from None
    if not isinstance(page.content, dict):
        raise Refused(f"{file} says neither `rule:` nor `policy:`. {GUIDANCE} shows both.")
    return page


def _terms(page: Page, file: str) -> Terms:
    try:
        return Terms.model_validate({**page.content, **_with_the_usual(page.content, file)})
    except ValidationError as invalid:
        mistakes = {_say_mistake(page, file, error): None for error in invalid.errors()}
        raise Refused("\n".join([*mistakes, f"{GUIDANCE} shows every rule and policy."])) from None


def _say_mistake(page: Page, file: str, mistake: ErrorDetails) -> str:
    """A mistake with the line and column of its key, or of the nearest key above it."""
    path = mistake["loc"]
    prefixes = [path[:many] for many in range(len(path), -1, -1)]
    at = next(prefix for prefix in prefixes if prefix in page.keys or prefix in page.values)
    line, column = page.keys.get(at) or page.values[at]
    where = f"{file}, line {line}, column {column}"
    what = PLAINER.get(mistake["type"], mistake["msg"].removeprefix("Value error, "))
    if "timedelta" in path or ("int" in path and "reminders" in path):
        what = "write working days as a number, or a span such as 2 hours"
    return f"{where}: {'.'.join(map(str, at)) or 'the file'}: {what.removesuffix('.')}."


def _with_the_usual(content: dict[str, Any], file: str) -> dict[str, Any]:
    """The content with all that it leaves out as usual; a rule may be given by its name alone."""
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


def other_rule(rule: Rule, parts: Mapping[str, object]) -> Rule:
    """A rule with other numbers in some of its parts, under a name of its own.

    Raises:
        Refused: no rule has such a number, or nobody would call it agreed.
    """
    if not parts:
        return rule
    try:
        other = Rule.model_validate({**dict(rule), **parts, "name": f"{rule.name}, supposed"})
    except ValidationError as invalid:
        errors = (f"{error['loc'][0]}: {error['msg']}" for error in invalid.errors())
        raise Refused(f"{'. '.join(errors)}. {GUIDANCE} shows every part of a rule.") from None
    if wrong := [*impossible(other)]:
        raise Refused("\n".join(wrong))
    return other
