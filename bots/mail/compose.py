"""A promised message as a letter, or why it is not said; decided in the transaction that claims it."""

from __future__ import annotations

from dataclasses import dataclass

from bots.delivery.recipients import still_concerned, tell
from bots.delivery.withheld import Withheld
from bots.interview.record import talk_of
from bots.interview.talk import Prompt, Talk
from bots.mail.entries import deadline_entry
from bots.mail.letter import Entry, Letter, Link
from bots.mail.to_a_person import Frame, answers, written
from bots.mail.worded import named, worded
from bots.messages.addresses import IN_A_CHAT
from bots.messages.owed import TO_COORDINATORS, name_of
from bots.messages.promise import Promise
from bots.messages.queue import Promises
from bots.phrases import stand_ins
from bots.phrases.labels import counted, greeted
from bots.phrases.letters import wording
from bots.phrases.notices import headed
from bots.web_settings import Settings as Web
from ehsg_events.commands.links import for_letter
from ehsg_events.commands.sign_in import LINK_LASTS, offered
from ehsg_events.dates import calendar
from ehsg_events.language.catalogue import gettext as _
from ehsg_events.language.catalogue import speaking
from ehsg_events.log.log import Log
from ehsg_events.log.transaction import Transaction
from ehsg_events.rights.retention_hold import standing
from ehsg_events.states.assessment import Assessment
from ehsg_events.states.streams import message_stream
from ehsg_events.values.stop_token import stop_token
from guides import library
from guides.model import Guide

WITH_A_DATE = ("notice", "moved", "reopened", "taken-over", "released")
REMINDING = ("reminder", "wished")


