"""What stands beside every step, whatever it asks: whom to ask, what was done, deadline and reminders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bots.interview.talk import Choice, Talk
from bots.on_behalf.told import on_their_page
from bots.phrases import web as phrases
from bots.phrases.receipts import KEEP_PROOFS
from bots.web import steps
from bots.web.page import Page, Way
from ehsg_events.commands.links import Holder
from ehsg_events.language.catalogue import gettext as _
from ehsg_events.ledger.sequencer import ledger_file
from ehsg_events.log.log import Log
from ehsg_events.rights import no_reminders

HELP = Choice(phrases.HELP, "help")
REMINDERS = Choice(phrases.HEADINGS["nudges"], "nudges")
STOP, WANT = (
    Choice(phrases.STOP_REMINDERS, "stop-reminders"),
    Choice(phrases.REMIND_AGAIN, "want-reminders"),
)
ABOUT_REMINDERS: Mapping[str, no_reminders.Decide] = {
    STOP.token: no_reminders.stop,
    WANT.token: no_reminders.want,
}


def around(log: Log, holder: Holder, talk: Talk, drawn: Page) -> Page:
    """A page of the interview with everything that stands beside its step."""
    is_asked = steps.is_asked(talk) and not drawn.over
    page = replace(
        drawn,
        contact=phrases.contact(_coordinators(log, holder)),
        told=on_their_page(talk),
        round=holder.round,
        dated=is_asked,
        nav=tuple(_with_proofs(drawn.nav) if ledger_file(log.folder).exists() else drawn.nav),
    )
    if drawn.step == REMINDERS.token:
        return replace(page, ways=(*drawn.ways, _reminding(talk))) if _may_come(talk) else page
    return replace(page, unreminded=_reminding(talk)) if talk.unreminded and is_asked else page


def _with_proofs(nav: Sequence[Way]) -> Iterator[Way]:
    """The ways on, and beside that to a copy of their answers the one to the proofs of them."""
    for way in nav:
        yield way
        if way.step == steps.COPY:
            yield Way(_(KEEP_PROOFS), step=steps.PROOFS)


def _may_come(talk: Talk) -> bool:
    """Whether a reminder may still come, in this round or a later one."""
    return not (talk.interview.withdrawn or talk.sitting.released or talk.sitting.signed_off)


def _reminding(talk: Talk) -> Way:
    """The button that stops their reminders, or has them sent again."""
    choice = WANT if talk.unreminded else STOP
    return Way(_(choice.label), token=choice.token)


def _coordinators(log: Log, holder: Holder) -> list[str]:
    """The names of those who run the assessment, as far as they are known."""
    named = log.assessment(holder.assessment).coordinators.values()
    return [name for one in named if (name := log.text(one.name))]
