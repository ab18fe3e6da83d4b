"""What a guide says of itself, beside its questions, for whoever reads it: chapter by chapter.

Every field that is no part of a question is said here, so that nobody writes one that is never read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from guides.model import Guide
from guides.terms import Permission, Quota, Selection


class Chapter(NamedTuple):
    """A heading, and the paragraphs or points under it."""

    title: str
    lines: tuple[str, ...]


def chapters(guide: Guide) -> list[Chapter]:
    """Everything a guide says of itself, without the chapters that it leaves empty."""
    every = (
        Chapter("What is meant", _filled(guide.definition)),
        Chapter("How it is to be answered", _filled(guide.instruction)),
        Chapter("Whom it is for", guide.target_groups),
        *_services(guide),
        *_vision(guide),
        Chapter("How ready the data is", tuple(_models(guide))),
        Chapter("What is to be worked on first", tuple(_selection(guide.selection))),
        Chapter("Minimum scores", tuple(_thresholds(guide))),
        Chapter("What may be shared", tuple(map(_permission, guide.permissions))),
        Chapter("What is done with it", guide.central_use),
        Chapter("What is missing from this guide", guide.missing),
    )
    return [chapter for chapter in every if chapter.lines]


def _filled(*texts: str) -> tuple[str, ...]:
    return tuple(text for text in texts if text)


def _services(guide: Guide) -> Iterator[Chapter]:
    for kind in guide.service_types:
        yield Chapter(f"Services: {kind.title}", kind.members)


def _vision(guide: Guide) -> Iterator[Chapter]:
    for part in guide.vision:
        yield Chapter(f"What good looks like: {part.section}", part.statements)


def _models(guide: Guide) -> Iterator[str]:
    for model in guide.data_models:
        yield f"{model.level} {model.name}: {model.text}"


def _selection(rule: Selection | None) -> Iterator[str]:
    if rule is None:
        return
    yield f"{rule.duty} ({rule.count} in all)"
    yield from map(_quota, rule.quotas)
    yield from _filled(rule.afterwards)
    yield from (f"Open: {point}" for point in rule.open_points)


def _quota(quota: Quota) -> str:
    counts = ", ".join(f"{count} of kind {kind}" for kind, count in quota.counts.items())
    span = f"data models {quota.data_model_min} to {quota.data_model_max}"
    return f"{quota.text} ({span}: {counts})"


def _thresholds(guide: Guide) -> Iterator[str]:
    if guide.thresholds is None:
        return
    yield f"{guide.thresholds.title}: {guide.thresholds.status}. {guide.thresholds.rule}"
    for criterion in guide.thresholds.criteria:
        yield f"{criterion.item}: at least {criterion.minimum}"


def _permission(permission: Permission) -> str:
    """A question on sharing, with whom and what it is about."""
    asks = {"acknowledge": "to be acknowledged", "confirm": "to be confirmed"}[permission.kind]
    shared = ", ".join(map(_spaced, permission.scope)) or "nothing"
    kept = ", ".join(map(_spaced, permission.excludes))
    without = f"; without {kept}" if kept else ""
    return f"{permission.text} ({permission.id}, {asks}; with {permission.recipient}: {shared}{without})"


def _spaced(word: str) -> str:
    return word.replace("_", " ")
