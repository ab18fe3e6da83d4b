"""Importing a published form onto the log, whole or not at all, and reading it back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from ehsg_events.events import SubmissionImported
from ehsg_events.kernel import Refused, Stamp, Way
from ehsg_events.log.log import Log
from ehsg_events.log.published_guides import published
from ehsg_events.log.transaction import Transaction
from ehsg_events.states import submission as submissions
from ehsg_events.states.streams import submission_stream
from ehsg_events.states.submission import Form, Heading, Submission, same_file, submission_id
from guides.model import Guide

FORM = "form"  # stands for a person: the words are nobody's, so one key seals a whole form


def import_submission(
    log: Log,
    stamp: Stamp,
    area: str,
    year: int,
    guide: str,
    form: Form,
    content: bytes,
    *,
    anyway: bool = False,
) -> int:
    """Import a form as what an area handed in for a year.

    Args:
        content: the bytes of the file, by which it is known when it comes again.
        anyway: whether it is taken though something in it was not read.

    Returns:
        The version that stands; importing the same file again adds none.

    Raises:
        Refused: the form does not fit the guide, or was not read whole; nothing was recorded.
    """
    if not area.strip():
        raise Refused("A submission needs the name of its area, such as Northvale.", field="area")
    opened = published(guide, log.folder)
    submissions.refuse_unless_sound(opened.guide, form)
    if not anyway:
        submissions.refuse_loss(form)
    new = SubmissionImported(
        area=" ".join(area.split()),
        year=year,
        guide=guide,
        guide_digest=opened.digest,
        layout=form.layout,
        anyway=bool(form.lost),
    )
    log.record(stamp, lambda tx: _keep(tx, new, opened.guide, form, content))
    return stands(log, area, year).version


def _keep(
    tx: Transaction, read: SubmissionImported, guide: Guide, form: Form, content: bytes
) -> None:
    stream = submission_stream(submission_id(read.area, read.year))
    state = tx.read(stream)
    keyed = tx.log.vault.keyed_digest(content, stream, FORM)
    new = read.model_copy(update={"keyed_digest": keyed})
    if state and same_file(state.imported, new, hashlib.sha256(content).hexdigest()):
        return
    sealed = {
        (printed.item, box): [tx.seal(text, stream, FORM) for text in texts]
        for printed in form.printed
        for box, texts in printed.entries.items()
    }
    beside = "\n".join((*form.lost, *form.removed))
    kept = new.model_copy(
        update={
            "left_out": tx.seal(beside, stream, FORM) if beside else None,
            "template": tx.seal(form.template, stream, FORM) if form.template else None,
        }
    )
    tx.decide(stream, *submissions.import_form(kept, guide, form, sealed))


def guide_of(submission: Submission, folder: Path) -> Guide:
    """The guide with which a submission was read, as it was published then.

    Raises:
        Refused: the published file does not have the recorded digest.
    """
    opened = published(submission.imported.guide, folder)
    if opened.digest != submission.imported.guide_digest:
        raise Refused(
            f"{submission.imported.guide} is not the guide this submission was read with. "
            f"Restore the published file."
        )
    return opened.guide


def stands(log: Log, area: str, year: int) -> Submission:
    """The submission of an area for a year, as it stands.

    Raises:
        Refused: nothing was imported for that area and year.
    """
    state = log.states.fold(submission_stream(submission_id(area, year)))[1]
    if state is None:
        known = (
            ", ".join(f"{submission.area} {submission.year}" for submission in imported(log))
            or "none"
        )
        raise Refused(
            f"No submission of {area} for {year} is on the log (there are: {known}).",
            Way("submission import", "bring one in", {"area": area, "year": str(year)}),
        )
    return state


def entries(log: Log, submission: Submission) -> dict[tuple[str, str], list[str | None]]:
    """The words of every entry and heading, by item and field, in order; none where forgotten."""
    texts: dict[tuple[str, str], list[str | None]] = {}
    for note in submission.notes:
        text = log.text(note.words)
        own = texts.setdefault((note.item, note.field), [])
        own.append(Heading(text) if note.heading and text is not None else text)
    return texts


def template(log: Log, area: str, guide: str) -> bytes | None:
    """The newest form of an area that was handed in as a document others can be filled into.

    Args:
        guide: the guide it has to be a form of.
    """
    own = {submission_id(area, form.year) for form in imported(log)}
    kept = [
        recorded.fact.template
        for recorded in log.all(topics=(SubmissionImported.TOPIC,))
        if isinstance(recorded.fact, SubmissionImported)
        and recorded.stream.assessment in own
        and recorded.fact.guide == guide
        and recorded.fact.template is not None
    ]
    return log.content(kept[-1]) if kept else None


def imported(log: Log) -> Iterator[SubmissionImported]:
    """Every area and year with an imported submission: the first import of each, oldest first."""
    seen: set[UUID] = set()
    for recorded in log.all(topics=(SubmissionImported.TOPIC,)):
        assert isinstance(recorded.fact, SubmissionImported)
        if recorded.stream.assessment not in seen:
            seen.add(recorded.stream.assessment)
            yield recorded.fact