@dataclass(frozen=True)
class Composer:
    """Writes letters for people who are reached at one web address.

    Args:
        answers_to: where answers go while no coordinator has an address. Where it is empty, they go
            to whoever a letter is from; where there is none, nobody reads them.
    """

    web: Web
    answers_to: str | None = None

    def __call__(
        self, log: Log, tx: Transaction, promise: Promise, promises: Promises
    ) -> Letter | Withheld:
        """What a message says as a letter, or why it is not said."""
        if promise.kind in IN_A_CHAT:
            return Withheld("reached by another surface")
        if promise.kind == "sign-in":
            return self._way_in(tx, promise, promises)
        said = tell(log, tx, promise, promises)
        if isinstance(said, Withheld):
            return said
        if promise.told_by_letter:
            return Withheld("told by hand")
        state = tx.assessment(promise.assessment)
        if promise.kind in TO_COORDINATORS:
            return self._to_a_coordinator(tx, promise, state)
        if promise.kind == "stand-in-told":
            guide = library.guide(state.guide, log.folder).guide
            return self.to_a_stand_in(tx, promise, state, said, guide)
        talk = talk_of(tx, promise.assessment, promise.to, tx.stamp.at, promise.round)[1]
        with speaking(talk.language):
            return self._to_a_person(tx, promise, talk)

    def _to_a_person(self, tx: Transaction, promise: Promise, talk: Talk) -> Letter:
        token = for_letter(tx, promise.assessment, promise.to)
        stop = self.web.stop(stop_token(token)) if promise.kind in REMINDING else None
        return self.to_a_person(tx, promise, talk, token, stop)

    def to_a_person(
        self, tx: Transaction, promise: Promise, talk: Talk, token: str, stop: str | None = None
    ) -> Letter:
        """A letter to somebody who is asked, in the language that is spoken.

        Args:
            token: of their personal link.
            stop: where reminders are stopped with one click.
        """
        state = tx.assessment(promise.assessment)
        member = state.panel[promise.to]
        return written(
            _frame(promise, tx.text(member.email)),
            named(promise.kind, talk),
            tx.text(member.name),
            talk,
            state.letters,
            self.web.link(token),
            reply_to=self._reply_to(tx, state),
            stop=stop,
            entry=self._entry(tx, promise, talk) if promise.kind in WITH_A_DATE else None,
            automatic=promise.kind != "link-again",
        )

    def to_a_stand_in(
        self, tx: Transaction, promise: Promise, state: Assessment, said: Prompt, guide: Guide
    ) -> Letter:
        """A letter to somebody's stand-in, who has no link."""
        backup = state.panel[promise.about[0]].backup
        assert backup is not None, "they are told as the stand-in"
        told = said.text.removesuffix(stand_ins.NOBODY_READS)
        filled = {"headed": headed(guide.topic, state.area), "told": told}
        subject, paragraphs = worded(promise.kind, filled, state.letters)
        reply_to = self._reply_to(tx, state)
        return Letter(
            **_frame(promise, tx.text(backup.email)),
            subject=subject,
            greeting=greeted(tx.text(backup.name)),
            paragraphs=paragraphs,
            closing=answers(reply_to),
            reply_to=reply_to,
        )

    def _entry(self, tx: Transaction, promise: Promise, talk: Talk) -> Entry:
        """The deadline for their calendar; taken out again for who is asked nothing more."""
        values = {"headed": talk.headed, "deadline": talk.sitting.deadline}
        title, says = _(wording.CALENDAR_TITLE, **values), _(wording.CALENDAR_SAYS, **values)
        is_cancelled = promise.kind == "released"
        return deadline_entry(tx, promise.place, title, says, cancelled=is_cancelled)

    def _reply_to(self, tx: Transaction, state: Assessment) -> str | None:
        """The first coordinator who has an address: whoever answers a letter writes to a person."""
        addresses = (tx.text(one.email) for one in state.coordinators.values() if one.email)
        return next((address for address in addresses if address), self.answers_to)

    def _way_in(self, tx: Transaction, promise: Promise, promises: Promises) -> Letter | Withheld:
        """A link that signs somebody in; it is made here and stands in this letter alone."""
        if promises.is_overtaken(promise):
            return Withheld("overtaken")
        if tx.stamp.at >= promise.deadline:
            return Withheld("too late")
        state = tx.assessment(promise.assessment)
        person = state.named(promise.to)
        assert person is not None, "whoever is named no more has no address"
        until = calendar.say(tx.stamp.at + LINK_LASTS, state.policy.zone)
        filled = {"area": state.area, "until": until}
        subject, paragraphs = worded(promise.kind, filled, state.letters)
        token = offered(tx, promise.assessment, promise.to)
        return Letter(
            **_frame(promise, tx.text(person.email)),
            subject=subject,
            greeting=greeted(tx.text(person.name)),
            paragraphs=paragraphs,
            link=Link(_(wording.SIGN_IN), self.web.sign_in(token)),
            closing=(_(wording.TO_NOBODY),),
            automatic=False,
        )

    def _to_a_coordinator(self, tx: Transaction, promise: Promise, state: Assessment) -> Letter:
        coordinator = state.coordinators[promise.to]
        told = _to_tell(tx, promise, state)
        subject, paragraphs = worded(promise.kind, told, state.letters)
        return Letter(
            **_frame(promise, tx.text(coordinator.email)),
            subject=subject,
            greeting=greeted(tx.text(coordinator.name)),
            paragraphs=paragraphs,
            link=Link(_(wording.THE_BOARD), self.web.board),
            closing=(_(wording.TO_NOBODY),),
        )


def _to_tell(tx: Transaction, promise: Promise, state: Assessment) -> dict[str, object]:
    """What the words in braces stand for, to a coordinator: numbers, and no names."""
    rounds, moderation = tx.rounds(promise.assessment), promise.about == ("moderation",)
    newest = rounds[-1] if rounds else None  # what was abandoned has none
    zone, measured = (newest or state).policy.zone, newest and newest.measured
    due = (measured.moderation_due if moderation else measured.sign_off_due) if measured else None
    announced = standing(tx.log, promise.assessment).announced
    day = announced.destroyed_from if announced and promise.kind == "retention" else None
    return {
        "area": state.area,
        "people": counted(len(still_concerned(tx, promise)), "person"),
        "waits": wording.WAITS.get("".join(promise.about), wording.WAITS[""]),
        "deadline": calendar.say(promise.deadline, zone),
        "due": calendar.say_day(day) if day else calendar.say(due or promise.deadline, zone),
    }


def _frame(promise: Promise, to: str | None) -> Frame:
    """What a letter has from its promise: it follows the notice, and is as old as its cause."""
    first = name_of(promise.place, "notice")
    follows = promise.kind not in ("notice", "sign-in", "stand-in-told", *TO_COORDINATORS)
    return {
        "id": message_stream(promise.assessment, promise.name).id,
        "thread": message_stream(promise.assessment, first).id if follows else None,
        "at": promise.since,
        "to": to or "",
    }
