"""Bringing a published form onto the log, whole or not at all, and reading it back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from uuid import UUID

from ehsg_events import submission as submissions
from ehsg_events.application import Log, Pen
from ehsg_events.events import SubmissionImported
from ehsg_events.kernel import Refused, Stamp, submission_stream
from ehsg_events.mapper import PlainMapper
from ehsg_events.submission import Form, Submission, same_file, submission_id
from guides import library
from guides.model import Guide

FORM = "form"  # whose words they are: nobody's, so one key seals a form


def import_submission(
    log: Log, stamp: Stamp, area: str, year: int, guide: str, form: Form, content: bytes
) -> int:
    """Keep a form as what an area handed in for a year.

    Args:
        content: the bytes of the file, for its digest.

    Returns:
        The version that stands; the same file again is the same version.

    Raises:
        Refused: the form does not fit the guide; nothing was recorded.
    """
    found = published(guide)
    if not area.strip():
        raise Refused("A submission needs the name of its area, such as --area Northvale.")
    submissions.refuse_unless_sound(found.guide, form)
    name = submission_id(area, year)
    stream = submission_stream(name)
    imported = SubmissionImported(
        area=" ".join(area.split()),
        year=year,
        guide=guide,
        guide_digest=found.digest,
        file_digest=hashlib.sha256(content).hexdigest(),
        layout=form.layout,
    )

    def decide(pen: Pen) -> None:
        state = pen.submission(name)
        if state is not None and same_file(state.imported, imported):
            return
        sealed = {
            (one.item, box): [pen.seal(text, stream, FORM) for text in entries]
            for one in form.printed
            for box, entries in one.entries.items()
        }
        facts = submissions.import_form(imported, found.guide, form, sealed)
        pen.decide(stream, *facts)

    log.record(stamp, decide)
    return stands(log, area, year).version


def published(guide: str) -> library.PublishedGuide:
    """A published guide by its name.

    Raises:
        Refused: nothing is published under this name, or its file was altered.
    """
    try:
        return library.guide(guide)
    except (library.UnknownGuide, library.AlteredGuide) as mistake:
        raise Refused(str(mistake)) from None


def guide_of(submission: Submission) -> Guide:
    """The guide a submission was read with, as it was published then.

    Raises:
        Refused: the published file has another digest than the one recorded.
    """
    found = published(submission.imported.guide)
    if found.digest != submission.imported.guide_digest:
        raise Refused(
            f"{submission.imported.guide} is not the guide this submission was read with. "
            f"Restore the published file."
        )
    return found.guide


def stands(log: Log, area: str, year: int) -> Submission:
    """What an area handed in for a year, as it stands.

    Raises:
        Refused: nothing was imported for that area and year.
    """
    state = log.folding.submission(submission_stream(submission_id(area, year)))[1]
    if state is None:
        known = ", ".join(f"{one.area} {one.year}" for one in imported(log)) or "none"
        raise Refused(
            f"No submission of {area} for {year} is on the log (there are: {known}). "
            f"`ehsg submission import FILE --area '{area}' --year {year}` brings one in."
        )
    return state


def entries(log: Log, submission: Submission) -> dict[tuple[str, str], list[str | None]]:
    """The words of every entry, by item and field, in the form's order; none where forgotten."""
    found: dict[tuple[str, str], list[str | None]] = {}
    for note in submission.notes:
        found.setdefault((note.item, note.field), []).append(log.read(note.words))
    return found


def imported(log: Log) -> Iterator[SubmissionImported]:
    """Every area and year of which a submission was imported, oldest first, each once."""
    seen: set[UUID] = set()
    topics = (SubmissionImported.TOPIC,)
    mapper = PlainMapper()
    for row in log.store.select_notifications(1, 1_000_000, topics=topics):
        recorded = mapper.read(row, row.id)
        assert isinstance(recorded.fact, SubmissionImported)
        if recorded.stream.assessment not in seen:
            seen.add(recorded.stream.assessment)
            yield recorded.fact
