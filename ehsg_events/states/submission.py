"""What an area handed in elsewhere, kept as its form prints it; the newest version stands."""

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

SHOWN = 6  # places that a refusal names one by one
LONG = 40  # letters of an unreadable score that a refusal shows

SubmissionFact = (
    SubmissionImported | DescriptorImported | NoteImported | ChoicesImported | PermissionImported
)


class Heading(str):
    """A heading among the entries of a field, above those that follow it."""

    __slots__ = ()


@dataclass(frozen=True)
class Printed:
    """One descriptor as a form prints it.

    Args:
        where: its place in the form, for a refusal, such as "line 45".
        score: as printed; none where the form is blank.
        entries: by field of the guide, one for each bullet, paragraph or heading.
    """

    item: str
    where: str
    score: str | None = None
    entries: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    score_where: str | None = None


@dataclass(frozen=True)
class Form:
    """All that one form says; what it leaves blank is none or missing, never a zero or a no.

    Args:
        lost: a sentence for each place whose words were not read, or may be in the wrong field.
        mixed: a sentence for each place that shows that its lines are in another order than printed.
        removed: every line that was read as no answer, with its place.
        joined: the words that were broken at line ends and put together again.
        doubts: the lines of which nothing shows whether they begin a paragraph.
        template: the file itself, if the next form can be filled into it.
    """

    layout: Layout
    printed: tuple[Printed, ...]
    data_model: int | None = None
    data_model_changed: bool | None = None
    priorities: tuple[str, ...] = ()
    permissions: Mapping[str, bool] = field(default_factory=dict)
    lost: tuple[str, ...] = ()
    mixed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    template: bytes | None = None


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
    """The id of an area's submission for a year; capitals and spaces in the name do not matter."""
    return uuid5(NAMESPACE_URL, f"submission/{' '.join(area.split()).casefold()}/{year}")


def evolve(state: Submission | None, fact: SubmissionFact) -> Submission:
    """Fold one fact into the state; each import starts a new version from nothing."""
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


def same_file(known: SubmissionImported, new: SubmissionImported, plain_digest: str) -> bool:
    """Whether two imports read the same bytes with the same guide.

    Args:
        plain_digest: of the new file, to compare with an import of an earlier release.
    """
    if known.guide_digest != new.guide_digest:
        return False
    return known.file_digest == plain_digest or known.keyed_digest == new.keyed_digest


def import_form(
    imported: SubmissionImported,
    guide: Guide,
    form: Form,
    sealed: Mapping[tuple[str, str], Sequence[Words]],
) -> tuple[SubmissionFact, ...]:
    """Import a form as the version that stands from now on.

    Args:
        imported: the file, the area and the year it is for.
        sealed: the sealed words of every entry, by item and field, in the form's order.
    """
    chosen = ChoicesImported(
        items=form.priorities,
        data_model=form.data_model,
        data_model_changed=form.data_model_changed,
    )
    return (
        imported,
        *(descriptor(guide, printed) for printed in form.printed),
        *(
            NoteImported(
                item=printed.item, field=box, words=words, heading=isinstance(text, Heading)
            )
            for printed in form.printed
            for box, texts in printed.entries.items()
            for text, words in zip(texts, sealed[printed.item, box], strict=True)
        ),
        chosen,
        *(
            PermissionImported(permission=permission, granted=granted)
            for permission, granted in form.permissions.items()
        ),
    )


def refuse_unless_sound(guide: Guide, form: Form) -> None:
    """Refuse a form that does not fit its guide, or whose scores are doubtful; say in which line."""
    if not any(printed.score or printed.entries for printed in form.printed):
        refuse_loss(form)
        raise Refused(
            f"No descriptor of {guide.id} was found in it. Is it a form of this guide, as text?"
        )
    for printed in form.printed:
        descriptor(guide, printed)
        _refuse_unknown_fields(guide, printed)
        _refuse_astray_score(guide, printed)
    times = Counter(printed.item for printed in form.printed)
    for printed in reversed(form.printed):
        if times[printed.item] > 1:
            raise Refused(
                f"{printed.where}: {printed.item} is there twice. Keep one of the two in the file."
            )
    _refuse_mixed(form)
    _refuse_wrong_choices(guide, form)


