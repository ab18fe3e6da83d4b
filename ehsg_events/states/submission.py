"""What an area handed in elsewhere: read from its form, kept as printed, newest version standing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import assert_never
from uuid import NAMESPACE_URL, UUID, uuid5

from ehsg_events.events import (
    ChoicesImported,
    DescriptorImported,
    Layout,
    NoteImported,
    PermissionImported,
    SubmissionImported,
)
from ehsg_events.kernel import Refused, Words
from ehsg_events.states.outcome import see_guide
from guides.model import Guide, Level

SubmissionFact = (
    SubmissionImported | DescriptorImported | NoteImported | ChoicesImported | PermissionImported
)


class Heading(str):
    """A heading that stands among the entries of a field, over those that follow it."""

    __slots__ = ()


@dataclass(frozen=True)
class Printed:
    """One descriptor as a form prints it.

    Args:
        where: its place in the form, for a refusal, such as "line 45".
        score: as printed; none where the form is blank.
        entries: under each of the guide's fields, one for each bullet, paragraph or heading.
    """

    item: str
    where: str
    score: str | None = None
    entries: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    score_where: str | None = None


@dataclass(frozen=True)
class Form:
    """All that one form says; what it leaves blank is none or not there, never a zero or a no."""

    layout: Layout
    printed: tuple[Printed, ...]
    data_model: int | None = None
    data_model_changed: bool | None = None
    priorities: tuple[str, ...] = ()
    permissions: Mapping[str, bool] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class Submission:
    """What stands for one area and year: the newest version."""

    imported: SubmissionImported
    version: int = 1
    descriptors: Mapping[str, DescriptorImported] = field(default_factory=dict)
    notes: tuple[NoteImported, ...] = ()
    choices: ChoicesImported | None = None
    permissions: Mapping[str, bool] = field(default_factory=dict)


def submission_id(area: str, year: int) -> UUID:
    """The id of what an area handed in for a year; capitals and spaces in its name do not matter."""
    return uuid5(NAMESPACE_URL, f"submission/{' '.join(area.split()).casefold()}/{year}")


def evolve(state: Submission | None, fact: SubmissionFact) -> Submission:
    """Fold one fact into the state; an import starts afresh, the version before stays on the log."""
    if isinstance(fact, SubmissionImported):
        return Submission(fact, state.version + 1 if state else 1)
    assert state is not None, "a submission's first fact is that it was imported"
    match fact:
        case DescriptorImported():
            return replace(state, descriptors={**state.descriptors, fact.item: fact})
        case NoteImported():
            return replace(state, notes=(*state.notes, fact))
        case ChoicesImported():
            return replace(state, choices=fact)
        case PermissionImported():
            return replace(state, permissions={**state.permissions, fact.permission: fact.granted})
    assert_never(fact)


def same_file(one: SubmissionImported, other: SubmissionImported) -> bool:
    """Whether two imports read the same bytes with the same guide."""
    return (one.file_digest, one.guide_digest) == (other.file_digest, other.guide_digest)


def import_form(
    imported: SubmissionImported,
    guide: Guide,
    form: Form,
    sealed: Mapping[tuple[str, str], Sequence[Words]],
) -> tuple[SubmissionFact, ...]:
    """Keep a form as the version that stands from now on.

    Args:
        imported: the file, the area and the year it is for.
        sealed: the words of every entry, by item and field.
    """
    chosen = ChoicesImported(
        items=form.priorities,
        data_model=form.data_model,
        data_model_changed=form.data_model_changed,
    )
    return (
        imported,
        *(descriptor(guide, one) for one in form.printed),
        *(
            NoteImported(item=one.item, field=box, words=words, heading=isinstance(text, Heading))
            for one in form.printed
            for box, texts in one.entries.items()
            for text, words in zip(texts, sealed[one.item, box], strict=True)
        ),
        chosen,
        *(PermissionImported(permission=p, granted=g) for p, g in form.permissions.items()),
    )


def refuse_unless_sound(guide: Guide, form: Form) -> None:
    """Refuse a form that does not fit its guide, and say in which line."""
    if not any(one.score or one.entries for one in form.printed):
        raise Refused(
            f"No descriptor of {guide.id} was found in it. Is it a form of this guide, as text?"
        )
    for one in form.printed:
        descriptor(guide, one)
        _refuse_unknown_fields(guide, one)
    times = Counter(one.item for one in form.printed)
    for one in reversed(form.printed):
        if times[one.item] > 1:
            raise Refused(
                f"{one.where}: {one.item} is there twice. Keep one of the two in the file."
            )
    _refuse_wrong_choices(guide, form)


def descriptor(guide: Guide, one: Printed) -> DescriptorImported:
    """A printed descriptor as a fact.

    Raises:
        Refused: the guide has no such descriptor, or its scale no such level.
    """
    if one.item not in guide.descriptors:
        raise Refused(
            f"{one.where}: {guide.id} has no descriptor {one.item}. Is the form of another guide?",
            see_guide(guide),
            field="guide",
        )
    if one.score is None:
        return DescriptorImported(item=one.item, level=None, score=None)
    level = _level(guide, one)
    return DescriptorImported(item=one.item, level=level.value, score=level.score)


def _level(guide: Guide, one: Printed) -> Level:
    levels = guide.scale_of(one.item).levels
    found = next((level for level in levels if level.value == one.score), None)
    if found is None:
        raise Refused(
            f"{one.score_where or one.where}: {one.item} takes {levels[0].value} to "
            f"{levels[-1].value}, not {one.score}. Put it right in the file, or leave it blank."
        )
    return found


def _refuse_unknown_fields(guide: Guide, one: Printed) -> None:
    known = [box.id for box in guide.section_of(one.item).fields]
    for box in one.entries:
        if box not in known:
            raise Refused(f"{one.where}: {one.item} has no field {box}, only {', '.join(known)}.")


def _refuse_wrong_choices(guide: Guide, form: Form) -> None:
    unknown = [item for item in form.priorities if item not in guide.descriptors]
    if unknown:
        raise Refused(f"{guide.id} has no descriptor {', '.join(unknown)} to be chosen.")
    models = [model.level for model in guide.data_models]
    if form.data_model is not None and form.data_model not in models:
        raise Refused(f"{guide.id} knows no data model {form.data_model}, only {models}.")
    strange = set(form.permissions) - {one.id for one in guide.permissions}
    if strange:
        raise Refused(f"{guide.id} has no permission called {', '.join(sorted(strange))}.")
