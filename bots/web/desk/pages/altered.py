"""Was anything altered? The ledger as it stands, and what was shown of it before."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from functools import partial

from bots.phrases.pages import looks as phrases
from bots.service.witnesses import standing_of
from bots.web.desk.hubs.hub import Link, Section, Table
from bots.web.desk.page import Asked, Drawn, Visitor
from ehsg_events.dates import calendar
from ehsg_events.kernel import Refused
from ehsg_events.ledger.ledger_file import LedgerFile, Signed
from ehsg_events.ledger.notes import checkpoint_of
from ehsg_events.ledger.sequencer import caught_up, ledger_file
from ehsg_events.ledger.terms import terms_of
from ehsg_events.states.ledger import LedgerTerms
from projections.access.checkpoints import newest_told
from projections.facts.view import View
from projections.verification.ledger import look_at_ledger

COMPARING = threading.Lock()  # one at a time: each takes a long log some ten seconds of a core
MOST = 20  # checkpoints that somebody is reminded of


def draw(view: View, visitor: Visitor, asked: Asked) -> Drawn:
    """The ledger, the checkpoints that this reader was shown, and what a comparison found.

    Raises:
        Refused: what was pasted is no checkpoint.
    """
    caught_up(view.log, visitor.at)
    terms = terms_of(view.log)
    own = asked.get("checkpoint", "").replace("\r\n", "\n").strip()
    signed, before = _kept(view, visitor)
    sections = [
        Section(phrases.LOOKED, tuple(_looked(view, own)) if own or asked.get("look") else ()),
        Section(phrases.STANDING, tuple(_standing(view, terms, signed))),
        Section(phrases.WITNESSES, tuple(_witnessed(view))),
        Section(phrases.YOURS, (), _table(view, before)),
        Section(phrases.CANNOT, (phrases.CANNOT_WORDS,)),
    ]
    told = [one for one in sections if one.lines or one.table]
    links = (Link("altered?look=yes", phrases.LOOK_NOW),)
    values = {"title": phrases.ALTERED, "sections": told, "links": links, "own": own}
    return Drawn("altered.html", values | {"note": signed.note if signed else ""})


def _kept(view: View, visitor: Visitor) -> tuple[Signed | None, list[tuple[Signed, bool]]]:
    """The newest checkpoint, which is remembered as shown, and those before it: whether each holds."""
    signed, person = newest_told(view), f"{visitor.assessment} {visitor.person}"
    if signed is None:
        return None, []
    place = ledger_file(view.log.folder)
    with closing(LedgerFile(place, read_only=view.log.store.read_only)) as file:
        before = [one for one in file.shown(person) if _tree(one) != _tree(signed)]
        if visitor.reads and not view.log.store.read_only:
            file.keep_shown(person, signed, visitor.at)
        held = [(one, _holds(file, one)) for one in before]
        # what does not hold is named however much was shown since
        return signed, [one for number, one in enumerate(held) if number < MOST or not one[1]]


def _tree(signed: Signed) -> str:
    """What a checkpoint says, whoever cosigned it: one made anew may have as many facts."""
    return signed.note.partition("\n\n")[0]


def _holds(file: LedgerFile, shown: Signed) -> bool:
    if 0 <= shown.size <= file.size():
        with suppress(Refused):  # somebody wrote over it
            return file.root(shown.size) == checkpoint_of(shown.note).root
    return False


def _looked(view: View, own: str) -> Iterator[str]:
    if not COMPARING.acquire(blocking=False):
        yield phrases.LOOKING
        return
    try:
        _, faults = look_at_ledger(view.log.folder, [f"{own}\n"] if own else [])
    finally:
        COMPARING.release()
    if faults:
        yield from (fault.says for fault in faults)
        yield phrases.WHAT_NEXT
        return
    yield phrases.WHOLE
    if own:
        yield phrases.OWN_HOLDS


def _standing(view: View, terms: LedgerTerms | None, signed: Signed | None) -> Iterator[str]:
    if terms is None:
        yield phrases.NO_LEDGER
        return
    told = view.unplaced_from is None or terms.before < view.unplaced_from
    yield phrases.since(_day(view, terms), terms.before if told else None)
    if terms.anew is not None:
        yield phrases.made_anew(calendar.say(terms.anew, view.state.policy.zone))
    if signed is not None:
        yield phrases.stands(signed.size, calendar.say(signed.at, view.state.policy.zone))
    if view.unplaced_from is not None:
        yield phrases.UNTIL_CLOSED
    yield phrases.signed_with(terms.keys[-1])


def _witnessed(view: View) -> Iterator[str]:
    """Who cosigned the checkpoint that is shown; `ehsg doctor` says what is wrong with a setting."""
    with suppress(Refused):
        stand = standing_of(view.log, os.environ)
        if stand is not None:
            yield from phrases.witnessed(stand, partial(calendar.say, zone=view.state.policy.zone))


def _day(view: View, terms: LedgerTerms) -> str:
    return calendar.say(terms.begun, view.state.policy.zone)


def _table(view: View, before: list[tuple[Signed, bool]]) -> Table | None:
    headings = (phrases.SHOWN_ON, phrases.FACTS_IN_IT, phrases.STILL)
    rows = tuple(
        (
            calendar.say(one.at, view.state.policy.zone),
            str(one.size),
            phrases.PART if holds else phrases.NO_PART,
        )
        for one, holds in before
    )
    return Table(phrases.YOURS, headings, rows) if rows else None