def refuse_loss(form: Form) -> None:
    """Refuse a form if something in it was not read, or may be in the wrong place."""
    if form.lost:
        raise Refused(
            f"{_places(form.lost)}Put it right in the file, or hand in the document that it was "
            f"made from. It can also be taken anyway; then what is named here is left out and "
            f"listed.",
            field="anyway",
        )


def _refuse_mixed(form: Form) -> None:
    """Refuse a form whose lines are mixed up: a score might be read as another descriptor's."""
    if form.mixed:
        raise Refused(
            f"{_places(form.mixed)}Its lines are in another order than they were printed in. Hand in "
            f"the document itself, as DOCX or PDF."
        )


def _places(sentences: Sequence[str]) -> str:
    more = len(sentences) - SHOWN
    shown = [*sentences[:SHOWN], *[f"… and {more} more places like these."] * (more > 0)]
    lines = "\n".join(shown)
    return f"Not everything in the form could be read:\n{lines}\nNothing was kept. "


def _refuse_astray_score(guide: Guide, printed: Printed) -> None:
    """Refuse words that begin with a bare level where the score is missing: it is in their box."""
    if printed.score is not None:
        return
    levels = {level.value for level in guide.scale_of(printed.item).levels}
    for texts in printed.entries.values():
        if texts and texts[0].strip(" .:*()") in levels:
            raise Refused(
                f"{printed.where}: {printed.item} has no score, but its words begin with "
                f"“{texts[0].strip()}”, which could be it. Put it where the score belongs, or say in "
                f"words what it means."
            )


def descriptor(guide: Guide, printed: Printed) -> DescriptorImported:
    """A printed descriptor as a fact.

    Raises:
        Refused: the guide has no such descriptor, or its scale no such level.
    """
    if printed.item not in guide.descriptors:
        raise Refused(
            f"{printed.where}: {guide.id} has no descriptor {printed.item}. Is the form of another "
            f"guide?",
            see_guide(guide),
            field="guide",
        )
    if printed.score is None:
        return DescriptorImported(item=printed.item, level=None, score=None)
    level = _level(guide, printed)
    return DescriptorImported(item=printed.item, level=level.value, score=level.score)


def _level(guide: Guide, printed: Printed) -> Level:
    levels = guide.scale_of(printed.item).levels
    level = next((level for level in levels if level.value == printed.score), None)
    if level is None:
        printed_score = str(printed.score)
        cut = printed_score if len(printed_score) <= LONG else f"{printed_score[:LONG].rstrip()} …"
        raise Refused(
            f"{printed.score_where or printed.where}: {printed.item} takes {levels[0].value} to "
            f"{levels[-1].value}, not {cut}. Put it right in the file, or leave it blank."
        )
    return level


def _refuse_unknown_fields(guide: Guide, printed: Printed) -> None:
    known = [box.id for box in guide.section_of(printed.item).fields]
    for box in printed.entries:
        if box not in known:
            raise Refused(
                f"{printed.where}: {printed.item} has no field {box}, only {', '.join(known)}."
            )


def _refuse_wrong_choices(guide: Guide, form: Form) -> None:
    unknown = [item for item in form.priorities if item not in guide.descriptors]
    if unknown:
        raise Refused(f"{guide.id} has no descriptor {', '.join(unknown)} to be chosen.")
    models = [model.level for model in guide.data_models]
    if form.data_model is not None and form.data_model not in models:
        raise Refused(f"{guide.id} knows no data model {form.data_model}, only {models}.")
    strange = set(form.permissions) - {permission.id for permission in guide.permissions}
    if strange:
        raise Refused(f"{guide.id} has no permission called {', '.join(sorted(strange))}.")
