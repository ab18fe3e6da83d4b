"""What is supposed, and what would come of it, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ehsg_events.values.policy import Rule
from projections.figures.agreement import count, figure


def say_supposed(own: Rule, rule: Rule | None, without: Sequence[str], *, blind_only: bool) -> str:
    """What is supposed instead of what is so, as the beginning of a sentence."""
    parts = [*_other_numbers(own, rule or own)]
    parts += [f"without {' and '.join(without)}"] if without else []
    parts += ["by the answers given knowing nothing of how others answer"] if blind_only else []
    return ", ".join(parts) or f"under the rule {own.name}, as it is"


def _other_numbers(own: Rule, rule: Rule) -> Iterator[str]:
    if own.weights != rule.weights:
        unit = "agency" if rule.weights == "agencies" else "person"
        yield f"with every {unit} counting once"
    for name in MEASURES:
        here, there = getattr(own, name), getattr(rule, name)
        if here != there:
            yield f"with {name} {figure(there)} instead of {figure(here)}"


MEASURES = (
    "agreed_share",
    "camp_share",
    "minority_share",
    "quorum_scores",
    "quorum_invited",
    "quorum_agencies",
)


def say_what_if(
    supposed: str,
    descriptors: int,
    differing: int,
    *,
    verdicts: int,
    middles: int,
    adopts: int,
    would_adopt: int,
) -> str:
    """What would come of it, in one sentence."""
    every = count(descriptors, "descriptor")
    begin = supposed[0].upper() + supposed[1:]
    if not differing:
        return f"{begin}: all {every} would stand as they do."
    return (
        f"{begin}: {differing} of {every} would stand otherwise, {verdicts} by verdict and {middles} "
        f"by middle score; the rule would adopt {would_adopt} of them, against {adopts} as it is."
    )
