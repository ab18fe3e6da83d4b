"""A promised message as a letter, or why it is not said; decided in the transaction that claims it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict
from uuid import UUID

from bots.delivery.recipients import tell
from bots.delivery.withheld import Withheld
from bots.interview.record import talk_of
from bots.interview.screens import terms
from bots.interview.talk import Prompt, Talk
from bots.mail import wording
from bots.mail.entries import deadline_entry
from bots.mail.letter import Entry, Letter, Link
from bots.messages.addresses import IN_A_CHAT
from bots.messages.owed import TO_COORDINATORS, name_of
from bots.messages.promise import Promise
from bots.messages.queue import Promises
from bots.phrases import notices, stand_ins
from bots.phrases.labels import capital, counted, greeted, minutes
from bots.phrases.notices import headed, in_short
from bots.web_settings import Settings as Web
from ehsg_events.commands.links import for_letter
from ehsg_events.dates import calendar
from ehsg_events.interview.questions import still_open
from ehsg_events.language.catalogue import gettext as _
from ehsg_events.language.catalogue import speaking
from ehsg_events.log.log import Log
from ehsg_events.log.transaction import Transaction
from ehsg_events.states.assessment import Assessment
from ehsg_events.states.streams import message_stream
from ehsg_events.values.stop_token import stop_token
from guides import library
from guides.model import Guide

WITH_A_DATE = ("notice", "moved", "reopened", "taken-over", "released")
REMINDING = ("reminder", "wished")
WAITS = {"moderation": "Moderation waits", "": "The sign-off waits"}


@dataclass(frozen=True)
class Composer:
    """Writes letters for people who are reached at one web address."""

    web: Web

    def __call__(
        self, log: Log, tx: Transaction, promise: Promise, promises: Promises
    ) -> Letter | Withheld:
        """What a message says as a letter, or why it is not said."""
        if promise.kind in IN_A_CHAT:
            return Withheld("reached by another surface")
        said = tell(log, tx, promise, promises)
        if isinstance(said, Withheld):
            return said
        state = tx.assessment(promise.assessment)
        if promise.kind in TO_COORDINATORS:
            return self._to_a_coordinator(tx, promise, state)
        if promise.kind == "stand-in-told":
            guide = library.guide(state.guide, log.folder).guide
            return _to_a_stand_in(tx, promise, state, said, guide)
        talk = talk_of(tx, promise.assessment, promise.to, tx.stamp.at, promise.round)[1]
        with speaking(talk.language):
            return self._to_a_person(tx, promise, talk)

    def _to_a_person(self, tx: Transaction, promise: Promise, talk: Talk) -> Letter:
        state = tx.assessment(promise.assessment)
        member, reply_to = state.panel[promise.to], _reply_to(tx, state)
        subject, paragraphs = _worded(promise, _values(talk))
        begins = promise.kind == "notice" and not talk.interview.started
        if begins:
            paragraphs = (*paragraphs, *in_short().splitlines())
        in_full = terms(talk).splitlines() if begins else ()
        token = for_letter(tx, promise.assessment, promise.to)
        stop = self.web.stop(stop_token(token)) if promise.kind in REMINDING else None
        label = _(wording.BEGIN if begins else wording.YOUR_ANSWERS)
        return Letter(
            **_frame(promise, tx.text(member.email)),
            subject=subject,
            greeting=greeted(tx.text(member.name)),
            paragraphs=paragraphs,
            link=Link(label, self.web.link(token)),
            closing=(_(wording.DO_NOT_FORWARD), *_answers(reply_to), *_stopping(stop), *in_full),
            language=talk.language,
            reply_to=reply_to,
            stop=stop,
            entry=self._entry(tx, promise, talk) if promise.kind in WITH_A_DATE else None,
            automatic=promise.kind != "link-again",
        )

    def _entry(self, tx: Transaction, promise: Promise, talk: Talk) -> Entry:
        """The deadline for their calendar; taken out again for who is asked nothing more."""
        values = {"headed": talk.headed, "deadline": talk.sitting.deadline}
        title, says = _(wording.CALENDAR_TITLE, **values), _(wording.CALENDAR_SAYS, **values)
        is_cancelled = promise.kind == "released"
        return deadline_entry(tx, promise.place, title, says, cancelled=is_cancelled)

    def _to_a_coordinator(self, tx: Transaction, promise: Promise, state: Assessment) -> Letter:
        coordinator, zone = state.coordinators[promise.to], tx.newest_round(promise.assessment)
        values = {
            "area": state.area,
            "people": counted(len(promise.about), "person"),
            "waits": WAITS.get("".join(promise.about), WAITS[""]),
            "deadline": calendar.say(promise.deadline, zone.policy.zone),
        }
        subject, paragraphs = _worded(promise, values)
        return Letter(
            **_frame(promise, tx.text(coordinator.email)),
            subject=subject,
            greeting=greeted(tx.text(coordinator.name)),
            paragraphs=paragraphs,
            link=Link(_(wording.THE_BOARD), self.web.board),
            closing=(_(wording.TO_NOBODY),),
        )


def _to_a_stand_in(
    tx: Transaction, promise: Promise, state: Assessment, said: Prompt, guide: Guide
) -> Letter:
    backup = state.panel[promise.about[0]].backup
    assert backup is not None, "they are told as the stand-in"
    told = said.text.removesuffix(stand_ins.NOBODY_READS)
    values = {"headed": headed(guide.topic, state.area), "told": told}
    subject, paragraphs = _worded(promise, values)
    reply_to = _reply_to(tx, state)
    return Letter(
        **_frame(promise, tx.text(backup.email)),
        subject=subject,
        greeting=greeted(tx.text(backup.name)),
        paragraphs=paragraphs,
        closing=_answers(reply_to),
        reply_to=reply_to,
    )


def _worded(promise: Promise, values: Mapping[str, object]) -> tuple[str, tuple[str, ...]]:
    """The subject and the paragraphs of a kind of letter."""
    worded = wording.LETTERS[promise.kind]
    text = _(worded.text, **values)
    return _(worded.subject, **values), tuple(text.split("\n"))


def _values(talk: Talk) -> dict[str, object]:
    """What the words in braces stand for, to somebody who is asked."""
    sitting, about = talk.sitting, talk.sitting.guide.topic
    left = still_open(talk.interview, sitting)
    again = sitting.kind == "feedback"
    return {
        "headed": talk.headed,
        "area": talk.area,
        "asks": talk.names().coordinator or capital(about.led_by),
        "once_more": _(notices.ONCE_MORE) if again else "",
        "partnership": about.partnership,
        "deadline": sitting.deadline,
        "questions": counted(len(sitting.items), "question"),
        "done": len(sitting.items) - len(left),
        "left": counted(len(left), "question"),
        "minutes": minutes(sitting.guide, left, again=again),
    }


class _Frame(TypedDict):
    id: UUID
    thread: UUID | None
    at: datetime
    to: str


def _frame(promise: Promise, to: str | None) -> _Frame:
    """What a letter has from its promise: it follows the notice, and is as old as its cause."""
    first = name_of(promise.place, "notice")
    follows = promise.kind not in ("notice", "stand-in-told", *TO_COORDINATORS)
    return {
        "id": message_stream(promise.assessment, promise.name).id,
        "thread": message_stream(promise.assessment, first).id if follows else None,
        "at": promise.since,
        "to": to or "",
    }


def _reply_to(tx: Transaction, state: Assessment) -> str | None:
    """The first coordinator who has an address: whoever answers a letter writes to a person."""
    addresses = (tx.text(one.email) for one in state.coordinators.values() if one.email)
    return next((address for address in addresses if address), None)


def _answers(reply_to: str | None) -> tuple[str, ...]:
    return (_(wording.TO_A_PERSON if reply_to else wording.TO_NOBODY),)


def _stopping(url: str | None) -> tuple[str, ...]:
    return (_(wording.STOP, url=url),) if url else ()
