"""Every file that can be taken away: what it holds, for whom it is, and how it is made."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import NamedTuple

from bots.phrases.pages import downloads as phrases
from ehsg_events.events import Showing
from ehsg_events.kernel import Refused
from ehsg_events.log.published_guides import guide_of
from ehsg_events.panel.panel_line import COLUMNS
from ehsg_events.states.filled_in import table_of
from projections.access.audience import EVERYBODY, RUNS_IT, SINGLE_ANSWERS, Audience
from projections.facts.view import View

KINDS = {  # a file's ending: what a browser is told it is
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "yaml": "application/yaml",
    "json": "application/json",
    "pdf": "application/pdf",
    "zip": "application/zip",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class Made(NamedTuple):
    """A file's content, and whose words it holds."""

    content: bytes
    whose: frozenset[str] = frozenset()


class File(NamedTuple):
    """A file to take away.

    Args:
        group: what it belongs to.
        says: what it holds, and whether names are in it.
        roles: for whom it is.
        make: makes it from a view.
        showing: how it shows people's words, if it does.
        ready: whether there is one yet.
    """

    group: str
    says: str
    roles: frozenset[Audience]
    make: Callable[[View], Made]
    showing: Showing | None = None
    ready: Callable[[View], bool] = lambda _: True


def _report(form: str) -> Callable[[View], Made]:
    def make(view: View) -> Made:
        from projections.documents.formats import report_as

        return Made(report_as(view, form))

    return make


def _form(form: str) -> Callable[[View], Made]:
    def make(view: View) -> Made:
        from bots.forms.writing.written import write_form
        from ehsg_events.commands.submissions import template
        from projections.submissions.handed_in import document, handed_in

        year = next(at.year for found, at, _ in view.log.assessments() if found == view.assessment)
        submission = handed_in(view.log, view.state.area, year)
        own = template(view.log, view.state.area, submission.guide.id) if form == "docx" else None
        whole = document(view.log, submission).model_dump(mode="json")
        return Made(write_form(whole, submission.guide, form, own))

    return make


def _pack(view: View) -> Made:
    from ehsg_events.ledger.envelopes import enclosing
    from ehsg_events.ledger.sequencer import caught_up
    from projections.pack.pack import pack

    caught_up(view.log, datetime.now(UTC))
    enclose = None
    with suppress(Refused):  # a key that is damaged is for its operator, who is told where it lies
        enclose = enclosing(view.log)
    packed = pack(view, enclose)
    return Made(packed.content(), packed.whose)


def _is_signed_off(view: View) -> bool:
    return view.state.signed_off is not None


def _has_ledger(view: View) -> bool:
    from projections.access.checkpoints import newest_told

    return newest_told(view) is not None


def _checkpoint(view: View) -> Made:
    from ehsg_events.ledger.sequencer import caught_up
    from projections.access.checkpoints import newest_told

    caught_up(view.log, datetime.now(UTC))
    signed = newest_told(view)
    assert signed, "it is offered only where there is one"
    return Made(signed.note.encode())


def _check_page(view: View) -> Made:
    from bots.web.receipts.check_page import check_page
    from ehsg_events.ledger.terms import terms_of

    terms = terms_of(view.log)
    assert terms, "it is offered only where there is a ledger"
    return Made(check_page(terms.keys).encode())


def _panel(_: View) -> Made:
    return Made(f"{','.join(COLUMNS)}\n".encode())


def _letters(view: View) -> Made:
    from bots.operations.letters.usual import as_they_stand
    from ehsg_events.policy.letters_file import written

    return Made(written(as_they_stand(view.state.letters), phrases.LETTERS_HEAD).encode())


FILES: dict[str, File] = {
    **{
        f"report.{form}": File(phrases.REPORT, phrases.REPORTS[form], EVERYBODY, _report(form))
        for form in ("pdf", "docx", "html", "md", "xlsx", "zip", "json")
    },
    **{
        f"form.{form}": File(
            phrases.FORM, phrases.FORMS[form], SINGLE_ANSWERS, _form(form), ready=_is_signed_off
        )
        for form in ("docx", "pdf", "txt", "xlsx", "json")
    },
    "audit-pack.zip": File(phrases.PACK, phrases.PACK_HOLDS, SINGLE_ANSWERS, _pack, "pack"),
    "checkpoint.txt": File(
        phrases.PACK, phrases.CHECKPOINT_HOLDS, SINGLE_ANSWERS, _checkpoint, ready=_has_ledger
    ),
    "check.html": File(
        phrases.PACK, phrases.CHECK_HOLDS, SINGLE_ANSWERS, _check_page, ready=_has_ledger
    ),
    "panel.csv": File(phrases.FILL_IN, phrases.PANEL_HOLDS, RUNS_IT, _panel),
    "letters.yaml": File(phrases.FILL_IN, phrases.LETTERS_HOLD, RUNS_IT, _letters),
}


def table_file(view: View, name: str) -> File | None:
    """The file of a table that the guide leaves to the area, to be filled in; none of that name."""
    for table in view.guide.local_tables:
        if name == f"{table.id}.csv":
            return File(
                phrases.FILL_IN, phrases.table_holds(table.title), RUNS_IT, _table(table.id)
            )
    return None


def _table(table: str) -> Callable[[View], Made]:
    def make(view: View) -> Made:
        from bots.operations.opening.table_file import written

        guide = guide_of(view.state, view.log.folder)
        rows = [
            {
                cell.column: view.log.shown(cell.words) or ""
                if cell.number is None
                else cell.number
                for cell in row
            }
            for row in view.state.tables.get(table, ())
        ]
        return Made(written(table_of(guide, table), rows))

    return make


def open_to(view: View, role: Audience) -> dict[str, File]:
    """The files that somebody in a role can take away now, by name."""
    every = dict(FILES)
    for table in view.guide.local_tables:
        name = f"{table.id}.csv"
        found = table_file(view, name)
        assert found is not None, "it is one of the guide's"
        every[name] = found
    return {name: file for name, file in every.items() if role in file.roles and file.ready(view)}
