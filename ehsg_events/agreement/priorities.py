"""Which descriptors to work on next: the choice, and how it departs from the guide's rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from ehsg_events.agreement.alternatives import covered_by
from ehsg_events.events import PrioritiesChosen
from ehsg_events.kernel import Refused
from ehsg_events.states.assessment import Assessment, AssessmentFact, refuse_if_signed_off
from ehsg_events.states.outcome import Outcome, see_guide
from guides.model import Guide
from guides.terms import Quota


def choose_priorities(
    state: Assessment, guide: Guide, items: Sequence[str], data_model: int | None
) -> tuple[AssessmentFact, ...]:
    """Choose the descriptors to work on next; the guide's rule warns, it does not block."""
    refuse_if_signed_off(state)
    unknown = [item for item in items if item not in guide.descriptors]
    if unknown:
        raise Refused(
            f"{guide.id} has no descriptor {', '.join(unknown)}.", see_guide(guide), field="items"
        )
    twice = [item for item, times in Counter(items).items() if times > 1]
    if twice:
        raise Refused(
            f"{', '.join(twice)} is there twice. Choose different descriptors.", field="items"
        )
    models = {model.level for model in guide.data_models}
    if data_model is not None and data_model not in models:
        raise Refused(
            f"{guide.id} knows the data models {_span(models)}, not {data_model}."
            if models
            else f"{guide.id} has no data models. Leave the data model out.",
            field="data_model",
        )
    warnings = tuple(selection_warnings(guide, items, data_model))
    chosen = PrioritiesChosen(items=tuple(items), data_model=data_model, warnings=warnings)
    return () if chosen == state.priorities else (chosen,)


def selection_warnings(guide: Guide, items: Sequence[str], data_model: int | None) -> list[str]:
    """How a choice departs from the guide's selection rule, in sentences."""
    rule = guide.selection
    if rule is None:
        return []
    warnings = []
    if len(items) != rule.count:
        are = "is" if len(items) == 1 else "are"
        warnings.append(f"The guide asks for {rule.count} descriptors; {len(items)} {are} chosen.")
    if data_model is None:
        warnings.append("The data model is not given, so the choice cannot be checked.")
        return warnings
    quota = next(q for q in rule.quotas if q.data_model_min <= data_model <= q.data_model_max)
    kinds = Counter(guide.section_of(item).kind for item in items)
    if any(kinds[kind] != count for kind, count in quota.counts.items()):
        warnings.append(f"For data model {data_model} the guide asks for {_counts(quota)}.")
    return warnings


def not_needed(
    guide: Guide, items: Sequence[str], outcomes: Mapping[str, Outcome]
) -> Iterator[str]:
    """Warn of what is chosen though an alternative makes up for it, as the outcomes stand."""
    covered = covered_by(guide, {item: outcome.score for item, outcome in outcomes.items()})
    for item in items:
        if item in covered:
            yield (
                f"{item} is covered by its alternative {covered[item]}, so its low score is no "
                f"weakness. It is chosen all the same."
            )


def _counts(quota: Quota) -> str:
    return " and ".join(f"{count} {kind}" for kind, count in quota.counts.items())


def _span(levels: set[int]) -> str:
    return f"{min(levels)} to {max(levels)}"
