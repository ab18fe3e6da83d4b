"""What messages a decision would come to, said by whoever says them once it was recorded.

Nothing is recorded, and no personal link stands in them: where one will, that is said.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from bots.delivery.recipients import tell
from bots.delivery.withheld import Withheld
from bots.mail.compose import Composer
from bots.mail.message import text_of
from bots.messages.promise import Promise
from bots.messages.queue import Promises
from bots.phrases.letters.wording import LINK_STANDS_HERE
from bots.web_settings import Settings as Web
from ehsg_events.kernel import TOPICS, Recorded, Stamp, Surface
from ehsg_events.log.log import Log
from ehsg_events.log.transaction import Transaction
from ehsg_events.states.streams import interview_stream
from ehsg_events.values.address import WRITABLE

# Whether a reminder is sent, and by which surface, does not hang on what was answered; what it says
# does, and is read person by person. Most of a log are answers.
WITHOUT_ANSWERS = tuple(topic for topic in TOPICS if not topic.startswith("interview."))


class ToBeSent(NamedTuple):
    """A message to somebody as it will read.

    Args:
        begun: whether they have begun: to whoever has not it says something else.
        buttons: what a chat offers under it.
    """

    to: str
    surface: Surface
    begun: bool
    subject: str
    text: str
    language: str
    buttons: tuple[str, ...] = ()


class NotToBeSent(NamedTuple):
    """Nothing is sent to somebody: by a rule, or, where none is named, since nothing reaches them."""

    to: str
    rule: str | None = None


@dataclass(frozen=True)
class _Unlinked(Web):
    """A web address at which nobody's own page is."""

    def link(self, token: str) -> str:  # noqa: ARG002 - as every address
        return LINK_STANDS_HERE

    def stop(self, token: str) -> str:  # noqa: ARG002 - as every address
        return LINK_STANDS_HERE


def messages(
    log: Log,
    stamp: Stamp,
    assessment: UUID,
    reminders: Iterable[Recorded],
    writable: Collection[Surface],
    answers_to: str | None = None,
) -> list[ToBeSent | NotToBeSent]:
    """What each person would be sent because of reminders that are not recorded yet.

    Args:
        reminders: the facts that would be recorded.
        writable: the surfaces that are set up to write to people.
        answers_to: where answers to letters go while no coordinator has an address.
    """
    promises = Promises(log.folder)
    promises.take(log.about(assessment, WITHOUT_ANSWERS))
    known = {promise.name for promise in _waiting(promises)}
    promises.take(reminders)
    writing = _Writing(log, Transaction(log, stamp), promises, writable, answers_to)
    return [writing.to_be_sent(one) for one in _waiting(promises) if one.name not in known]


def hear_of_it(
    log: Log, assessment: UUID, facts: Iterable[Recorded], writable: Collection[Surface]
) -> dict[str, Surface | None]:
    """By which surface each person on the panel is told of facts that are not recorded yet; none by none."""
    promises, panel = Promises(log.folder), log.assessment(assessment).panel
    promises.take(log.about(assessment))
    known = {promise.name for promise in _waiting(promises)}
    promises.take(facts)
    told = [one for one in _waiting(promises) if one.name not in known and one.to in panel]
    return {one.to: _surface_of(promises, one, writable) for one in told}


def _surface_of(
    promises: Promises, promise: Promise, writable: Collection[Surface]
) -> Surface | None:
    mine = (
        one for one in sorted(WRITABLE & {*writable}) if promises.is_for(promise, one, writable)
    )
    return next(mine, None)


def _waiting(promises: Promises) -> Iterator[Promise]:
    return (promise for queue in promises.waiting.values() for promise in queue.values())


class _Writing(NamedTuple):
    """What every message is written with; what its transaction decides is saved by nobody."""

    log: Log
    tx: Transaction
    promises: Promises
    writable: Collection[Surface]
    answers_to: str | None

    def to_be_sent(self, promise: Promise) -> ToBeSent | NotToBeSent:
        """A message on the surface that will send it."""
        is_for = self.promises.is_for
        mine = [s for s in WRITABLE & {*self.writable} if is_for(promise, s, self.writable)]
        if not mine:
            return NotToBeSent(promise.to)
        return self._by_letter(promise) if mine == ["mail"] else self._in_a_chat(promise)

    def _by_letter(self, promise: Promise) -> ToBeSent | NotToBeSent:
        compose = Composer(_Unlinked(), self.answers_to)
        letter = compose(self.log, self.tx, promise, self.promises)
        if isinstance(letter, Withheld):
            return NotToBeSent(promise.to, letter.because)
        begun, text = self._has_begun(promise), text_of(letter)
        return ToBeSent(promise.to, "mail", begun, letter.subject, text, letter.language)

    def _in_a_chat(self, promise: Promise) -> ToBeSent | NotToBeSent:
        prompt = tell(self.log, self.tx, promise, self.promises)
        if isinstance(prompt, Withheld):
            return NotToBeSent(promise.to, prompt.because)
        buttons = tuple(choice.label for choice in prompt.chat_choices)
        begun = self._has_begun(promise)
        return ToBeSent(promise.to, "slack", begun, "", prompt.text, prompt.language, buttons)

    def _has_begun(self, promise: Promise) -> bool:
        return self.tx.read(interview_stream(*promise.place)).started
